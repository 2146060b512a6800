import type { Json } from '../../../base/common/json.ts';
import { compilePattern } from '../actions/pattern.ts';
import { normaliseWidget } from '../normalise.ts';
import { formatProblem, type WidgetProblem } from '../problems.ts';
import { reviewWidget } from '../review.ts';
import type { TextRange } from './jsonPositions.ts';
import { previewProblem, type PreviewProblem } from './widgetPreview.ts';

/** Problems that the JSON schema of widgets reports too. */
const inSchema: ReadonlySet<WidgetProblem['code']> = new Set([
  'notAnObject',
  'missingType',
  'unknownComponent',
  'unknownProp',
  'missingProp',
  'wrongType',
  'wrongValue',
]);

export interface WidgetProblemOptions {
  /** Returns the range in the document for a JSON pointer of the widget. */
  readonly rangeOf: (pointer: string) => TextRange;
  /** Whether the editor applies the JSON schema of widgets to the widget. */
  readonly hasSchema: boolean;
}

/** Returns all problems of a widget with their ranges in the document. */
export function widgetProblemsIn(
  widget: Json,
  { rangeOf, hasSchema }: WidgetProblemOptions,
): readonly PreviewProblem[] {
  const tree = normaliseWidget(widget);
  const isPattern = (pattern: string) => compilePattern(pattern) !== undefined;
  return [...tree.problems, ...reviewWidget(tree, { isPattern })].map((problem) =>
    previewProblem('widget', formatProblem(problem), {
      severity: problem.severity,
      path: problem.path,
      range: rangeOf(problem.path),
      bySchema: hasSchema && inSchema.has(problem.code),
    }),
  );
}

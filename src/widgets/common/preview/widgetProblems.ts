import type { Json } from '../../../base/common/json.ts';
import { compilePattern } from '../actions/pattern.ts';
import { normaliseWidget } from '../normalise.ts';
import { formatProblem, type WidgetProblem } from '../problems.ts';
import { reviewWidget } from '../review.ts';
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

interface WidgetProblemOptions {
  /** Returns the place in the document for a JSON pointer of the widget. */
  readonly placeOf: (pointer: string) => Pick<PreviewProblem, 'range'> & Partial<Pick<PreviewProblem, 'part'>>;
  /** Whether a problem is omitted because its value was generated. */
  readonly isGenerated?: (pointer: string) => boolean;
  /** Whether the editor applies the JSON schema of widgets to the widget. */
  readonly hasSchema: boolean;
}

/** Returns all problems of a widget with their ranges in the document. */
export function widgetProblemsIn(
  widget: Json,
  { placeOf, hasSchema, isGenerated = () => false }: WidgetProblemOptions,
): readonly PreviewProblem[] {
  const tree = normaliseWidget(widget);
  const isPattern = (pattern: string) => compilePattern(pattern) !== undefined;
  const problems = [...tree.problems, ...reviewWidget(tree, { isPattern })].filter(({ path }) => !isGenerated(path));
  return problems.map((problem) =>
    previewProblem('widget', formatProblem(problem), {
      code: problem.code,
      severity: problem.severity,
      path: problem.path,
      ...placeOf(problem.path),
      bySchema: hasSchema && inSchema.has(problem.code),
    }),
  );
}

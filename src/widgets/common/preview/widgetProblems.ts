import type { Json } from '../../../base/common/json.ts';
import { compilePattern } from '../actions/pattern.ts';
import { normaliseWidget } from '../normalise.ts';
import { formatProblem, type WidgetProblem } from '../problems.ts';
import { reviewWidget } from '../review.ts';
import type { TextRange } from './jsonPositions.ts';
import { previewProblem, type PreviewProblem } from './preview.ts';

/** What the JSON schema of widgets says by itself, where it is attached. */
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
  /** Where the value at a JSON pointer of the widget stands in the document. */
  readonly placeOf: (pointer: string) => TextRange;
  /** Whether the problem is omitted: its value was generated. */
  readonly isGenerated?: (pointer: string) => boolean;
  /** The schema of widgets is attached to where it stands. */
  readonly hasSchema: boolean;
}

/** Everything that is wrong with a widget, where it stands in the document. */
export function widgetProblemsIn(
  widget: Json,
  { placeOf, hasSchema, isGenerated = () => false }: WidgetProblemOptions,
): readonly PreviewProblem[] {
  const tree = normaliseWidget(widget);
  const isPattern = (pattern: string) => compilePattern(pattern) !== undefined;
  const problems = [...tree.problems, ...reviewWidget(tree, { isPattern })].filter(({ path }) => !isGenerated(path));
  return problems.map((problem) =>
    previewProblem('widget', formatProblem(problem), {
      severity: problem.severity,
      path: problem.path,
      place: placeOf(problem.path),
      bySchema: hasSchema && inSchema.has(problem.code),
    }),
  );
}

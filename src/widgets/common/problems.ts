/**
 * What can be wrong with a widget, in English, `{0}` and `{1}` standing for the arguments. The host translates by these
 * texts; nothing decides by them.
 */
export const problemMessages = {
  notAnObject: 'A component must be an object, but this is {0}.',
  notARoot: '{0} cannot stand at the top of a widget: Card, ListView and Basic can.',
  missingType: 'This component has no type.',
  unknownComponent: 'There is no component {0}. Its children are drawn without it.',
  misplaced: '{0} belongs directly inside {1}.',
  wrongChild: '{0} takes only {1} inside it.',
  noChildren: '{0} has no children; they are not drawn.',
  oneChild: '{0} takes one component inside it; the others are not drawn.',
  unknownProp: '{0} has no prop {1}.',
  missingProp: '{0} needs the prop {1}.',
  wrongType: '{0}: expected {1}, got {2}.',
  wrongValue: '{0}: expected {1}, got {2}.',
  colour: '{0}: {1} is not a colour that is understood here.',
  dimension: '{0}: {1} is not a size that is understood.',
  spacing: '{0}: {1} is not a spacing that is understood.',
  flex: '{0}: {1} is not a flex value that is understood.',
  aspectRatio: '{0}: {1} is not an aspect ratio that is understood.',
  icon: '{0}: there is no icon {1}.',
  imageSource: '{0}: only https: addresses and data:image/* are loaded.',
  imageDomain: '{0}: the thread does not allow images from {1}.',
  date: '{0}: {1} is not an ISO date.',
  pattern: '{0}: {1} is not a regular expression that is understood; it is not checked.',
  duplicateId: 'The id {0} is used more than once; deltas need it to be unique.',
  duplicateKey: 'The key {0} is used more than once among its siblings.',
  duplicateField: 'The field name {0} is used more than once in its form.',
  fieldNotFound: 'There is no field {0} for this label.',
  noSeriesData: 'No row has a number in {0}.',
  tooDeep: 'Components deeper than {0} levels are not drawn.',
  tooManyNodes: 'Only the first {0} components are drawn.',
  tooManyProblems: 'There are more problems than the {0} listed.',
} as const;

export type WidgetProblemCode = keyof typeof problemMessages;
export type WidgetProblemSeverity = 'error' | 'warning' | 'info';

export interface WidgetProblem {
  /** JSON pointer (RFC 6901) to the value, from the root of the widget: `/children/0/color`. */
  readonly path: string;
  readonly severity: WidgetProblemSeverity;
  readonly code: WidgetProblemCode;
  /** Arguments of the message, short enough to be shown. */
  readonly args: readonly string[];
}

/** Puts the arguments into a message; `message` may be a translation of it. */
export function formatProblem(problem: WidgetProblem, message: string = problemMessages[problem.code]): string {
  return message.replace(/\{(\d)\}/g, (_, index: string) => problem.args[Number(index)] ?? '');
}

/** A step of a JSON pointer, escaped. */
export function pointerStep(key: string | number): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** A value as the argument of a message: one short line. */
export function shortValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value !== 'string') return String(value);
  const line = value.replace(/\s+/g, ' ');
  return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`;
}

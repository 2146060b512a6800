import * as l10n from '@vscode/l10n';

type Format = (...args: readonly string[]) => string;

/** The localized message of each problem, given its arguments. Nothing depends on the wording. */
const messages = {
  notAnObject: (...args) => l10n.t('A component must be an object, but this is {0}.', ...args),
  notARoot: (...args) => l10n.t('{0} cannot stand at the top of a widget: Card, ListView and Basic can.', ...args),
  missingType: (...args) => l10n.t('This component has no type.', ...args),
  unknownComponent: (...args) => l10n.t('There is no component {0}. Its children are drawn without it.', ...args),
  misplaced: (...args) => l10n.t('{0} belongs directly inside {1}.', ...args),
  wrongChild: (...args) => l10n.t('{0} takes only {1} inside it.', ...args),
  noChildren: (...args) => l10n.t('{0} has no children; they are not drawn.', ...args),
  oneChild: (...args) => l10n.t('{0} takes one component inside it; the others are not drawn.', ...args),
  unknownProp: (...args) => l10n.t('{0} has no prop {1}.', ...args),
  missingProp: (...args) => l10n.t('{0} needs the prop {1}.', ...args),
  wrongType: (...args) => l10n.t('{0}: expected {1}, got {2}.', ...args),
  wrongValue: (...args) => l10n.t('{0}: expected {1}, got {2}.', ...args),
  colour: (...args) => l10n.t('{0}: {1} is not a colour that is understood here.', ...args),
  dimension: (...args) => l10n.t('{0}: {1} is not a size that is understood.', ...args),
  spacing: (...args) => l10n.t('{0}: {1} is not a spacing that is understood.', ...args),
  flex: (...args) => l10n.t('{0}: {1} is not a flex value that is understood.', ...args),
  aspectRatio: (...args) => l10n.t('{0}: {1} is not an aspect ratio that is understood.', ...args),
  icon: (...args) => l10n.t('{0}: there is no icon {1}.', ...args),
  imageSource: (...args) => l10n.t('{0}: only https: addresses and data:image/* are loaded.', ...args),
  imageDomain: (...args) => l10n.t('{0}: the thread does not allow images from {1}.', ...args),
  date: (...args) => l10n.t('{0}: {1} is not an ISO date.', ...args),
  pattern: (...args) => l10n.t('{0}: {1} is not a regular expression that is understood; it is not checked.', ...args),
  duplicateId: (...args) => l10n.t('The id {0} is used more than once; deltas need it to be unique.', ...args),
  duplicateKey: (...args) => l10n.t('The key {0} is used more than once among its siblings.', ...args),
  duplicateField: (...args) => l10n.t('The field name {0} is used more than once in its form.', ...args),
  fieldNotFound: (...args) => l10n.t('There is no field {0} for this label.', ...args),
  noSeriesData: (...args) => l10n.t('No row has a number in {0}.', ...args),
  tooDeep: (...args) => l10n.t('Components deeper than {0} levels are not drawn.', ...args),
  tooManyNodes: (...args) => l10n.t('Only the first {0} components are drawn.', ...args),
  tooManyProblems: (...args) => l10n.t('There are more problems than the {0} listed.', ...args),
} as const satisfies Readonly<Record<string, Format>>;

export type WidgetProblemCode = keyof typeof messages;
export type WidgetProblemSeverity = 'error' | 'warning' | 'info';

export interface WidgetProblem {
  /** JSON pointer (RFC 6901) to the value, from the root of the widget: `/children/0/color`. */
  readonly path: string;
  readonly severity: WidgetProblemSeverity;
  readonly code: WidgetProblemCode;
  /** Arguments of the message, short enough to be shown. */
  readonly args: readonly string[];
}

/** Every problem code. */
export const widgetProblemCodes = Object.keys(messages) as readonly WidgetProblemCode[];

/** Returns the localized message of a problem. */
export function formatProblem({ code, args }: WidgetProblem): string {
  const format: Format = messages[code];
  return format(...args);
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

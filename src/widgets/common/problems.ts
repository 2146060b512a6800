import * as l10n from '@vscode/l10n';

type Format = (...args: readonly string[]) => string;

/** The localized message of each problem code. */
const messages = {
  notAnObject: (...args) => l10n.t('A component must be an object, not {0}.', ...args),
  notARoot: (...args) => l10n.t('{0} cannot be the root of a widget. Use Card, ListView or Basic.', ...args),
  missingType: (...args) => l10n.t('This component has no type.', ...args),
  unknownComponent: (...args) => l10n.t('Unknown component {0}. Only its children are rendered.', ...args),
  misplaced: (...args) => l10n.t('{0} must be a direct child of {1}.', ...args),
  wrongChild: (...args) => l10n.t('{0} allows only these children: {1}.', ...args),
  noChildren: (...args) => l10n.t('{0} does not allow children. They are not rendered.', ...args),
  oneChild: (...args) => l10n.t('{0} allows only one child. The others are not rendered.', ...args),
  unknownProp: (...args) => l10n.t('{0} has no property {1}.', ...args),
  missingProp: (...args) => l10n.t('{0} requires the property {1}.', ...args),
  wrongType: (...args) => l10n.t('{0}: expected {1}, got {2}.', ...args),
  wrongValue: (...args) => l10n.t('{0}: expected {1}, got {2}.', ...args),
  colour: (...args) => l10n.t('{0}: {1} is not a supported colour.', ...args),
  dimension: (...args) => l10n.t('{0}: {1} is not a supported size.', ...args),
  spacing: (...args) => l10n.t('{0}: {1} is not a supported spacing.', ...args),
  flex: (...args) => l10n.t('{0}: {1} is not a supported flex value.', ...args),
  aspectRatio: (...args) => l10n.t('{0}: {1} is not a supported aspect ratio.', ...args),
  icon: (...args) => l10n.t('{0}: unknown icon {1}.', ...args),
  imageSource: (...args) =>
    l10n.t('{0}: only https: URLs, http: URLs of this machine and data:image/* are loaded.', ...args),
  imageDomain: (...args) => l10n.t('{0}: the thread does not allow images from {1}.', ...args),
  date: (...args) => l10n.t('{0}: {1} is not an ISO date.', ...args),
  pattern: (...args) => l10n.t('{0}: {1} is not a supported regular expression. Values are not checked.', ...args),
  duplicateId: (...args) => l10n.t('The id {0} is used more than once. Streaming updates require unique ids.', ...args),
  duplicateKey: (...args) => l10n.t('The key {0} is used more than once among its siblings.', ...args),
  duplicateField: (...args) => l10n.t('The field name {0} is used more than once in its form.', ...args),
  fieldNotFound: (...args) => l10n.t('The form field {0} of this label does not exist.', ...args),
  noSeriesData: (...args) => l10n.t('No data row has a number in {0}.', ...args),
  tooDeep: (...args) => l10n.t('Components below level {0} are not rendered.', ...args),
  tooManyNodes: (...args) => l10n.t('Only the first {0} components are rendered.', ...args),
  tooManyProblems: (...args) => l10n.t('Only the first {0} problems are listed.', ...args),
} as const satisfies Readonly<Record<string, Format>>;

type WidgetProblemCode = keyof typeof messages;
type WidgetProblemSeverity = 'error' | 'warning' | 'info';

export interface WidgetProblem {
  /** JSON pointer (RFC 6901) to the value, from the root of the widget: `/children/0/color`. */
  readonly path: string;
  readonly severity: WidgetProblemSeverity;
  readonly code: WidgetProblemCode;
  /** Arguments of the message, short enough to display. */
  readonly args: readonly string[];
}

/** Every problem code. */
export const widgetProblemCodes = Object.keys(messages) as readonly WidgetProblemCode[];

/** Returns the localized message of a problem. */
export function formatProblem({ code, args }: WidgetProblem): string {
  const format: Format = messages[code];
  return format(...args);
}

/** Returns an escaped step of a JSON pointer, with its slash. */
export function pointerStep(key: string | number): string {
  return `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Returns a value as a message argument: one short line. */
export function shortValue(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value !== 'string') return String(value);
  const line = value.replace(/\s+/g, ' ');
  return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`;
}

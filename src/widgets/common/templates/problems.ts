import * as l10n from '@vscode/l10n';

type Format = (...args: readonly string[]) => string;

const messages = {
  sourceTooLong: (...args) => l10n.t('The template is longer than {0} characters.', ...args),
  longBlank: (...args) => l10n.t('The template has more than {0} consecutive whitespace characters.', ...args),
  syntax: (message) => message ?? '',
  // A placeholder next to other braces is not replaced.
  unsupported: (name) => l10n.t('{0} is not supported by the Jinja version of the Python package.', `{% ${name} %}`),
  undefinedName: (...args) => l10n.t('{0} is not defined in the data or the template.', ...args),
  undefinedMember: (...args) => l10n.t('{0} is not defined.', ...args),
  noElse: (...args) => l10n.t('The condition is false and the expression has no else.', ...args),
  runtime: (message) => message ?? '',
  tooManySteps: (...args) => l10n.t('The template takes more than {0} steps.', ...args),
  textTooLong: (...args) => l10n.t('The template produces a text of more than {0} characters.', ...args),
  listTooLong: (...args) => l10n.t('The template produces a list of more than {0} entries.', ...args),
  tooDeep: (...args) => l10n.t('The template is nested too deeply.', ...args),
  notJson: (...args) => l10n.t('The output is not valid JSON: {0}', ...args),
} as const satisfies Readonly<Record<string, Format>>;

export type TemplateProblemCode = keyof typeof messages;

/** Every problem code. */
export const templateProblemCodes = Object.keys(messages) as readonly TemplateProblemCode[];

export interface TemplateProblem {
  readonly code: TemplateProblemCode;
  readonly args: readonly string[];
  /** Position in the template: offset in characters; line and column from 1. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

/** Returns the localized message of a problem. */
export function formatTemplateProblem({ code, args }: Pick<TemplateProblem, 'code' | 'args'>): string {
  const format: Format = messages[code];
  return format(...args);
}

/** Thrown inside the engine, which reports it as a problem. */
export class TemplateFault extends Error {
  readonly code: TemplateProblemCode;
  readonly args: readonly string[];

  constructor(code: TemplateProblemCode, ...args: readonly string[]) {
    super(code);
    this.code = code;
    this.args = args;
  }
}

/** Returns a problem at an offset of the template. */
export function problemAt(
  source: string,
  offset: number,
  code: TemplateProblemCode,
  args: readonly string[],
): TemplateProblem {
  const before = source.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { code, args, offset, line: before.split('\n').length, column: offset - lineStart + 1 };
}

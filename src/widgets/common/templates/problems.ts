/** What can be wrong with a template, in English; `{0}` stands for an argument. The host translates by these texts. */
export const templateMessages = {
  sourceTooLong: 'The template is longer than {0} characters.',
  longBlank: 'There are more than {0} blanks in a row.',
  syntax: '{0}',
  unsupported: '{% {0} %} is not part of the Jinja that the Python package runs.',
  undefinedName: 'Neither the data nor the template defines {0}.',
  undefinedMember: '{0} is not defined.',
  noElse: 'The condition is false and there is no else.',
  runtime: '{0}',
  tooManySteps: 'The template takes more than {0} steps.',
  textTooLong: 'The template makes a text of more than {0} characters.',
  listTooLong: 'The template makes a list of more than {0} entries.',
  tooDeep: 'The template is nested too deeply.',
  notJson: 'The output is not JSON: {0}',
} as const;

export type TemplateProblemCode = keyof typeof templateMessages;

export interface TemplateProblem {
  readonly code: TemplateProblemCode;
  readonly args: readonly string[];
  /** Place in the template: characters from its start, and line and column, both from 1. */
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export function formatTemplateProblem(
  problem: TemplateProblem,
  message: string = templateMessages[problem.code],
): string {
  return message.replace(/\{(\d)\}/g, (_, index: string) => problem.args[Number(index)] ?? '');
}

/** Thrown inside the engine; leaves it only as a problem. */
export class TemplateFault extends Error {
  readonly code: TemplateProblemCode;
  readonly args: readonly string[];

  constructor(code: TemplateProblemCode, ...args: readonly string[]) {
    super(code);
    this.code = code;
    this.args = args;
  }
}

/** A problem at an offset of the template. */
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

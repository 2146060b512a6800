import * as l10n from '@vscode/l10n';
import { defaultLimits } from '../jinja/core/budget.ts';
import {
  BudgetError,
  type LimitName,
  type SourceRange,
  TemplateError,
  UnsupportedError,
} from '../jinja/core/errors.ts';
import { TemplateSource } from '../jinja/language/source.ts';

/** A member of a value as an expression of a template names it. Offsets are in characters of that expression. */
interface Member {
  /** `order.items` or `order["items"]`. */
  readonly path: string;
  /** The same with brackets. */
  readonly bracketed: string;
  /** Offset of the value that has the member. */
  readonly start: number;
  /** Offset and length of the member's name. */
  readonly offset: number;
  readonly length: number;
}

const word = /[\p{L}\p{N}_]/u;
const pathCharacter = /[\p{L}\p{N}_.]/u;

/** The offset of a variable's name in an expression, -1 if it is not there. */
function nameIn(expression: string, name: string): number {
  for (const at of occurrences(expression, name)) {
    if (!pathCharacter.test(expression.charAt(at - 1))) return at;
  }
  return -1;
}

/** The first place where an expression reads a member: `.name` or `["name"]`. */
export function memberIn(expression: string, name: string): Member | undefined {
  for (const at of occurrences(expression, name)) {
    const before = expression.charAt(at - 1);
    const after = at + name.length;
    if (before === '.') return member(expression, at - 1, name, at, true);
    if (
      (before === '"' || before === "'") &&
      expression.charAt(at - 2) === '[' &&
      expression.charAt(after + 1) === ']'
    ) {
      return member(expression, at - 2, name, at, false);
    }
  }
  return undefined;
}

const dictionaryMethods = [
  'items', 'keys', 'values', 'get', 'pop', 'copy', 'update', 'clear', 'setdefault', 'popitem', 'fromkeys',
]; // prettier-ignore

/** A method of `dict` that an expression reads with a dot and does not call. */
function dictionaryMethodIn(expression: string): Member | undefined {
  for (const name of dictionaryMethods) {
    const found = memberIn(expression, name);
    if (found === undefined || expression.charAt(found.offset - 1) !== '.') continue;
    if (
      expression
        .slice(found.offset + found.length)
        .trimStart()
        .startsWith('(')
    )
      continue;
    return found;
  }
  return undefined;
}

/** A value before a member is shown in full up to this many characters. */
const maxBase = 40;

function member(expression: string, end: number, name: string, offset: number, dotted: boolean): Member {
  let start = end;
  while (start > 0 && pathCharacter.test(expression.charAt(start - 1))) start -= 1;
  // Such as `lines[0]`, a call or something in parentheses.
  if (start === end) start = 0;
  const base = end - start > maxBase ? '…' : expression.slice(start, end);
  const bracketed = `${base}["${name}"]`;
  return { path: dotted ? `${base}.${name}` : bracketed, bracketed, start, offset, length: name.length };
}

/** Offsets at which a whole word starts. */
function* occurrences(text: string, name: string): Generator<number> {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    if (!word.test(text.charAt(at - 1)) && !word.test(text.charAt(at + name.length))) yield at;
  }
}

type Format = (...args: readonly string[]) => string;

const messages = {
  sourceTooLong: (...args) => l10n.t('The template is longer than {0} characters.', ...args),
  python: (kind, message) => `${kind ?? ''}: ${message ?? ''}`,
  method: (...args) =>
    l10n.t('{0} is a method of the dictionary in Python ({2}). To read the value, write {1}.', ...args),
  printedMethod: (...args) =>
    l10n.t('{0} is a method in Python, so its address is printed. To read the value, write {1}.', ...args),
  uncalledMethod: (...args) =>
    l10n.t('{0} is a method in Python, so its address is printed. To call it, write {1}.', ...args),
  notFinite: (...args) =>
    l10n.t('{0} is not a JSON value. ChatKit accepts the template and omits the property.', ...args),
  undefinedName: (...args) => l10n.t('{0} is not defined in the data or the template.', ...args),
  undefinedMember: (...args) => l10n.t('{0} is not defined.', ...args),
  unsupported: (...args) => l10n.t('This preview does not support {0}; ChatKit does.', ...args),
  tooManySteps: (...args) => l10n.t('The template takes more than {0} steps.', ...args),
  textTooLong: (...args) => l10n.t('The template produces a text of more than {0} characters.', ...args),
  listTooLong: (...args) => l10n.t('The template produces a list of more than {0} entries.', ...args),
  integerTooLong: (...args) => l10n.t('The template produces an integer of more than {0} bits.', ...args),
  tooDeep: (...args) => l10n.t('The template is nested too deeply.', ...args),
  notJson: (...args) => l10n.t('The output is not JSON: {0}', ...args),
} as const satisfies Readonly<Record<string, Format>>;

type TemplateProblemCode = keyof typeof messages;

/** Every problem code. */
export const templateProblemCodes = Object.keys(messages) as readonly TemplateProblemCode[];

export interface TemplateProblem {
  readonly code: TemplateProblemCode;
  readonly args: readonly string[];
  /** Range in the template, in characters. */
  readonly offset: number;
  readonly length: number;
  /** Line and column of the offset, both from 1. */
  readonly line: number;
  readonly column: number;
}

/** Returns the localized message of a problem. */
export function formatTemplateProblem({ code, args }: Pick<TemplateProblem, 'code' | 'args'>): string {
  const format: Format = messages[code];
  return format(...args);
}

/** Returns `warning` for what ChatKit accepts. */
export function templateProblemSeverity({ code }: TemplateProblem): 'error' | 'warning' {
  return code === 'unsupported' || code === 'notFinite' || code === 'printedMethod' || code === 'uncalledMethod'
    ? 'warning'
    : 'error';
}

/** A problem with a range of the template. */
export function problemAt(
  source: string,
  { start, end }: SourceRange,
  code: TemplateProblemCode,
  ...args: readonly string[]
): TemplateProblem {
  const position = new TemplateSource(source, true).position(start);
  return { code, args, offset: start, length: Math.max(1, end - start), ...position };
}

/** Converts an error of the template engine. Other errors are thrown again. */
export function templateProblem(source: string, error: unknown): TemplateProblem {
  const start: SourceRange = { start: 0, end: 0 };
  if (error instanceof BudgetError) {
    return problemAt(source, error.range ?? start, limitCodes[error.limit], String(defaultLimits[error.limit]));
  }
  if (error instanceof UnsupportedError) {
    return problemAt(source, error.range ?? start, 'unsupported', error.construct);
  }
  // The data are nested too deeply to be converted.
  if (error instanceof RangeError) return problemAt(source, start, 'tooDeep');
  if (error instanceof TemplateError) return pythonProblem(source, error.range ?? start, error);
  throw error;
}

const limitCodes: Readonly<Record<LimitName, TemplateProblemCode>> = {
  maxSteps: 'tooManySteps',
  maxTextLength: 'textTooLong',
  maxOutputLength: 'textTooLong',
  maxItems: 'listTooLong',
  maxIntegerBits: 'integerTooLong',
};

/** Messages are shortened to this many characters: some repeat a value of the data. */
const maxMessage = 300;

function pythonProblem(source: string, range: SourceRange, error: TemplateError): TemplateProblem {
  const { kind, message, undefinedMessage = kind === 'UndefinedError' ? message : undefined } = error;
  if (kind === 'RecursionError') return problemAt(source, range, 'tooDeep');
  const text = source.slice(range.start, range.end);
  const within = (offset: number, length: number): SourceRange => ({
    start: range.start + offset,
    end: range.start + offset + length,
  });
  const shown = message.slice(0, maxMessage);
  if (message.includes('builtin_function_or_method')) {
    const found = dictionaryMethodIn(text);
    const at = found && within(found.start, found.offset + found.length - found.start);
    if (found && at) return problemAt(source, at, 'method', found.path, found.bracketed, shown);
  }
  if (undefinedMessage !== undefined) {
    const [, name] = /^'([^']+)' is undefined$/.exec(undefinedMessage) ?? [];
    if (name !== undefined) {
      const at = nameIn(text, name);
      return problemAt(source, at === -1 ? range : within(at, name.length), 'undefinedName', name);
    }
    const [, member] = /has no attribute '([^']+)'$/.exec(undefinedMessage) ?? [];
    const found = member === undefined ? undefined : memberIn(text, member);
    if (found) return problemAt(source, within(found.offset, found.length), 'undefinedMember', found.path);
  }
  return problemAt(source, range, 'python', kind, shown);
}

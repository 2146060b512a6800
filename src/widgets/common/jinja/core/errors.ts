/** A part of the template's source, as UTF-16 offsets; `end` is exclusive. */
export interface SourceRange {
  readonly start: number;
  readonly end: number;
}

/** Names of the Python exceptions that a template can raise. */
export type ErrorKind =
  | 'AssertionError'
  | 'AttributeError'
  | 'FilterArgumentError'
  | 'IndexError'
  | 'KeyError'
  | 'LookupError'
  | 'NameError'
  | 'NotImplementedError'
  | 'OverflowError'
  | 'RecursionError'
  | 'RuntimeError'
  | 'StopIteration'
  | 'SyntaxError'
  | 'TemplateAssertionError'
  | 'TemplateRuntimeError'
  | 'TemplateSyntaxError'
  | 'TemplatesNotFound'
  | 'TypeError'
  | 'UndefinedError'
  | 'UnicodeDecodeError'
  | 'UnicodeEncodeError'
  | 'ValueError'
  | 'ZeroDivisionError';

/** An error that Python raises too: `kind` is the name of its class. */
export class TemplateError extends Error {
  readonly kind: ErrorKind;
  /** The node that was parsed or evaluated; set at the latest when the error leaves the engine. */
  range: SourceRange | undefined;
  /** The message of the undefined value that caused the error, where Python's own message does not contain it. */
  undefinedMessage: string | undefined;

  constructor(kind: ErrorKind, message: string, range?: SourceRange) {
    super(message);
    this.name = kind;
    this.kind = kind;
    this.range = range;
  }
}

/** Names of the limits in `Limits`. */
export type LimitName = 'maxSteps' | 'maxTextLength' | 'maxItems' | 'maxIntegerBits' | 'maxOutputLength';

/** The template needs more than a limit of this engine allows. Python has no such limit. */
export class BudgetError extends Error {
  readonly limit: LimitName;
  range: SourceRange | undefined;

  constructor(limit: LimitName, value: number) {
    super(`The template exceeds the limit ${limit} (${value}).`);
    this.name = 'BudgetError';
    this.limit = limit;
  }
}

/** A construct that Python supports and this engine does not. */
export class UnsupportedError extends Error {
  readonly construct: string;
  range: SourceRange | undefined;

  constructor(construct: string) {
    super(`This preview does not support ${construct}.`);
    this.name = 'UnsupportedError';
    this.construct = construct;
  }
}

/** Returns the `TypeError` of Python. */
export function typeError(message: string): TemplateError {
  return new TemplateError('TypeError', message);
}

/** Returns the `ValueError` of Python. */
export function valueError(message: string): TemplateError {
  return new TemplateError('ValueError', message);
}

/** Returns the `OverflowError` of Python. */
export function overflowError(message: string): TemplateError {
  return new TemplateError('OverflowError', message);
}

/** Whether a thrown value is a Python error of one of these kinds. */
export function isKind(error: unknown, ...kinds: readonly ErrorKind[]): error is TemplateError {
  return error instanceof TemplateError && kinds.includes(error.kind);
}

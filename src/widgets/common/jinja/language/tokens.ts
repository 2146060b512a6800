import { type ErrorKind, TemplateError } from '../core/errors.ts';
import { reprText } from '../values/repr.ts';
import type { TemplateSource } from './source.ts';
import type { BinaryNode, ComparisonOperator } from './ast.ts';

/** What every node starts with: its range in the given text, and its line. */
interface Place {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** The tokens up to the end of the template or to the first fault. */
export interface Tokens {
  readonly tokens: readonly Token[];
  /** Thrown when the parser reaches this position, so that earlier errors are reported first, as in Python. */
  readonly fault: Error | undefined;
}

/** Reads tokens one by one and reports their errors. */
export class TokenStream {
  readonly #tokens: readonly Token[];
  readonly #fault: Error | undefined;
  readonly #source: TemplateSource;
  #index = 0;
  #depth = 0;

  constructor({ tokens, fault }: Tokens, source: TemplateSource) {
    this.#tokens = tokens;
    this.#fault = fault;
    this.#source = source;
    this.#reach(0);
  }

  get current(): Token {
    return this.#tokens[this.#index] as Token;
  }

  look(): Token {
    this.#reach(this.#index + 1);
    return this.#tokens[this.#index + 1] ?? this.current;
  }

  next(): Token {
    const token = this.current;
    if (token.type !== 'eof') this.#reach(++this.#index);
    return token;
  }

  #reach(index: number): void {
    if (this.#fault !== undefined && index >= this.#tokens.length - 1) throw this.#fault;
  }

  is(...expected: readonly string[]): boolean {
    const { current } = this;
    for (const each of expected) if (isToken(current, each)) return true;
    return false;
  }

  skipIf(expected: string): boolean {
    if (!this.is(expected)) return false;
    this.next();
    return true;
  }

  expect(expected: string): Token {
    if (this.is(expected)) return this.next();
    const wanted = reprText(describeExpected(expected));
    if (this.current.type === 'eof') return this.fail(`unexpected end of template, expected ${wanted}.`);
    return this.fail(`expected token ${wanted}, got ${reprText(describeToken(this.current))}`);
  }

  /** Throws at the current token or at the given one. */
  fail(message: string, token = this.current, kind: ErrorKind = 'TemplateSyntaxError'): never {
    throw new TemplateError(kind, message, this.#source.originalRange(token.start, token.end));
  }

  /** The place from a token up to the last one that was read. */
  placeFrom(first: Token): Place {
    return this.#place(first.start, this.#tokens[this.#index - 1]?.end ?? first.end);
  }

  placeOf(token: Token): Place {
    return this.#place(token.start, token.end);
  }

  #place(start: number, end: number): Place {
    return { ...this.#source.originalRange(start, Math.max(start, end)), line: this.#source.lineAt(start) };
  }

  /** Parses a nested expression or block. Python's own stack ends at about this depth. */
  deeper<T>(maxDepth: number, parse: () => T): T {
    if (++this.#depth > maxDepth) {
      this.fail('maximum recursion depth exceeded', this.current, 'RecursionError');
    }
    const result = parse();
    this.#depth -= 1;
    return result;
  }
}

/** Names that are values. */
export const constants: Readonly<Record<string, null | boolean>> = {
  true: true,
  True: true,
  false: false,
  False: false,
  none: null,
  None: null,
};

export const comparisons: Readonly<Record<string, ComparisonOperator>> = {
  eq: '==',
  ne: '!=',
  lt: '<',
  lteq: '<=',
  gt: '>',
  gteq: '>=',
};

/** The operators of calculations, by their precedence. */
export const calculations = {
  sum: { add: '+', sub: '-' },
  product: { mul: '*', div: '/', floordiv: '//', mod: '%' },
  power: { pow: '**' },
} satisfies Readonly<Record<string, Readonly<Record<string, BinaryNode['operator']>>>>;

export type TokenType =
  | 'data'
  | 'variable_begin'
  | 'variable_end'
  | 'block_begin'
  | 'block_end'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'eof'
  | 'operator'
  | OperatorName;

type OperatorName = (typeof operators)[number][1];

const operators = [
  ['+', 'add'],
  ['-', 'sub'],
  ['/', 'div'],
  ['//', 'floordiv'],
  ['*', 'mul'],
  ['%', 'mod'],
  ['**', 'pow'],
  ['~', 'tilde'],
  ['[', 'lbracket'],
  [']', 'rbracket'],
  ['(', 'lparen'],
  [')', 'rparen'],
  ['{', 'lbrace'],
  ['}', 'rbrace'],
  ['==', 'eq'],
  ['!=', 'ne'],
  ['>', 'gt'],
  ['>=', 'gteq'],
  ['<', 'lt'],
  ['<=', 'lteq'],
  ['=', 'assign'],
  ['.', 'dot'],
  [':', 'colon'],
  ['|', 'pipe'],
  [',', 'comma'],
  [';', 'semicolon'],
] as const;

export const operatorNames: Readonly<Record<string, OperatorName>> = Object.fromEntries(operators);

/** A token with its range in the text of `TemplateSource`. */
export interface Token {
  readonly type: TokenType;
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const descriptions: Readonly<Record<string, string>> = {
  ...Object.fromEntries(operators.map(([text, type]) => [type, text])),
  block_begin: 'begin of statement block',
  block_end: 'end of statement block',
  variable_begin: 'begin of print statement',
  variable_end: 'end of print statement',
  data: 'template data / text',
  eof: 'end of template',
};

/** A token type or `name:<name>`, as messages show it. */
export function describeExpected(expected: string): string {
  if (expected.startsWith('name:')) return expected.slice(5);
  return descriptions[expected] ?? expected;
}

/** Returns the description of a token in a syntax error, as Jinja2 words it. */
export function describeToken({ type, value }: Token): string {
  return type === 'name' ? value : describeExpected(type);
}

/** Whether a token is of a type or is the name of `name:<name>`. */
export function isToken(token: Token, expected: string): boolean {
  return expected.startsWith('name:')
    ? token.type === 'name' && token.value === expected.slice(5)
    : token.type === expected;
}

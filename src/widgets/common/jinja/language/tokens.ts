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

export function describeToken({ type, value }: Token): string {
  return type === 'name' ? value : describeExpected(type);
}

/** Whether a token is of a type or is the name of `name:<name>`. */
export function isToken(token: Token, expected: string): boolean {
  return expected.startsWith('name:')
    ? token.type === 'name' && token.value === expected.slice(5)
    : token.type === expected;
}

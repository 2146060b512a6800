import { TemplateError, UnsupportedError } from '../core/errors.ts';
import { isSpace, spaces, textTests, trimEnd } from '../text/unicode.ts';
import type { TemplateSource } from './source.ts';
import { type Token, type TokenType, operatorNames, type Tokens } from './tokens.ts';

const simple: Readonly<Record<string, string>> = {
  '\n': '',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const truncated: Readonly<Record<string, string>> = {
  x: 'truncated \\xXX escape',
  u: 'truncated \\uXXXX escape',
  U: 'truncated \\UXXXXXXXX escape',
};

/**
 * The value of a string literal without its quotes.
 * @param fail throws the error of the literal
 */
function unescapeLiteral(body: string, fail: (message: string) => never): string {
  if (!body.includes('\\')) return body;
  let result = '';
  for (let offset = 0; offset < body.length;) {
    const slash = body.indexOf('\\', offset);
    if (slash === -1) return result + body.slice(offset);
    result += body.slice(offset, slash);
    const read = readEscape(body, slash + 1, fail);
    result += read.text;
    offset = read.end;
  }
  return result;
}

function readEscape(body: string, start: number, fail: (message: string) => never): { text: string; end: number } {
  const [character = ''] = body.slice(start, start + 2);
  const known = simple[character];
  if (known !== undefined) return { text: known, end: start + 1 };
  const octal = /^[0-7]{1,3}/.exec(body.slice(start, start + 3))?.[0];
  if (octal !== undefined) {
    return { text: String.fromCharCode(Number.parseInt(octal, 8)), end: start + octal.length };
  }
  const length = hexLengths[character];
  if (length !== undefined) {
    const hex = /^[\da-fA-F]*/.exec(body.slice(start + 1, start + 1 + length))?.[0] ?? '';
    if (hex.length < length) return fail(truncated[character] ?? '');
    const point = Number.parseInt(hex, 16);
    if (point > 0x10ffff) return fail('illegal Unicode character');
    return { text: String.fromCodePoint(point), end: start + 1 + length };
  }
  if (character === 'N') {
    if (!/^\{[^}]+\}/.test(body.slice(start + 1))) return fail('malformed \\N character escape');
    throw new UnsupportedError('characters by name (\\N{…})');
  }
  // Jinja puts other characters into ASCII first, so that their own escape loses its backslash to this one.
  if (character > '\x7f') return { text: `\\${escaped(character)}`, end: start + character.length };
  return { text: `\\${character}`, end: start + character.length };
}

function escaped(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  if (hex.length <= 2) return `x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `u${hex.padStart(4, '0')}` : `U${hex.padStart(8, '0')}`;
}

export interface LexerOptions {
  /** Removes the line break after a block. */
  readonly trimBlocks: boolean;
  /** Removes spaces between the start of a line and a block. */
  readonly lstripBlocks: boolean;
}

const space = new RegExp(`[${spaces}]+`, 'y');
const float = /(?<!\.)(\d+_)*\d+((\.(\d+_)*\d+)?e[+-]?(\d+_)*\d+|\.(\d+_)*\d+)/iy;
const integer = /0b(_?[01])+|0o(_?[0-7])+|0x(_?[\da-f])+|[1-9](_?\d)*|0(_?0)*/iy;
const name = /[\p{L}\p{N}\p{XID_Continue}_]+/uy;
const string = /'[^'\\]*(?:\\.[^'\\]*)*'|"[^"\\]*(?:\\.[^"\\]*)*"/sy;
const operator = /\/\/|\*\*|==|!=|>=|<=|[-+/*%~[\](){}><=.:|,;]/y;
const rawBegin = new RegExp(`\\{%[-+]?[${spaces}]*raw[${spaces}]*(?:-%\\}[${spaces}]*|%\\})`, 'y');
const variableEnd = new RegExp(`-\\}\\}[${spaces}]*|\\}\\}`, 'y');
const words = [['name', name]] as const;
const numbers = [['float', float], ['integer', integer], ...words] as const;
const strings = [['string', string]] as const;
const operators = [...words, ['operator', operator]] as const;

/** What a character can be the start of. */
function literalsFrom(code: number): typeof words | typeof numbers | typeof strings | typeof operators {
  if (code >= 48 && code <= 57) return numbers;
  if (code === 34 || code === 39) return strings;
  const letter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
  return letter ? words : operators;
}

const closing: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

/** Splits a template into tokens. */
export function tokenize(source: TemplateSource, options: LexerOptions): Tokens {
  return new Lexer(source, options).run();
}

class Lexer {
  readonly #source: TemplateSource;
  readonly #text: string;
  readonly #options: LexerOptions;
  readonly #tokens: Token[] = [];
  readonly #blockEnd: RegExp;
  readonly #commentEnd: RegExp;
  readonly #rawEnd: RegExp;
  #offset = 0;
  #lineStarting = true;

  constructor(source: TemplateSource, options: LexerOptions) {
    this.#source = source;
    this.#text = source.text;
    this.#options = options;
    const suffix = options.trimBlocks ? '\\n?' : '';
    const end = `(?:\\+%\\}|-%\\}[${spaces}]*|%\\}${suffix})`;
    this.#blockEnd = new RegExp(end, 'y');
    this.#commentEnd = new RegExp(`(?:\\+#\\}|-#\\}[${spaces}]*|#\\}${suffix})`, 'g');
    this.#rawEnd = new RegExp(`\\{%([-+]?)[${spaces}]*endraw[${spaces}]*${end}`, 'g');
  }

  run(): Tokens {
    let fault: Error | undefined;
    try {
      while (this.#offset < this.#text.length) this.#root();
    } catch (error) {
      if (!(error instanceof TemplateError || error instanceof UnsupportedError)) throw error;
      fault = error;
    }
    this.#push('eof', '', this.#text.length, this.#text.length);
    return { tokens: this.#tokens, fault };
  }

  #root(): void {
    const start = this.#offset;
    const tag = this.#nextTag(start);
    if (tag === -1) {
      this.#push('data', this.#text.slice(start), start, this.#text.length);
      this.#offset = this.#text.length;
      return;
    }
    const kind = this.#text.charAt(tag + 1);
    const raw = kind === '%' && this.#matches(rawBegin, tag);
    const sign = /[-+]/.test(this.#text.charAt(tag + 2)) ? this.#text.charAt(tag + 2) : '';
    this.#data(start, tag, sign, kind !== '{');
    if (raw !== undefined && raw !== false) return this.#raw(tag, raw);
    const opened = tag + 2 + sign.length;
    if (kind === '#') return this.#comment(tag, opened);
    this.#push(kind === '{' ? 'variable_begin' : 'block_begin', '', tag, opened);
    this.#offset = opened;
    this.#code(kind === '{' ? 'variable_end' : 'block_end', kind === '{' ? variableEnd : this.#blockEnd);
  }

  #nextTag(from: number): number {
    for (let tag = this.#text.indexOf('{', from); tag !== -1; tag = this.#text.indexOf('{', tag + 1)) {
      if (/[{%#]/.test(this.#text.charAt(tag + 1))) return tag;
    }
    return -1;
  }

  /** Text before a tag, without the spaces that the tag removes. */
  #data(start: number, end: number, sign: string, isBlock: boolean): void {
    let text = this.#text.slice(start, end);
    if (sign === '-') {
      text = trimEnd(text);
    } else if (sign === '' && this.#options.lstripBlocks && isBlock) {
      const line = text.lastIndexOf('\n') + 1;
      if ((line > 0 || this.#lineStarting) && isSpace(text.slice(line))) text = text.slice(0, line);
    }
    if (text !== '') this.#push('data', text, start, start + text.length);
  }

  #finish(end: number): void {
    this.#lineStarting = this.#text.charAt(end - 1) === '\n';
    this.#offset = end;
  }

  #comment(tag: number, start: number): void {
    this.#commentEnd.lastIndex = start;
    const end = this.#commentEnd.exec(this.#text);
    // At the very end of the template, a start without an end is ignored.
    if (end === null && start < this.#text.length) {
      throw this.#error('Missing end of comment tag', tag, this.#text.length);
    }
    this.#finish(end === null ? start : this.#commentEnd.lastIndex);
  }

  #raw(tag: number, start: number): void {
    this.#rawEnd.lastIndex = start;
    const end = this.#rawEnd.exec(this.#text);
    if (end === null) {
      if (start < this.#text.length) throw this.#error('Missing end of raw directive', tag, this.#text.length);
      return this.#finish(start);
    }
    this.#lineStarting = this.#text.charAt(start - 1) === '\n';
    this.#data(start, end.index, end[1] ?? '', true);
    this.#finish(this.#rawEnd.lastIndex);
  }

  /** The tokens of one tag up to its end. */
  #code(endType: TokenType, endPattern: RegExp): void {
    const open: { readonly bracket: string; readonly offset: number }[] = [];
    for (;;) {
      const start = this.#offset;
      const end = open.length === 0 ? this.#matches(endPattern, start) : undefined;
      if (end !== undefined) {
        this.#push(endType, '', start, end);
        return this.#finish(end);
      }
      if (start >= this.#text.length) return;
      if (!this.#token(start, open)) {
        const character = String.fromCodePoint(this.#text.codePointAt(start) ?? 0);
        throw this.#error(`unexpected char ${quote(character)} at ${start}`, start, start + character.length);
      }
    }
  }

  #token(start: number, open: { readonly bracket: string; readonly offset: number }[]): boolean {
    const blank = this.#matches(space, start);
    if (blank !== undefined) {
      this.#offset = blank;
      return true;
    }
    for (const [type, pattern] of literalsFrom(this.#text.charCodeAt(start))) {
      const end = this.#matches(pattern, start);
      if (end === undefined) continue;
      if (type === 'operator') this.#operator(start, end, open);
      else this.#literal(type, start, end);
      this.#offset = end;
      return true;
    }
    return false;
  }

  #literal(type: 'float' | 'integer' | 'name' | 'string', start: number, end: number): void {
    const text = this.#text.slice(start, end);
    if (type === 'name' && !textTests.isidentifier.test(text)) {
      throw this.#error('Invalid character in identifier', start, end);
    }
    if (type === 'string') {
      const value = unescapeLiteral(text.slice(1, -1), (message) => {
        throw this.#error(message, start, end);
      });
      this.#push('string', value, start, end);
      return;
    }
    this.#push(type, type === 'name' ? text : text.replaceAll('_', ''), start, end);
  }

  #operator(start: number, end: number, open: { readonly bracket: string; readonly offset: number }[]): void {
    const text = this.#text.slice(start, end);
    const close = closing[text];
    if (close !== undefined) {
      open.push({ bracket: close, offset: start });
    } else if (/[)}\]]/.test(text)) {
      const expected = open.pop()?.bracket;
      if (expected === undefined) throw this.#error(`unexpected '${text}'`, start, end);
      if (expected !== text) throw this.#error(`unexpected '${text}', expected '${expected}'`, start, end);
    }
    this.#push(operatorNames[text] ?? 'operator', text, start, end);
  }

  #matches(pattern: RegExp, offset: number): number | undefined {
    pattern.lastIndex = offset;
    return pattern.test(this.#text) ? pattern.lastIndex : undefined;
  }

  #push(type: TokenType, value: string, start: number, end: number): void {
    this.#tokens.push({ type, value, start, end });
  }

  #error(message: string, start: number, end: number): TemplateError {
    return new TemplateError('TemplateSyntaxError', message, this.#source.originalRange(start, end));
  }
}

function quote(character: string): string {
  return character === "'" ? `"'"` : `'${character === '\\' ? '\\\\' : character}'`;
}

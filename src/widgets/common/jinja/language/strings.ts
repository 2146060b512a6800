import { UnsupportedError } from '../core/errors.ts';

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
export function unescapeLiteral(body: string, fail: (message: string) => never): string {
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
  if (character === 'N') throw new UnsupportedError('characters by name (\\N{…})');
  // Jinja puts other characters into ASCII first, so that their own escape loses its backslash to this one.
  if (character > '\x7f') return { text: `\\${escaped(character)}`, end: start + character.length };
  return { text: `\\${character}`, end: start + character.length };
}

function escaped(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  if (hex.length <= 2) return `x${hex.padStart(2, '0')}`;
  return hex.length <= 4 ? `u${hex.padStart(4, '0')}` : `U${hex.padStart(8, '0')}`;
}

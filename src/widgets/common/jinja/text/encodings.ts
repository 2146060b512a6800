import { allowItems } from '../core/budget.ts';
import { TemplateError } from '../core/errors.ts';

type Codec = 'utf-8' | 'ascii' | 'latin-1' | 'utf-16-le' | 'utf-16-be' | 'utf-16';

const aliases = new Map<string, Codec>(
  Object.entries({
    utf8: 'utf-8',
    u8: 'utf-8',
    ascii: 'ascii',
    usascii: 'ascii',
    latin1: 'latin-1',
    iso88591: 'latin-1',
    l1: 'latin-1',
    utf16: 'utf-16',
    utf16le: 'utf-16-le',
    utf16be: 'utf-16-be',
  }),
);

function codecOf(name: string): Codec {
  const codec = aliases.get(name.toLowerCase().replace(/[-_ ]/g, ''));
  if (codec === undefined) throw new TemplateError('LookupError', `unknown encoding: ${name}`);
  return codec;
}

/** `text.encode(encoding, errors)`. @throws {TemplateError} LookupError, UnicodeEncodeError */
export function encode(text: string, encoding: string, errors: string): number[] {
  const codec = codecOf(encoding);
  allowItems(text.length * 2);
  const bytes: number[] = codec === 'utf-16' ? [0xff, 0xfe] : [];
  let index = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const encoded = encodePoint(point, codec);
    bytes.push(...(encoded ?? replacement(point, codec, errors, index)));
    index += 1;
  }
  return bytes;
}

function encodePoint(point: number, codec: Codec): number[] | undefined {
  if (codec === 'ascii') return point < 0x80 ? [point] : undefined;
  if (codec === 'latin-1') return point < 0x100 ? [point] : undefined;
  if (point >= 0xd800 && point <= 0xdfff) return undefined;
  if (codec === 'utf-8') return utf8(point);
  const units = Array.from(String.fromCodePoint(point).split(''), (unit) => unit.charCodeAt(0));
  return units.flatMap((unit) => (codec === 'utf-16-be' ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8]));
}

function utf8(point: number): number[] {
  if (point < 0x80) return [point];
  if (point < 0x800) return [0xc0 | (point >> 6), 0x80 | (point & 63)];
  if (point < 0x10000) return [0xe0 | (point >> 12), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)];
  return [0xf0 | (point >> 18), 0x80 | ((point >> 12) & 63), 0x80 | ((point >> 6) & 63), 0x80 | (point & 63)];
}

const ascii = (text: string): number[] => Array.from(text, (character) => character.charCodeAt(0));

function replacement(point: number, codec: Codec, errors: string, index: number): number[] {
  const hex = point.toString(16);
  switch (errors) {
    case 'ignore':
      return [];
    case 'replace':
      return ascii('?');
    case 'xmlcharrefreplace':
      return ascii(`&#${point};`);
    case 'backslashreplace':
      return ascii(
        point < 0x100
          ? `\\x${hex.padStart(2, '0')}`
          : point < 0x10000
            ? `\\u${hex.padStart(4, '0')}`
            : `\\U${hex.padStart(8, '0')}`,
      );
    case 'strict': {
      const limit =
        codec === 'ascii'
          ? 'ordinal not in range(128)'
          : codec === 'latin-1'
            ? 'ordinal not in range(256)'
            : 'surrogates not allowed';
      const shown =
        point < 0x100 ? `\\x${hex}` : point < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
      throw new TemplateError(
        'UnicodeEncodeError',
        `'${codec}' codec can't encode character '${shown}' in position ${index}: ${limit}`,
      );
    }
    default:
      throw new TemplateError('LookupError', `unknown error handler name '${errors}'`);
  }
}

/** `bytes.decode(encoding, errors)`. @throws {TemplateError} LookupError, UnicodeDecodeError */
export function decode(bytes: readonly number[], encoding: string, errors: string): string {
  const codec = codecOf(encoding);
  if (codec === 'latin-1') return String.fromCharCode(...bytes);
  if (codec.startsWith('utf-16')) return decodeUtf16(bytes, codec);
  const parts: string[] = [];
  for (let index = 0; index < bytes.length;) {
    const length = codec === 'ascii' ? ((bytes[index] ?? 0) < 0x80 ? 1 : 0) : sequenceLength(bytes, index);
    if (length > 0) {
      parts.push(String.fromCodePoint(pointAt(bytes, index, length)));
      index += length;
      continue;
    }
    parts.push(invalid(bytes[index] ?? 0, codec, errors, index));
    index += 1;
  }
  return parts.join('');
}

function sequenceLength(bytes: readonly number[], index: number): number {
  const first = bytes[index] ?? 0;
  const length = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
  for (let next = 1; next < length; next += 1) if (((bytes[index + next] ?? 0) & 0xc0) !== 0x80) return 0;
  const point = length === 0 ? 0 : pointAt(bytes, index, length);
  const tooShort = (length === 3 && point < 0x800) || (length === 4 && (point < 0x10000 || point > 0x10ffff));
  return tooShort || (point >= 0xd800 && point <= 0xdfff) ? 0 : length;
}

function pointAt(bytes: readonly number[], index: number, length: number): number {
  let point = (bytes[index] ?? 0) & (length === 1 ? 0x7f : 0xff >> (length + 1));
  for (let next = 1; next < length; next += 1) point = (point << 6) | ((bytes[index + next] ?? 0) & 63);
  return point;
}

function decodeUtf16(bytes: readonly number[], codec: Codec): string {
  const marked = codec === 'utf-16' && bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.slice(2) : bytes;
  const [high, low] = codec === 'utf-16-be' ? [0, 1] : [1, 0];
  const units = Array.from({ length: marked.length >> 1 }, (_, index) => {
    return ((marked[index * 2 + high] ?? 0) << 8) | (marked[index * 2 + low] ?? 0);
  });
  return String.fromCharCode(...units);
}

function invalid(byte: number, codec: Codec, errors: string, index: number): string {
  if (errors === 'ignore') return '';
  if (errors === 'replace') return '\ufffd';
  if (errors === 'backslashreplace') return `\\x${byte.toString(16)}`;
  const reason = codec === 'ascii' ? 'ordinal not in range(128)' : 'invalid start byte';
  throw new TemplateError(
    'UnicodeDecodeError',
    `'${codec}' codec can't decode byte 0x${byte.toString(16)} in position ${index}: ${reason}`,
  );
}

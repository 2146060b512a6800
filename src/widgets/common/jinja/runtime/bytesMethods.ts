import { typeError, valueError } from '../core/errors.ts';
import { decode } from '../text/encodings.ts';
import { integerOf, isInteger, PyBytes, PyList, typeName, type Value } from '../values/model.ts';
import { optionalIndex, textArgument } from './arguments.ts';
import { methods } from './method.ts';
import { replaceText } from './search.ts';
import { splitText, strip } from './split.ts';

/** Bytes as a text of the first 256 characters, on which the methods of str work. */
const asText = ({ bytes }: PyBytes): string => String.fromCharCode(...bytes);
const fromText = (text: string): PyBytes => new PyBytes(Array.from(text, (character) => character.charCodeAt(0)));

function textOf(value: Value | undefined): string {
  if (value instanceof PyBytes) return asText(value);
  throw typeError(`a bytes-like object is required, not '${typeName(value ?? null)}'`);
}

/** The searched value: bytes, or the number of one byte. */
function needle(value: Value | undefined): string {
  const given = value ?? null;
  if (!isInteger(given)) return textOf(given);
  const byte = integerOf(given);
  if (byte < 0n || byte > 255n) throw valueError('byte must be in range(0, 256)');
  return String.fromCharCode(Number(byte));
}

function count(text: string, wanted: string): bigint {
  return BigInt(wanted === '' ? text.length + 1 : text.split(wanted).length - 1);
}

const upper = (text: string) => text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

function hex({ bytes }: PyBytes, separator: string): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(separator);
}

/** The methods of bytes that a template is likely to use on what `encode` gave it. */
export const bytesMethods = methods<PyBytes>('bytes', {
  count: ['sub', (self, [sub]) => count(asText(self), needle(sub))],
  decode: [
    '*encoding=, errors=',
    ({ bytes }, [encoding, errors]) => {
      const name = (value: Value | undefined, otherwise: string) =>
        value === undefined ? otherwise : textArgument(value, (type) => `decode() argument must be str, not ${type}`);
      return decode(bytes, name(encoding, 'utf-8'), name(errors, 'strict'));
    },
  ],
  endswith: ['suffix', (self, [suffix]) => asText(self).endsWith(textOf(suffix))],
  find: ['sub', (self, [sub]) => BigInt(asText(self).indexOf(needle(sub)))],
  hex: [
    '*sep=',
    (self, [separator]) =>
      hex(self, separator === undefined ? '' : textArgument(separator, () => 'sep must be str or bytes.')),
  ],
  index: [
    'sub',
    (self, [sub]) => {
      const found = asText(self).indexOf(needle(sub));
      if (found === -1) throw valueError('subsection not found');
      return BigInt(found);
    },
  ],
  join: [
    'iterable',
    (self, [values]) =>
      fromText(values instanceof PyList ? values.items.map(textOf).join(asText(self)) : textOf(values)),
  ],
  lower: ['', (self) => fromText(lower(asText(self)))],
  replace: [
    'old, new, count=',
    (self, [old, replacement, count]) =>
      fromText(replaceText(asText(self), textOf(old), textOf(replacement), optionalIndex(count, -1))),
  ],
  split: [
    '*sep=, maxsplit=',
    (self, [separator, limit]) => {
      const by = separator === undefined || separator === null ? undefined : textOf(separator);
      return new PyList(splitText(asText(self), by, optionalIndex(limit, -1)).map(fromText));
    },
  ],
  startswith: ['prefix', (self, [prefix]) => asText(self).startsWith(textOf(prefix))],
  strip: ['', (self) => fromText(strip(asText(self), undefined, true, true))],
  upper: ['', (self) => fromText(upper(asText(self)))],
});

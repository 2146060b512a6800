import { allowText, spend } from '../core/budget.ts';
import { TemplateError, valueError } from '../core/errors.ts';
import { concatenate } from '../text/points.ts';
import { isPrintable } from '../text/unicode.ts';
import { DictView, PyDict, PySet } from './dictionary.ts';
import { reprFloat } from './floats.ts';
import {
  isCustom,
  Markup,
  PyBytes,
  PyComplex,
  PyFunction,
  PyIterator,
  PyList,
  type PyObject,
  PyRange,
  PyTuple,
  PyType,
  textOf,
  Undefined,
  type Value,
} from './model.ts';
import { failUndefined } from './protocols.ts';

/** A stand-in for the address that Python shows: it differs from run to run. */
const address = '0x7f0000000000';

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/** `repr()` of a str. @param ascii as `ascii()` does: every other character is escaped */
export function reprText(text: string, ascii = false): string {
  allowText(text.length);
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  if (!ascii && /^[ !#-&(-[\]-~]*$/.test(text)) return quote + text + quote;
  let body = '';
  for (const character of text) {
    if (character === quote) body += `\\${quote}`;
    else body += escapes[character] ?? (shown(character, ascii) ? character : escapePoint(character));
  }
  return quote + body + quote;
}

function shown(character: string, ascii: boolean): boolean {
  return character >= ' ' && character < '\x7f' ? true : !ascii && isPrintable(character);
}

function escapePoint(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const hex = point.toString(16);
  if (point < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return point < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/** `str(int)`. @throws {TemplateError} ValueError when it has more digits than Python converts */
export function integerText(value: bigint): string {
  const text = value.toString();
  const digits = text.startsWith('-') ? text.length - 1 : text.length;
  if (digits > 4300) {
    throw valueError(
      'Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit',
    );
  }
  return text;
}

/** `repr(value)`. */
export function repr(value: Value): string {
  return reprWithin(value, new Set());
}

/** `ascii(value)`. */
export function asciiRepr(value: Value): string {
  const text = repr(value);
  return Array.from(text, (character) => (character < '\x80' ? character : escapePoint(character))).join('');
}

function reprWithin(value: Value, open: Set<PyObject>): string {
  spend(1);
  switch (typeof value) {
    case 'string':
      return reprText(value);
    case 'bigint':
      return integerText(value);
    case 'number':
      return reprFloat(value);
    case 'boolean':
      return value ? 'True' : 'False';
    default:
      return value === null ? 'None' : reprObject(value, open);
  }
}

function reprObject(value: PyObject, open: Set<PyObject>): string {
  if (value instanceof Markup) return `Markup(${reprText(value.text)})`;
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyDict) {
    return reprContainer(value, open);
  }
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof PyBytes) return reprBytes(value);
  if (value instanceof PyComplex) return reprComplex(value);
  if (value instanceof PyRange) {
    const ends = `${value.start}, ${value.stop}`;
    return value.step === 1n ? `range(${ends})` : `range(${ends}, ${value.step})`;
  }
  if (value instanceof DictView) return `dict_${value.kind}([${reprItems(value, open)}])`;
  if (value instanceof PySet) return value.members.size === 0 ? 'set()' : `{${reprItems(value.members.keys(), open)}}`;
  if (value instanceof PyIterator) {
    const name = value.label === '' ? '' : ` ${value.label}`;
    return `<${value.typeName} object${name} at ${address}>`;
  }
  if (value instanceof PyType) {
    return `<class '${value.module === 'builtins' ? '' : `${value.module}.`}${value.name}'>`;
  }
  if (value instanceof PyFunction) return reprFunction(value, open);
  if (isCustom(value)) return value.describe((inner) => reprWithin(inner, open));
  return `<${value.qualifiedName} object at ${address}>`;
}

function reprFunction({ name, typeName, self }: PyFunction, open: Set<PyObject>): string {
  if (self === undefined)
    return `<${typeName === 'function' ? 'function' : 'built-in function'} ${name} at ${address}>`;
  if (typeName === 'method') return `<bound method ${name} of ${reprWithin(self, open)}>`;
  const type = typeof self === 'object' && self !== null ? self.typeName : reprTypeName(self);
  return `<built-in method ${name} of ${type} object at ${address}>`;
}

function reprTypeName(value: Exclude<Value, PyObject>): string {
  return { string: 'str', bigint: 'int', number: 'float', boolean: 'bool' }[typeof value as string] ?? 'NoneType';
}

function reprItems(items: Iterable<Value>, open: Set<PyObject>): string {
  return concatenate(
    Array.from(items, (item) => reprWithin(item, open)),
    ', ',
  );
}

function reprContainer(value: PyList | PyTuple | PyDict, open: Set<PyObject>): string {
  const list = value instanceof PyList;
  if (open.has(value)) return list ? '[...]' : value instanceof PyDict ? '{...}' : '(...)';
  open.add(value);
  try {
    if (value instanceof PyDict) {
      const entries = Array.from(value.entries(), ([key, item]) => {
        return `${reprWithin(key, open)}: ${reprWithin(item, open)}`;
      });
      return `{${concatenate(entries, ', ')}}`;
    }
    const items = reprItems(value.items, open);
    if (list) return `[${items}]`;
    return value.items.length === 1 ? `(${items},)` : `(${items})`;
  } finally {
    open.delete(value);
  }
}

function reprBytes({ bytes }: PyBytes): string {
  const quote = bytes.includes(39) && !bytes.includes(34) ? '"' : "'";
  const body = bytes.map((byte) => {
    const character = String.fromCharCode(byte);
    if (character === quote) return `\\${quote}`;
    const known = escapes[character];
    return known ?? (byte >= 32 && byte < 127 ? character : `\\x${byte.toString(16).padStart(2, '0')}`);
  });
  return `b${quote}${body.join('')}${quote}`;
}

function reprComplex({ real, imaginary }: PyComplex): string {
  const part = (value: number) => reprFloat(value).replace(/\.0$/, '');
  if (real === 0 && !Object.is(real, -0)) return `${part(imaginary)}j`;
  const sign = Object.is(imaginary, -0) || imaginary < 0 ? '' : '+';
  return `(${part(real)}${sign}${part(imaginary)}j)`;
}

/** `str(value)`. @throws {TemplateError} UndefinedError */
export function str(value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Markup) return textOf(value);
  if (value instanceof Undefined) return value.strict ? failUndefined(value) : '';
  return repr(value);
}

/** The key of a failed look-up, as the message of KeyError shows it. */
export function keyError(key: Value): TemplateError {
  return new TemplateError('KeyError', repr(key));
}

import { TemplateError, typeError, valueError } from '../core/errors.ts';
import type { Bound } from './signature.ts';
import { characters, concatenate, textLength } from '../text/points.ts';
import { PyDict } from '../values/dictionary.ts';
import { integerOf, isInteger, isText, PyList, PyTuple, textOf, typeName, type Value } from '../values/model.ts';
import { textArgument } from './arguments.ts';

const point = (character: string): bigint => BigInt(character.codePointAt(0) ?? 0);

/** `str.maketrans(…)`. @throws {TemplateError} TypeError, ValueError */
export function makeTranslation([from, to, removed]: Bound): PyDict {
  if (to === undefined) return fromDict(from ?? null);
  const keys = characters(
    textArgument(from, () => 'first maketrans argument must be a string if there is a second argument'),
  );
  const values = characters(textArgument(to, (type) => `maketrans() argument 2 must be str, not ${type}`));
  if (keys.length !== values.length) {
    throw valueError('the first two maketrans arguments must have equal length');
  }
  const table = PyDict.of(keys.map((key, index) => [point(key), point(values[index] ?? '')] as const));
  if (removed !== undefined) {
    const text = textArgument(removed, (type) => `maketrans() argument 3 must be str, not ${type}`);
    for (const character of characters(text)) table.set(point(character), null);
  }
  return table;
}

function fromDict(value: Value): PyDict {
  if (!(value instanceof PyDict)) {
    throw typeError('if you give only one argument to maketrans it must be a dict');
  }
  return PyDict.of(
    Array.from(value.entries(), ([key, item]) => {
      if (isInteger(key)) return [integerOf(key), item] as const;
      if (!isText(key)) throw typeError('keys in translate table must be strings or integers');
      const text = textOf(key);
      if (textLength(text) !== 1) throw valueError('string keys in translate table must be of length 1');
      return [point(text), item] as const;
    }),
  );
}

/** `text.translate(table)`. @throws {TemplateError} TypeError, ValueError */
export function translate(text: string, table: Value): string {
  return concatenate(characters(text).map((character) => translated(character, table)));
}

function translated(character: string, table: Value): string {
  const value = entry(table, point(character));
  if (value === undefined) return character;
  if (value === null) return '';
  if (isText(value)) return textOf(value);
  if (!isInteger(value)) throw typeError('character mapping must return integer, None or str');
  const code = integerOf(value);
  if (code < 0n || code > 0x10ffffn) throw valueError('character mapping must be in range(0x110000)');
  return String.fromCodePoint(Number(code));
}

/** If a look-up fails, the character is unchanged. */
function entry(table: Value, key: bigint): Value | undefined {
  if (table instanceof PyDict) return table.get(key);
  if (table instanceof PyList || table instanceof PyTuple) return table.items[Number(key)];
  if (isText(table)) return characters(textOf(table))[Number(key)];
  if (typeof table === 'object' && table !== null && 'message' in table) {
    throw new TemplateError('UndefinedError', String(table.message));
  }
  throw typeError(`'${typeName(table)}' object is not subscriptable`);
}

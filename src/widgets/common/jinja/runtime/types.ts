import { typeError, valueError } from '../core/errors.ts';
import { decode } from '../text/encodings.ts';
import { PyDict } from '../values/dictionary.ts';
import { parseInteger, toFloatValue, toInteger } from '../values/integers.ts';
import {
  type Keywords,
  PyBytes,
  PyList,
  PyObject,
  PyRange,
  PyTuple,
  PyType,
  type Value,
  isText,
  typeName,
} from '../values/model.ts';
import { indexArgument, toArray, truth } from '../values/protocols.ts';
import { str } from '../values/repr.ts';
import { updateDict } from './collectionMethods.ts';
import { bind, signature, textArgument } from './signature.ts';

/** Adds what `dict(…)` and `dict.update(…)` take: at most one mapping or pairs, and keywords. */
export function updateFrom(dict: PyDict, name: string, args: readonly Value[], keywords: Keywords): null {
  if (args.length > 1) throw typeError(`${name} expected at most 1 argument, got ${args.length}`);
  const [source] = args;
  if (source !== undefined) updateDict(dict, source);
  for (const [key, value] of keywords) dict.set(key, value);
  return null;
}

/** `dict(…)`. */
export const dictType = new PyType('dict', 'builtins', (args, keywords) => {
  const dict = new PyDict();
  updateFrom(dict, 'dict', args, keywords);
  return dict;
});

function integer(value: Value): bigint {
  indexArgument(value);
  return typeof value === 'boolean' ? BigInt(value) : (value as bigint);
}

function makeRange(args: readonly Value[], keywords: Keywords): PyRange {
  if (keywords.size > 0) throw typeError('range() takes no keyword arguments');
  if (args.length === 0) throw typeError('range expected at least 1 argument, got 0');
  if (args.length > 3) throw typeError(`range expected at most 3 arguments, got ${args.length}`);
  const [first = 0n, second, third = 1n] = args.map(bigArgument);
  if (third === 0n) throw valueError('range() arg 3 must not be zero');
  return second === undefined ? new PyRange(0n, first, 1n) : new PyRange(first, second, third);
}

/** Unlike other counts, the bounds of a range have any size. */
function bigArgument(value: Value): bigint {
  return typeof value === 'bigint' ? value : integer(value);
}

/** `range(…)`. */
export const rangeType = new PyType('range', 'builtins', makeRange);

const intSignature = signature('int', 'x=, base=');
const textSignature = signature('str', 'object=, encoding=, errors=');

function makeInteger(args: readonly Value[], keywords: Keywords): Value {
  const [value, base] = bind(intSignature, args, keywords);
  if (value === undefined) return 0n;
  if (base === undefined) return toInteger(value);
  if (!isText(value) && !(value instanceof PyBytes))
    throw typeError("int() can't convert non-string with explicit base");
  return parseInteger(value, BigInt(indexArgument(base)));
}

function makeText(args: readonly Value[], keywords: Keywords): Value {
  const [value, encoding] = bind(textSignature, args, keywords);
  if (value === undefined) return '';
  if (encoding === undefined) return str(value);
  if (!(value instanceof PyBytes)) throw typeError('decoding str is not supported');
  return decode(
    value.bytes,
    textArgument(encoding, () => 'encoding must be str'),
    'strict',
  );
}

const one =
  (name: string, empty: () => Value, make: (value: Value) => Value) =>
  (args: readonly Value[], keywords: Keywords): Value => {
    const [value] = bind(signature(name, '/object='), args, keywords);
    return value === undefined ? empty() : make(value);
  };

const builtins: Readonly<Record<string, PyType>> = {
  str: new PyType('str', 'builtins', makeText),
  int: new PyType('int', 'builtins', makeInteger),
  float: new PyType(
    'float',
    'builtins',
    one('float', () => 0, toFloatValue),
  ),
  bool: new PyType(
    'bool',
    'builtins',
    one('bool', () => false, truth),
  ),
  list: new PyType(
    'list',
    'builtins',
    one(
      'list',
      () => new PyList([]),
      (value) => new PyList(toArray(value)),
    ),
  ),
  tuple: new PyType(
    'tuple',
    'builtins',
    one(
      'tuple',
      () => new PyTuple([]),
      (value) => new PyTuple(toArray(value)),
    ),
  ),
  dict: dictType,
  range: rangeType,
};

const others = new Map<string, PyType>();

/** `type(value)`: the same object for each type. */
export function typeOf(value: Value): PyType {
  const name = typeName(value);
  const known = builtins[name];
  if (known !== undefined) return known;
  const qualified = value instanceof PyObject ? value.qualifiedName : name;
  const type = others.get(qualified) ?? makeType(qualified);
  others.set(qualified, type);
  return type;
}

function makeType(qualified: string): PyType {
  const dot = qualified.lastIndexOf('.');
  return dot === -1 ? new PyType(qualified, 'builtins') : new PyType(qualified.slice(dot + 1), qualified.slice(0, dot));
}

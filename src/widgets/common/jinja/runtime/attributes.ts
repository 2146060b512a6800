import { UnsupportedError } from '../core/errors.ts';
import { bytesMethods } from './bytesMethods.ts';
import {
  dictFromKeys,
  dictMethods,
  listMethods,
  rangeMethods,
  setMethods,
  tupleMethods,
  viewMethods,
} from './collectionsMethods.ts';
import { markupMethods } from './markupMethods.ts';
import { boundMethod, findMethod, method, type Methods } from './method.ts';
import { floatMethods, fromBytes, fromHex, integerMethods, numberAttribute } from './numbersMethods.ts';
import { textMethods } from './textMethods.ts';
import { makeTranslation } from './translate.ts';
import { DictView, PyDict, PySet } from '../values/dictionary.ts';
import {
  integerOf,
  isCustom,
  isInteger,
  Markup,
  PyBytes,
  PyComplex,
  PyFunction,
  PyList,
  type PyObject,
  PyRange,
  PyTuple,
  PyType,
  Undefined,
  typeName,
  type Value,
} from '../values/model.ts';
import { failUndefined } from '../values/protocols.ts';
import { formatMethod } from './format.ts';
import { specialAttribute } from './special.ts';
import { typeOf, updateFrom } from './types.ts';

const strMethods: Methods<string> = {
  ...textMethods,
  maketrans: method('str.maketrans', 'x, y=, z=', (_, args) => makeTranslation(args)),
};
const intMethods: Methods<bigint> = {
  ...integerMethods,
  from_bytes: method('int.from_bytes', '*bytes, byteorder=, signed=', (_, args) => fromBytes(args)),
};
const realMethods: Methods<number> = {
  ...floatMethods,
  fromhex: method('float.fromhex', 'string', (_, [text]) => fromHex(text ?? null)),
};
const mappingMethods: Methods<PyDict> = {
  ...dictMethods,
  fromkeys: method('dict.fromkeys', 'iterable, value=', (_, args) => dictFromKeys(args)),
};

function find<T extends Value>(self: T, table: Methods<T>, name: string, python = false): PyFunction | undefined {
  const found = findMethod(table, name);
  return found === undefined ? undefined : boundMethod(self, found, python);
}

/** `getattr(value, name)`, `undefined` where Python raises AttributeError. @throws {TemplateError} UndefinedError */
export function attribute(value: Value, name: string): Value | undefined {
  const found = ownAttribute(value, name);
  if (found !== undefined || !(name.startsWith('__') && name.endsWith('__'))) return found;
  if (value instanceof Undefined) return name === '__class__' ? typeOf(value) : undefined;
  return specialAttribute(value, name, typeOf);
}

function ownAttribute(value: Value, name: string): Value | undefined {
  if (typeof value === 'string') return find(value, strMethods, name) ?? formatting(value, name);
  if (isInteger(value)) return integerAttribute(integerOf(value), name);
  if (typeof value === 'number') return numberAttribute(value, name) ?? find(value, realMethods, name);
  if (value === null) return undefined;
  return objectAttribute(value, name);
}

function integerAttribute(value: bigint, name: string): Value | undefined {
  return numberAttribute(value, name) ?? find(value, intMethods, name);
}

function objectAttribute(value: PyObject, name: string): Value | undefined {
  if (value instanceof PyDict) return name === 'update' ? updateMethod(value) : find(value, mappingMethods, name);
  if (isCustom(value)) return value.attribute(name);
  if (value instanceof Undefined) {
    return name.startsWith('__') && name.endsWith('__') ? undefined : failUndefined(value);
  }
  if (value instanceof PyList) return find(value, listMethods, name);
  if (value instanceof PyTuple) return tupleAttribute(value, name);
  if (value instanceof Markup) return markupAttribute(value, name);
  if (value instanceof PyRange) return rangeAttribute(value, name) ?? find(value, rangeMethods, name);
  if (value instanceof DictView) return value.kind === 'values' ? undefined : find(value, viewMethods, name);
  if (value instanceof PySet) return find(value, setMethods, name);
  if (value instanceof PyBytes) return find(value, bytesMethods, name);
  if (value instanceof PyComplex) return numberAttribute(value, name);
  if (value instanceof PyType) return typeAttribute(value, name);
  return value instanceof PyFunction && name === '__name__' ? value.name : undefined;
}

function formatting(value: string | Markup, name: string): PyFunction | undefined {
  return name === 'format' || name === 'format_map' ? formatMethod(value, name, attribute) : undefined;
}

function markupAttribute(value: Markup, name: string): PyFunction | undefined {
  const own = find(value, markupMethods, name, true) ?? formatting(value, name);
  if (own !== undefined) return own;
  const plain = findMethod(strMethods, name);
  if (plain === undefined) return undefined;
  return boundMethod<Markup>(value, { ...plain, run: (self, args) => plain.run(self.text, args) });
}

function tupleAttribute(tuple: PyTuple, name: string): Value | undefined {
  const index = tuple.fields?.indexOf(name) ?? -1;
  return index === -1 ? find(tuple, tupleMethods, name) : tuple.items[index];
}

function rangeAttribute(range: PyRange, name: string): Value | undefined {
  return name === 'start' || name === 'stop' || name === 'step' ? range[name] : undefined;
}

/** `update` takes a mapping or pairs, and any keyword arguments. */
function updateMethod(dict: PyDict): PyFunction {
  return new PyFunction('update', (args, keywords) => updateFrom(dict, 'update', args, keywords), undefined, dict);
}

const byType: Readonly<Record<string, Value>> = {
  str: '',
  int: 0n,
  float: 0,
  dict: new PyDict(),
  list: new PyList([]),
  tuple: new PyTuple([]),
};

/** A method of a type itself: `dict.fromkeys`, or `str.upper` with the object as first argument. */
function typeAttribute(type: PyType, name: string): Value | undefined {
  if (name === '__name__' || name === '__qualname__') return type.name;
  if (name === '__module__') return type.module;
  const sample = Object.hasOwn(byType, type.name) ? byType[type.name] : undefined;
  const bound = sample === undefined ? undefined : ownAttribute(sample, name);
  if (!(bound instanceof PyFunction)) return undefined;
  if (['fromkeys', 'maketrans', 'from_bytes', 'fromhex'].includes(name)) return bound;
  return new PyFunction(
    name,
    ([self = null, ...args], keywords) => {
      if (typeName(self) !== type.name) throw new UnsupportedError(`${type.name}.${name} of another type`);
      const own = ownAttribute(self, name);
      return own instanceof PyFunction ? own.invoke(args, keywords) : null;
    },
    'method_descriptor',
  );
}

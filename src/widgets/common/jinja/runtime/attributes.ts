import { UnsupportedError, isKind } from '../core/errors.ts';
import { type ArithmeticOperator, arithmetic } from '../values/arithmetic.ts';
import { type OrderOperator, contains, equals, ordered } from '../values/compare.ts';
import {
  Markup,
  PyBytes,
  PyComplex,
  PyFunction,
  PyIterator,
  PyList,
  PyObject,
  PyRange,
  PyTuple,
  PyType,
  Undefined,
  type Value,
  integerOf,
  isCustom,
  isInteger,
  isText,
  textOf,
  typeName,
} from '../values/model.ts';
import { failUndefined, iterate, length, lengthOrNone, truth } from '../values/protocols.ts';
import { repr, str } from '../values/repr.ts';
import { DictView, PyDict, PySet } from '../values/dictionary.ts';
import { item } from './items.ts';
import { type Methods, bind, boundMethod, findMethod, method, signature } from './signature.ts';
import { bytesMethods, makeTranslation, textMethods } from './textMethods.ts';
import {
  dictFromKeys,
  dictMethods,
  listMethods,
  rangeMethods,
  setMethods,
  tupleMethods,
  viewMethods,
} from './collectionMethods.ts';
import { markupMethods } from './markupMethods.ts';
import { floatMethods, fromBytes, fromHex, integerMethods, numberAttribute } from './numberMethods.ts';
import { formatMethod } from './formatMethods.ts';
import { Namespace } from './globals.ts';
import { typeOf, updateFrom } from './types.ts';

const operators: Readonly<Record<string, ArithmeticOperator>> = {
  __add__: '+',
  __sub__: '-',
  __mul__: '*',
  __truediv__: '/',
  __floordiv__: '//',
  __mod__: '%',
  __pow__: '**',
};

const orders: Readonly<Record<string, OrderOperator>> = { __lt__: '<', __le__: '<=', __gt__: '>', __ge__: '>=' };

/** Names with two underscores that objects have and this engine does not evaluate. */
const known = new RegExp(
  '^__(' +
    'abs|abstractmethods|add|aiter|and|annotations|base|bases|basicsize|bool|builtins|bytes|call|ceil|class|' +
    'class_getitem|closure|code|complex|contains|defaults|del|delattr|delitem|dict|dictoffset|dir|div|divmod|doc|eq|' +
    'flags|float|floor|floordiv|format|ge|get|getattr|getattribute|getformat|getitem|getnewargs|getstate|globals|gt|' +
    'hash|html|html_format|iadd|iand|import|imul|index|init|init_subclass|instancecheck|int|invert|ior|isub|' +
    'itemsize|iter|ixor|kwdefaults|le|len|length_hint|lshift|lt|mod|module|mro|mul|name|ne|neg|new|next|objclass|or|' +
    'pos|pow|prepare|qualname|radd|rand|rdiv|rdivmod|reduce|reduce_ex|repr|reversed|rfloordiv|rlshift|rmod|rmul|ror|' +
    'round|rpow|rrshift|rshift|rsub|rtruediv|rxor|self|setattr|setitem|setstate|sizeof|slots|str|sub|subclasscheck|' +
    'subclasses|subclasshook|text_signature|truediv|trunc|weakref|weakrefoffset|xor)__$',
);

function function_(name: string, self: Value, parameters: string, run: (args: readonly Value[]) => Value): PyFunction {
  const of = signature(name, `/${parameters}`);
  return new PyFunction(
    name,
    (args, keywords) => {
      bind(of, args, keywords);
      return run(args);
    },
    'method-wrapper',
    self,
  );
}

/**
 * Attributes such as `__class__` and `__len__`, which every template can reach.
 * @throws {UnsupportedError} for those that objects have and this engine does not evaluate
 */
function specialAttribute(value: Value, name: string, typeOf: (value: Value) => PyType): Value | undefined {
  const custom = isCustom(value) || value instanceof PyType;
  switch (name) {
    case '__class__':
      return value instanceof PyType ? new PyType('type', 'builtins') : typeOf(value);
    case '__str__':
      return function_(name, value, '', () => str(value));
    case '__repr__':
      return function_(name, value, '', () => repr(value));
    case '__len__':
      if (custom) return unsupported(name);
      return lengthOrNone(value) === undefined ? undefined : function_(name, value, '', () => BigInt(length(value)));
    case '__bool__':
      return typeof value === 'string' ? undefined : function_(name, value, '', () => truth(value));
    case '__eq__':
      return function_(name, value, 'value', ([other = null]) => equals(value, other));
    case '__contains__':
    case '__getitem__':
    case '__iter__':
      if (custom) return unsupported(name);
      return lengthOrNone(value) === undefined ? undefined : containerMethod(value, name);
    default:
      return operatorMethod(value, name);
  }
}

function containerMethod(value: Value, name: string): PyFunction {
  if (name === '__iter__') return function_(name, value, '', () => new PyIterator(iterate(value), 'iterator'));
  return function_(name, value, 'key', ([key = null]) =>
    name === '__contains__' ? contains(value, key) : item(value, key),
  );
}

function operatorMethod(value: Value, name: string): Value | undefined {
  const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
  const order = Object.hasOwn(orders, name) ? orders[name] : undefined;
  if (isCustom(value)) return unsupported(name);
  if (operator !== undefined && name !== '__mod__') {
    return function_(name, value, 'value', ([other = null]) => arithmetic(operator, value, other));
  }
  if (order !== undefined) return function_(name, value, 'value', ([other = null]) => ordered(value, other, order));
  return unsupported(name);
}

function unsupported(name: string): undefined {
  if (known.test(name)) throw new UnsupportedError(`the attribute ${name}`);
  return undefined;
}

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
  if (value instanceof Undefined) return name === '__class__' ? typeOf(value) : unsupported(name);
  // Only what was set is an attribute of a namespace.
  if (value instanceof Namespace) return name === '__class__' ? typeOf(value) : undefined;
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

function objectName(value: Value): string {
  if (value === null) return 'None';
  return `${value instanceof PyObject ? value.qualifiedName : typeName(value)} object`;
}

/** What a look-up that finds nothing gives. */
export function missing(value: Value, name: Value): Undefined {
  const type = objectName(value);
  return new Undefined(
    isText(name) ? `'${type}' has no attribute ${repr(name)}` : `${type} has no element ${repr(name)}`,
  );
}

/** `value[key]`, `undefined` where Python reports that there is none. */
function itemOrNone(value: Value, key: Value): Value | undefined {
  try {
    return item(value, key);
  } catch (error) {
    if (isKind(error, 'TypeError', 'KeyError', 'IndexError', 'LookupError', 'AttributeError')) return undefined;
    throw error;
  }
}

/** `value.name` in a template: attributes take precedence over items. */
export function getAttribute(value: Value, name: string): Value {
  const own = attribute(value, name);
  if (own !== undefined) return own;
  const found = itemOrNone(value, name);
  return found === undefined ? missing(value, name) : found;
}

/** `value[key]` in a template: items take precedence over attributes. */
export function getItem(value: Value, key: Value): Value {
  const found = itemOrNone(value, key);
  if (found !== undefined) return found;
  const own = isText(key) ? attribute(value, textOf(key)) : undefined;
  return own === undefined ? missing(value, key) : own;
}

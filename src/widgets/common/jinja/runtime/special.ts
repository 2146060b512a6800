import { UnsupportedError } from '../core/errors.ts';
import { arithmetic, type ArithmeticOperator } from '../values/arithmetic.ts';
import { contains, equals, ordered, type OrderOperator } from '../values/compare.ts';
import { isCustom, PyFunction, PyIterator, PyType, type Value } from '../values/model.ts';
import { iterate, length, lengthOrNone, truth } from '../values/protocols.ts';
import { repr, str } from '../values/repr.ts';
import { item } from './items.ts';
import { bind, signature } from './signature.ts';

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
const known =
  /^__(abs|bool|bytes|call|ceil|class_getitem|delattr|delitem|dict|dir|divmod|doc|float|floor|format|getattribute|getnewargs|hash|iadd|imul|index|init|init_subclass|int|invert|ior|length_hint|module|name|ne|neg|new|next|or|pos|qualname|radd|rdivmod|reduce|reduce_ex|reversed|rmod|rmul|round|ror|rpow|rsub|rtruediv|rfloordiv|self|setattr|setitem|sizeof|slots|subclasshook|text_signature|trunc|weakref|mro|base|bases|subclasses|globals|builtins|import)__$/;

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
export function specialAttribute(value: Value, name: string, typeOf: (value: Value) => PyType): Value | undefined {
  const custom = isCustom(value);
  switch (name) {
    case '__class__':
      return value instanceof PyType ? new PyType('type', 'builtins') : typeOf(value);
    case '__str__':
      return function_(name, value, '', () => str(value));
    case '__repr__':
      return function_(name, value, '', () => repr(value));
    case '__len__':
      return custom || lengthOrNone(value) === undefined
        ? undefined
        : function_(name, value, '', () => BigInt(length(value)));
    case '__bool__':
      return typeof value === 'string' ? undefined : function_(name, value, '', () => truth(value));
    case '__eq__':
      return function_(name, value, 'value', ([other = null]) => equals(value, other));
    case '__contains__':
    case '__getitem__':
    case '__iter__':
      return custom || lengthOrNone(value) === undefined ? undefined : containerMethod(value, name);
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

import { Environment } from '@huggingface/jinja';
import type { Json } from '../../../base/common/json.ts';

/** A value of the engine. */
export type RuntimeValue = ReturnType<Environment['lookupVariable']>;

/** Converts a JavaScript value to a value of the engine. */
export function toRuntime(value: unknown): RuntimeValue {
  return new Environment().set('value', value);
}

/** Converts a value of the engine to JSON; undefined for values that JSON cannot represent (functions, undefined values). */
export function toJson(value: RuntimeValue): Json | undefined {
  switch (value.type) {
    case 'NullValue':
      return null;
    case 'StringValue':
    case 'BooleanValue':
    case 'IntegerValue':
    case 'FloatValue':
      return value.value as Json;
    case 'ArrayValue':
    case 'TupleValue':
      return listOf(value).map((entry) => toJson(entry) ?? null);
    case 'ObjectValue':
    case 'NamespaceValue':
    case 'KeywordArgumentsValue':
      return Object.fromEntries([...mapOf(value)].map(([key, entry]) => [key, toJson(entry) ?? null]));
    default:
      return undefined;
  }
}

export function isUndefined(value: RuntimeValue): boolean {
  return value.type === 'UndefinedValue';
}

/** Returns the number of characters, entries or pairs; 0 for single values. */
export function sizeOf(value: RuntimeValue): number {
  const inner: unknown = value.value;
  if (typeof inner === 'string' || Array.isArray(inner)) return inner.length;
  return inner instanceof Map ? inner.size : 0;
}

export function listOf(value: RuntimeValue): readonly RuntimeValue[] {
  return Array.isArray(value.value) ? (value.value as readonly RuntimeValue[]) : [];
}

function mapOf(value: RuntimeValue): ReadonlyMap<string, RuntimeValue> {
  return value.value instanceof Map ? (value.value as ReadonlyMap<string, RuntimeValue>) : new Map();
}

/** `==` of Python: by value; values of different types differ, except numbers and booleans. */
export function pythonEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (typeof left === 'boolean' && typeof right === 'number') return Number(left) === right;
  if (typeof left === 'number' && typeof right === 'boolean') return left === Number(right);
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return left === right;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(right, key) &&
      pythonEqual((left as Record<string, Json>)[key], (right as Record<string, Json>)[key]),
  );
}

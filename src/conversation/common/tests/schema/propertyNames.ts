import type * as z from 'zod';
import { type JsonPath, isRecord } from '../../../../base/common/json.ts';

type Schema = z.core.$ZodType;

/** The names of the properties that an object at a path of a value may have; empty where the schema has none. */
export function propertyNames(schema: Schema, value: unknown, path: JsonPath): readonly string[] {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  const [key, ...rest] = path;
  const inner =
    isRecord(value) || Array.isArray(value) ? (value as Readonly<Record<string, unknown>>)[String(key)] : null;
  switch (def.type) {
    case 'optional':
      return propertyNames(def.innerType, value, path);
    case 'object': {
      if (key === undefined) return Object.keys(def.shape);
      const field = def.shape[String(key)];
      return field === undefined ? [] : propertyNames(field, inner, rest);
    }
    case 'array':
      return key === undefined ? [] : propertyNames(def.element, inner, rest);
    case 'record':
      return key === undefined ? [] : propertyNames(def.valueType, inner, rest);
    case 'union': {
      const fitting = def.options.filter((option) => fits(option, value));
      return [...new Set(fitting.flatMap((option) => propertyNames(option, value, path)))];
    }
    default:
      return [];
  }
}

/** Whether an alternative is the one of a value: an object has all properties that it needs, with their exact values. */
function fits(schema: Schema, value: unknown): boolean {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type !== 'object') return (def.type === 'array') === Array.isArray(value);
  if (!isRecord(value)) return false;
  return Object.entries(def.shape).every(([name, field]) => {
    const inner = (field as z.core.$ZodTypes)._zod.def;
    if (inner.type === 'optional') return true;
    return name in value && (inner.type !== 'literal' || inner.values.includes(value[name] as string));
  });
}

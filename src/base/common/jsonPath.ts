import { isJsonObject, type Json, type JsonObject } from './json.ts';

export type JsonPath = readonly (string | number)[];

/** `workflow.state_variables["my key"]`; the body as a whole is `body`. */
export function pathText(path: JsonPath): string {
  if (path.length === 0) return 'body';
  return path.reduce<string>((text, key) => {
    if (typeof key === 'number') return `${text}[${key}]`;
    if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text === '' ? key : `${text}.${key}`;
  }, '');
}

/** The value at a path, or undefined where there is none. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? Reflect.get(inner, key) : undefined,
    value,
  );
}

/** A copy with every text (not the names of fields) replaced. Own fields only, `__proto__` is a name like any other. */
export function mapTexts(value: Json, change: (text: string, path: JsonPath) => Json, path: JsonPath = []): Json {
  if (typeof value === 'string') return change(value, path);
  if (Array.isArray(value)) return (value as readonly Json[]).map((inner, i) => mapTexts(inner, change, [...path, i]));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, inner]) => [key, mapTexts(inner, change, [...path, key])]),
  );
}

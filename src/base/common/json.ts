import * as l10n from '@vscode/l10n';

/** Any JSON value, exactly as it was received. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * A value that is sent as JSON text (REST `widget`, `arguments`, `output`) or as a JSON value (self-hosted servers).
 * `text` was sent, `value` is the parsed value, and `form` describes how they are related.
 */
export type JsonValue =
  | { readonly form: 'absent' }
  | { readonly form: 'value'; readonly value: Json }
  | { readonly form: 'text'; readonly value: Json; readonly text: string }
  | { readonly form: 'doubleEncoded'; readonly value: Json; readonly text: string }
  | { readonly form: 'invalid'; readonly text: string; readonly error: string };

/** Returns whether a JSON value is an object, and not an array or null. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Too large for a webview means: `clipped`, with its full size in characters. */
export interface JsonText {
  readonly text: string;
  readonly clipped: boolean;
  readonly length: number;
}

/** Whether a value is a JSON object (not null, not a list). */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns whether two JSON values are equal; the order of keys does not matter. */
export function sameJson(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) && a.length === b.length && a.every((element, i) => sameJson(element as Json, b[i] as Json))
    );
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && sameJson(a[key] as Json, b[key] as Json));
}

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

/** How texts name a type of JSON values that a schema expects, by the name that zod has for it. */
export function typeWord(type: string): string {
  switch (type) {
    case 'string':
      return l10n.t('text');
    case 'int':
      return l10n.t('a whole number');
    case 'number':
      return l10n.t('a number');
    case 'boolean':
      return l10n.t('true or false');
    case 'object':
    case 'record':
      return l10n.t('an object');
    case 'array':
      return l10n.t('an array');
    default:
      return type;
  }
}

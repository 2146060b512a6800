import { parseExact, withNumbersOf } from './exactNumbers.ts';
import type { Json, JsonValue } from './json.ts';

/**
 * Maximum nesting depth that is read. `JSON.parse` has no limit, but the call stack has one: a deeper value would cause
 * a `RangeError` when it is traversed, printed or posted to a webview.
 */
export const maxJsonDepth = 500;

/** Replaces each array and object that is nested deeper than `maxJsonDepth` levels. */
export const cutMark = `… (cut: nested more than ${maxJsonDepth} levels)`;

/**
 * Parses untrusted JSON text to a value that is safe to traverse: exact up to `maxJsonDepth` levels, with `cutMark`
 * below. Throws `SyntaxError` when the text is not JSON.
 */
export function parseJson(text: string): Json {
  return cutDeep(parseExact(text));
}

/** `parseJson`, or undefined where the text is not JSON. */
export function parsedOrUndefined(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** Returns the value itself, or a copy in which `cutMark` replaces parts that are nested too deeply. */
export function cutDeep(value: Json): Json {
  return fits(value, maxJsonDepth) ? value : cut(value, maxJsonDepth);
}

/** Returns whether a value has at most `maxJsonDepth` levels. */
export function isShallow(value: Json): boolean {
  return fits(value, maxJsonDepth);
}

function fits(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  const inner = Array.isArray(value) ? (value as readonly Json[]) : Object.values(value);
  for (const one of inner) if (typeof one === 'object' && !fits(one as Json, levels - 1)) return false;
  return true;
}

function cut(value: Json, levels: number): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return cutMark;
  const copy: Json = Array.isArray(value)
    ? value.map((inner: Json) => cut(inner, levels - 1))
    : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cut(inner as Json, levels - 1)]));
  return withNumbersOf(value, copy);
}

/**
 * Reads a value that should be JSON text (chatkit-api 4.3). Never throws: text that is not JSON becomes `invalid`.
 * Double-encoded objects and arrays are parsed twice.
 */
export function parseJsonText(input: unknown): JsonValue {
  if (input === null || input === undefined) return { form: 'absent' };
  if (typeof input !== 'string') return { form: 'value', value: input as Json };
  const first = tryParse(input);
  if (!first.ok) return { form: 'invalid', text: input, error: first.error };
  if (typeof first.value === 'string') {
    const second = tryParse(first.value);
    if (second.ok && typeof second.value === 'object' && second.value !== null) {
      return { form: 'doubleEncoded', value: second.value, text: input };
    }
  }
  return { form: 'text', value: first.value, text: input };
}

function tryParse(text: string): { ok: true; value: Json } | { ok: false; error: string } {
  try {
    return { ok: true, value: parseJson(text) };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

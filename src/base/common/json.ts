import { parseJson } from './parseJson.ts';

/** Any JSON value, exactly as it was received. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/**
 * A value that travels as JSON text (REST `widget`, `arguments`, `output`) or as a real value (self-hosted servers).
 * `text` was sent, `value` is the parsed value, and `form` describes how they are related.
 */
export type JsonValue =
  | { readonly form: 'absent' }
  | { readonly form: 'value'; readonly value: Json }
  | { readonly form: 'text'; readonly value: Json; readonly text: string }
  | { readonly form: 'doubleEncoded'; readonly value: Json; readonly text: string }
  | { readonly form: 'invalid'; readonly text: string; readonly error: string };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
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

/** Too large for a page means: `clipped`, with its full size in characters. */
export interface JsonText {
  readonly text: string;
  readonly clipped: boolean;
  readonly length: number;
}

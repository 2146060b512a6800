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

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Too large for a page means: `clipped`, with its full size in characters. */
export interface JsonText {
  readonly text: string;
  readonly clipped: boolean;
  readonly length: number;
}

import type { Json, JsonObject, JsonValue } from './json.ts';

// JavaScript reads `12345678901234567890` as 12345678901234567000, `1.0` as 1 and `1e400` as Infinity, which is printed
// as null. The text of each such number is remembered with the array or object that contains it.

type Holder = Readonly<Record<string, unknown>> | readonly unknown[];

const texts = new WeakMap<object, Map<string, string>>();
let hasTexts = false;

/** Newer than the type library. Absent in Node.js 20, where numbers are printed as JavaScript does. */
const { rawJSON } = JSON as { rawJSON?: (text: string) => unknown };

/**
 * Matches wherever a number may not be printed as it was sent; a match inside a string costs only time. Linear. The
 * alternatives start with one character each, which halves the time: it is spent on every response.
 */
const mayChange =
  /(?:^|[[:, \n\r\t])(?:\d(?:[\d.]{15}|[\d.]*[eE]|\d*\.\d*0(?!\d)|(?<=0)\.0{5})|-(?:[\d.]{16}|\d[\d.]*[eE]|\d+\.\d*0(?!\d)|0\.0{5}|0(?![\d.])))/;

/** Parses JSON; `exactJson` prints its numbers with all digits. Linear. Throws `SyntaxError` when the text is not JSON. */
export function parseExact(text: string): Json {
  if (rawJSON === undefined || !mayChange.test(text)) return JSON.parse(text) as Json;
  try {
    return JSON.parse(text, remember) as Json;
  } catch (error) {
    // Nested more deeply than the stack allows: the value is cut, and its numbers are those of JavaScript.
    if (error instanceof RangeError) return JSON.parse(text) as Json;
    throw error;
  }
}

function remember(this: object, key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined || JSON.stringify(value) === source) return value;
  let ofHolder = texts.get(this);
  if (ofHolder === undefined) texts.set(this, (ofHolder = new Map()));
  ofHolder.set(key, source);
  hasTexts = true;
  return value;
}

/**
 * Makes a changed copy of an array or object print the numbers of the original. `rename`: returns the key in the copy.
 */
export function withNumbersOf<T extends object>(original: object, copy: T, rename?: (key: string) => string): T {
  const known = hasTexts ? texts.get(original) : undefined;
  if (known === undefined) return copy;
  texts.set(copy, rename === undefined ? known : new Map([...known].map(([key, text]) => [rename(key), text])));
  return copy;
}

/** A copy of an object with other fields, which prints the numbers of the original. */
export function withFields<T extends object, F extends object>(original: T, fields: F): T & F {
  return withNumbersOf(original, { ...original, ...fields });
}

/** The text of a number as it was sent, where JavaScript prints another; null elsewhere. */
export function numberText(holder: Holder, key: string): string | null {
  const value = (holder as Readonly<Record<string, unknown>>)[key];
  if (!hasTexts || typeof value !== 'number') return null;
  const text = texts.get(holder)?.get(key);
  return text !== undefined && Object.is(Number(text), value) ? text : null;
}

/** Maximum number of digits of an integer that is read exactly: reading takes quadratic time. */
const maxDigits = 100;

/**
 * Returns the integer that a text contains: a bigint, which `exactJson` prints, where a number has other digits. Null for
 * every other text.
 */
export function exactInteger(text: string): number | bigint | null {
  if (text.length > maxDigits || !/^-?\d+$/.test(text)) return null;
  const value = Number(text);
  // Without `rawJSON`, a bigint cannot be printed.
  if (Number.isSafeInteger(value) || rawJSON === undefined) return value;
  hasTexts = true;
  return BigInt(text);
}

/** The value of a field; a bigint for an integer whose digits a number does not have. */
export function exactField(holder: Holder, key: string): unknown {
  const text = numberText(holder, key);
  return (text === null ? null : exactInteger(text)) ?? (holder as Readonly<Record<string, unknown>>)[key];
}

/** Prints JSON like `JSON.stringify`, with all digits of bigints and of the numbers that `parseExact` read. */
export function exactJson(value: Json | object | bigint, indent?: number): string {
  return hasTexts ? JSON.stringify(value, printed, indent) : JSON.stringify(value, null, indent);
}

function printed(this: Holder, key: string, value: unknown): unknown {
  const text = typeof value === 'bigint' ? String(value) : typeof value === 'number' ? numberText(this, key) : null;
  return text === null || rawJSON === undefined ? value : rawJSON(text);
}

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
  const value = parseExact(text);
  // A level takes two characters, so a short text cannot have too many.
  return text.length <= 2 * maxJsonDepth ? value : cutDeep(value);
}

/** `parseJson`, or undefined where the text is not JSON. */
export function parsedOrUndefined(text: string): Json | undefined {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}

/** The object or list that a text is the JSON of; undefined for everything else. */
export function jsonInText(value: unknown): Json | undefined {
  return typeof value === 'string' && /^\s*[{[]/.test(value) ? parsedOrUndefined(value) : undefined;
}

/** Returns the value itself, or a copy in which `cutMark` replaces parts that are nested too deeply. */
export function cutDeep(value: Json): Json {
  return isWithinDepth(value, maxJsonDepth) ? value : cut(value, maxJsonDepth);
}

/** Returns whether a value has at most `maxJsonDepth` levels. */
export function isShallow(value: Json): boolean {
  return isWithinDepth(value, maxJsonDepth);
}

function isWithinDepth(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  if (Array.isArray(value)) {
    for (const one of value as readonly Json[])
      if (typeof one === 'object' && !isWithinDepth(one, levels - 1)) return false;
    return true;
  }
  // Every response is checked: a list of the values of each object would cost as much as the rest.
  const fields = value as JsonObject;
  for (const key in fields) {
    const one = fields[key] as Json;
    if (typeof one === 'object' && !isWithinDepth(one, levels - 1)) return false;
  }
  return true;
}

/** A copy that can be changed, and that prints numbers like the original. At most `maxJsonDepth` levels. */
export function copyJson<T extends Json>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  const copy: Json = Array.isArray(value)
    ? value.map((inner: Json) => copyJson(inner))
    : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyJson(inner as Json)]));
  return withNumbersOf(value, copy as T & object);
}

function cut(value: Json, levels: number): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return cutMark;
  const copy: Json = Array.isArray(value)
    ? value.map((inner: Json) => cut(inner, levels - 1))
    : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cut(inner as Json, levels - 1)]));
  return withNumbersOf(value, copy);
}

/** Longer texts are not remembered, in characters. */
const maxRemembered = 100_000;
/** The text that was read last: the check of an item and its reader read the same text. */
let last: { readonly text: string; readonly parsed: Json } | null = null;

function parseOnce(text: string): Json {
  if (last?.text === text) return last.parsed;
  const parsed = parseJson(text);
  last = text.length <= maxRemembered ? { text, parsed } : null;
  return parsed;
}

/** Parses the text of its object, because the values of all loaded items take several times the memory of their texts. */
const parsedLater = {
  enumerable: true,
  configurable: true,
  get(this: { readonly text: string }): Json {
    return parseOnce(this.text);
  },
} as const;

/**
 * Reads a value that should be JSON text (chatkit-api 4.3). Never throws: text that is not JSON becomes `invalid`.
 * Double-encoded objects and arrays are parsed twice. `value` is an equal object each time, not always the same.
 */
export function parseJsonText(input: unknown): JsonValue {
  if (input === null || input === undefined) return { form: 'absent' };
  if (typeof input !== 'string') return { form: 'value', value: input as Json };
  const first = tryParse(input);
  if (!first.ok) return { form: 'invalid', text: input, error: first.error };
  if (typeof first.value === 'object' && first.value !== null) {
    return Object.defineProperty({ form: 'text', text: input }, 'value', parsedLater) as JsonValue;
  }
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
    return { ok: true, value: parseOnce(text) };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

import type { Json } from './json.ts';

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

/** Makes a changed copy of an array or object print the numbers of the original. */
export function withNumbersOf<T extends object>(original: object, copy: T): T {
  const known = texts.get(original);
  if (known !== undefined) texts.set(copy, known);
  return copy;
}

/** The text of a number as it was sent, where JavaScript prints another; null elsewhere. */
export function numberText(holder: Holder, key: string): string | null {
  const value = (holder as Readonly<Record<string, unknown>>)[key];
  if (!hasTexts || typeof value !== 'number') return null;
  const text = texts.get(holder)?.get(key);
  return text !== undefined && Object.is(Number(text), value) ? text : null;
}

/** Prints JSON like `JSON.stringify`, with all digits of the numbers that `parseExact` read. */
export function exactJson(value: Json | object, indent?: number): string {
  return hasTexts ? JSON.stringify(value, printed, indent) : JSON.stringify(value, null, indent);
}

function printed(this: Holder, key: string, value: unknown): unknown {
  const text = typeof value === 'number' ? numberText(this, key) : null;
  return text === null || rawJSON === undefined ? value : rawJSON(text);
}

import { clipped } from '../../../base/common/shortened.ts';
import { isRecord } from '../isRecord.ts';

/** An error of any shape, reduced to what can be shown. */
export interface ErrorValue {
  /** The server's sentence as one line of at most 500 characters; null where there is none. */
  readonly message: string | null;
  /** A code, kind or numeric status as text; null where there is none. */
  readonly code: string | null;
}

const maxMessageLength = 500;
const maxDepth = 5;
const maxParts = 5;

const messageKeys = [
  'message',
  'msg',
  'error_description',
  'errorMessage',
  'error_message',
  'Message',
  'description',
  'reason',
  'text',
];
const nestedKeys = ['message', 'error', 'errors', 'detail', 'details', 'response', 'data', 'exception', 'cause'];
const codeKeys = ['code', 'error_code', 'errorCode', 'Code'];

/**
 * Returns the message and code of an error value of any shape: text, JSON in text, `{ error: { message } }`, FastAPI's
 * `detail` (a text, an object, or a list of `{ loc, msg }`), `{ message }`, lists of errors, and problem details (RFC
 * 9457). Null where nothing can be shown. Never throws.
 */
export function readErrorValue(value: unknown): ErrorValue | null {
  const found = read(value, 0);
  return found === null || (found.message === null && found.code === null) ? null : found;
}

function read(value: unknown, depth: number): ErrorValue | null {
  if (depth > maxDepth) return null;
  if (typeof value === 'string') return readText(value, depth);
  if (typeof value === 'number') return { message: null, code: String(value) };
  if (Array.isArray(value)) return readList(value, depth);
  return isRecord(value) ? readObject(value, depth) : null;
}

function readText(text: string, depth: number): ErrorValue | null {
  if (/^\s*[{[]/.test(text)) {
    try {
      const inner = read(JSON.parse(text), depth + 1);
      if (inner !== null) return inner;
    } catch {
      // Not JSON: the text itself is the message.
    }
  }
  const message = oneLine(text);
  return message === '' ? null : { message, code: null };
}

function readList(list: readonly unknown[], depth: number): ErrorValue | null {
  const parts = list.slice(0, maxParts).flatMap((element) => {
    const found = read(element, depth + 1);
    return found?.message == null ? [] : [`${placeOf(element)}${found.message}`];
  });
  return parts.length === 0 ? null : { message: oneLine(parts.join('; ')), code: null };
}

/** Where a validation error is: `body.params.limit: `. */
function placeOf(element: unknown): string {
  const loc = isRecord(element) ? element['loc'] : null;
  return Array.isArray(loc) && loc.length > 0 ? `${loc.slice(0, 8).map(String).join('.')}: ` : '';
}

function readObject(value: Readonly<Record<string, unknown>>, depth: number): ErrorValue | null {
  const code = codeOf(value);
  const own = messageKeys.map((key) => value[key]).find((text) => typeof text === 'string' && text.trim() !== '');
  if (typeof own === 'string') return { message: readText(own, depth + 1)?.message ?? oneLine(own), code };
  for (const key of nestedKeys) {
    const inner = value[key] == null ? null : read(value[key], depth + 1);
    if (inner === null) continue;
    return { message: withTitle(value, inner.message), code: inner.code ?? code };
  }
  const title = typeof value['title'] === 'string' ? oneLine(value['title']) : '';
  return title === '' && code === null ? null : { message: title === '' ? null : title, code };
}

/** Title and detail of problem details; the detail alone elsewhere. */
function withTitle(value: Readonly<Record<string, unknown>>, message: string | null): string | null {
  const { title, detail } = value;
  if (typeof title !== 'string' || title.trim() === '' || detail == null || message === null) return message;
  return oneLine(`${title.trim()}: ${message}`);
}

function codeOf(value: Readonly<Record<string, unknown>>): string | null {
  for (const key of codeKeys) {
    const code = value[key];
    if ((typeof code === 'string' && code !== '') || typeof code === 'number') return oneLine(String(code));
  }
  return null;
}

function oneLine(text: string): string {
  // Limits the work for long texts; the visible part is within this length.
  const line = text
    .slice(0, maxMessageLength * 8)
    .replace(/\s+/g, ' ')
    .trim();
  return clipped(line, maxMessageLength);
}

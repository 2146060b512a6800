import { clipped, maxErrorExcerpt } from '../../../base/common/plainText.ts';
import { isRecord } from '../../../base/common/json.ts';
import { parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { type RuleId, ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';

export interface ErrorBody extends ErrorValue {
  readonly form: 'json' | 'html' | 'xml' | 'text' | 'empty';
  readonly deviations: readonly RuleId[];
}

/**
 * The server's message in the body of an error response (chatkit-api 4A.1, 5.1): JSON of any shape, the title of a web
 * page, the message of an XML error of a storage, or the text itself. Secrets are not removed: redact before it is shown.
 */
export function readErrorBody(body: string): ErrorBody {
  const head = body.slice(0, 20_000);
  if (head.trim() === '') return { form: 'empty', message: null, code: null, deviations: [] };
  const json = parsedOrUndefined(body.replace(/^\uFEFF/, ''));
  if (json !== undefined) {
    const value = readErrorValue(json);
    const detail = isRecord(json) ? json['detail'] : null;
    const deviations = typeof detail === 'object' && detail !== null ? [ruleIds.detailObject] : [];
    return { form: 'json', message: value?.message ?? null, code: value?.code ?? null, deviations };
  }
  if (looksLikeHtml(head)) {
    const title = elementText(head, 'title');
    const heading = elementText(head, 'h1');
    const own = /^(?:error|\d+)$/i.test(title ?? '') ? (heading ?? elementText(head, 'pre')) : null;
    const message = own ?? title ?? heading;
    return { form: 'html', message, code: null, deviations: [ruleIds.htmlError] };
  }
  if (/^\uFEFF?\s*<(?:\?xml|[a-z])/i.test(head)) {
    const message = elementText(head, 'message');
    return { form: 'xml', message, code: elementText(head, 'code'), deviations: [] };
  }
  return { form: 'text', message: readErrorValue(head)?.message ?? null, code: null, deviations: [] };
}

/** The text of the first element with a name, without tags; null where there is none. */
function elementText(markup: string, name: string): string | null {
  const opening = new RegExp(`<${name}(?:\\s[^>]*)?>`, 'i').exec(markup);
  if (opening === null) return null;
  const start = opening.index + opening[0].length;
  const end = markup.toLowerCase().indexOf(`</${name}`, start);
  const inner = markup.slice(start, end < 0 ? start + 500 : end).replace(/<[^>]*>/g, ' ');
  return readErrorValue(decodeEntities(inner))?.message ?? null;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decodeEntities(text: string): string {
  return text.replace(/&(#\d{1,6}|[a-z]{2,4});/gi, (whole: string, name: string) =>
    name.startsWith('#') ? String.fromCodePoint(Math.min(Number(name.slice(1)), 0x10ffff)) : (entities[name] ?? whole),
  );
}

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
  'errorText',
  'errmsg',
  'errMsg',
  'ErrorMessage',
  'description',
  'reason',
  'text',
];
const nestedKeys = [
  ...[
    'message',
    'error',
    'errors',
    'last_error',
    'detail',
    'details',
    'response',
    'data',
    'exception',
    'cause',
    'body',
  ],
  ...['Error', 'Errors', 'errorMessages', 'error_messages'],
];
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
  if (typeof own === 'string') {
    const message = readText(own, depth + 1)?.message ?? oneLine(own);
    const fields = readFields('errors', value['errors'])?.message;
    return { message: fields == null ? message : oneLine(`${message.replace(/[.:\s]+$/, '')}: ${fields}`), code };
  }
  for (const key of nestedKeys) {
    const inner = value[key] == null ? null : (readFields(key, value[key]) ?? read(value[key], depth + 1));
    if (inner === null) continue;
    return { message: withTitle(value, inner.message), code: inner.code ?? code };
  }
  // A thread has a title as well.
  const isThread = ['id', 'thread_id', 'created_at', 'items'].some((key) => key in value);
  const title = !isThread && typeof value['title'] === 'string' ? oneLine(value['title']) : '';
  if (title === '' && code === null) return areFieldErrors(value) ? readFields('errors', value) : null;
  return { message: title === '' ? null : title, code };
}

/** Validation errors by the name of the field: `{ title: ['is required'] }`. */
function readFields(key: string, value: unknown): ErrorValue | null {
  if (key !== 'errors' || !isRecord(value)) return null;
  const parts = Object.entries(value)
    .slice(0, maxParts)
    .flatMap(([name, texts]) => {
      const list: readonly unknown[] = Array.isArray(texts) ? texts : [texts];
      return list.length > 0 && list.every((text) => typeof text === 'string') ? [`${name}: ${list.join(' ')}`] : [];
    });
  return parts.length === 0 ? null : { message: oneLine(parts.join('; ')), code: null };
}

/** Whether a body is nothing but validation errors by field, as Django sends them. */
function areFieldErrors(value: Readonly<Record<string, unknown>>): boolean {
  const lists = Object.values(value);
  return lists.length > 0 && lists.every((texts) => Array.isArray(texts) && typeof texts[0] === 'string');
}

/** Title and detail of problem details; the detail alone elsewhere. */
function withTitle(value: Readonly<Record<string, unknown>>, message: string | null): string | null {
  const { title, detail, errors } = value;
  const hasDetail = detail != null || (isRecord(errors) && !Array.isArray(errors));
  if (typeof title !== 'string' || title.trim() === '' || !hasDetail || message === null) return message;
  return oneLine(`${title.trim().replace(/[.:]+$/, '')}: ${message}`);
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

const longest = 200;

/** Returns the start of an unexpected response as one line of at most 200 characters, without HTML tags. */
export function excerptOf(text: string): string {
  // Limits the work for large responses; 200 visible characters are within this length.
  const head = text.slice(0, 20_000);
  const visible = looksLikeHtml(head)
    ? head.replace(/<(script|style|head)\b[\s\S]*?<\/\1\s*>/gi, ' ').replace(/<[^>]*>/g, ' ')
    : head;
  return clipped(visible.replace(/\s+/g, ' ').trim(), longest);
}

/** Characters of the start of a longer response: the rest is its end, because a stack trace ends with its reason. */
const headLength = 1_000;

/**
 * Returns the text of an unexpected response with its line breaks, without HTML tags and without blank lines in sequence.
 * The middle of a text of more than 4,000 characters is left out.
 */
export function responseLines(text: string): string {
  if (looksLikeHtml(text)) return excerptOf(text);
  const bounded = text.length <= 40_000 ? text : `${text.slice(0, 20_000)}\n…\n${text.slice(-20_000)}`;
  const lines = bounded.split(/\r\n|[\r\n]/).map((line) => line.trimEnd());
  const kept = lines.filter((line, index) => line !== '' || (lines[index - 1] ?? '') !== '').join('\n');
  const shown = kept.replace(/\n$/, '');
  if (shown.length <= maxErrorExcerpt) return shown;
  // A cut may not leave half of a surrogate pair behind.
  const head = shown.slice(0, headLength).replace(/[\uD800-\uDBFF]$/, '');
  const tail = shown.slice(headLength + 10 - maxErrorExcerpt).replace(/^[\uDC00-\uDFFF]/, '');
  return `${head}\n…\n${tail}`;
}

/** Whether a body is a web page. */
export function looksLikeHtml(text: string): boolean {
  return /^\uFEFF?\s*<(?:!doctype html|html|head|body|!--)/i.test(text);
}

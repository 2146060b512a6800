import { isRecord } from '../../../base/common/json.ts';

// What servers send as events that has no content: signs of life, and the announcement of the end.

type Fields = Readonly<Record<string, unknown>>;
export type Marker = 'endMarker' | 'keepAlive';

const keepAlive = /^\s*(?:ping|pong|keep[-_ ]?alive|heartbeat)\s*$/i;
const end = /^\s*(?:done|eos|(?:stream[-_. ]?)?(?:end(?:ed)?|finish(?:ed)?|completed?|closed?))\s*$/i;
const bracketed = /^\s*[[<(]+\s*(?:done|end|eos|finish(?:ed)?|completed?)\s*[\])>]+\s*$/i;
const contentKeys = [
  ...['item', 'thread', 'update', 'error', 'detail', 'errors', 'delta', 'text', 'content', 'token', 'chunk', 'answer'],
  ...['response', 'output', 'message', 'messages', 'data', 'result', 'value'],
];

/** The marker that a text is, in an event with this name; null for everything else. */
export function markerInText(text: string, eventName: string | null): Marker | null {
  const start = text.slice(0, 50);
  const name = eventName ?? '';
  if (keepAlive.test(start) || keepAlive.test(name)) return 'keepAlive';
  return bracketed.test(start) || /^\s*DONE\s*$/.test(start) || end.test(name) ? 'endMarker' : null;
}

/** The same for JSON: `null`, `{}`, `{ type: 'ping' }`, `{ event: 'end' }`, `{ done: true }`. */
export function markerInJson(value: unknown, eventName: string | null): Marker | null {
  if (typeof value === 'string') return value === '' ? 'keepAlive' : markerInText(value, eventName);
  if (value !== null && !isRecord(value)) return null;
  const fields = value ?? {};
  const names = [fields['type'], fields['event'], eventName];
  const name = names.find((one) => typeof one === 'string' && one !== '' && one !== 'message');
  if (typeof name !== 'string') return markerWithoutName(fields);
  if (keepAlive.test(name)) return 'keepAlive';
  return end.test(name) && !hasContent(fields) ? 'endMarker' : null;
}

function markerWithoutName(fields: Fields): Marker | null {
  const keys = Object.keys(fields).filter((key) => fields[key] !== null);
  const [only, ...others] = keys;
  if (only === undefined) return 'keepAlive';
  if (others.length > 0) return null;
  if (keepAlive.test(only)) return 'keepAlive';
  return end.test(only) && fields[only] === true ? 'endMarker' : null;
}

function hasContent(fields: Fields): boolean {
  return contentKeys.some((key) => {
    const value = fields[key];
    return value !== undefined && value !== null && value !== '' && typeof value !== 'boolean';
  });
}

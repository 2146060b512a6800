import { isRecord } from '../../../base/common/json.ts';
import { itemKinds, kindOfName } from '../wire/protocolNames.ts';
import { exactField, parsedOrUndefined } from '../../../base/common/parseJson.ts';

// What servers stream that were written for another API, or without a library: text under other names, events as one
// body, and events that are framed twice.

type Fields = Readonly<Record<string, unknown>>;

/** Text of an answer, in an event of another API. */
export interface ForeignText {
  /** The message that it belongs to; null where the event does not name one. */
  readonly id: string | null;
  /** `delta`: appended; `whole`: the complete text; `end`: nothing follows. */
  readonly kind: 'delta' | 'whole' | 'end';
  readonly text: string;
}

/** `thread.message.delta`, `response.output_text.delta`, `text-delta`, `TEXT_MESSAGE_CONTENT`, `token`. */
const deltaType =
  /^(?:thread|response|run|stream|assistant|agent|chat|ai)?(?:(?:text|output|message|assistant|content|answer|token|block|llm|item)*(?:delta|chunk|token|partial)|text|content|token|answer|textmessagecontent)$/;
const endType =
  /^(?:thread|response|run|assistant|chat)?(?:message|output|text|content|answer)+(?:completed|complete|done|end|final|finished)$/;
/** These stream something else than the answer. */
const otherText = /tool|function|call|reason|think|thought|argument|usage|audio|refusal|summary|step|image|code|title/;

const textKeys = ['delta', 'text', 'content', 'token', 'chunk', 'value', 'answer', 'response', 'output', 'message'];
const idKeys = ['item_id', 'message_id', 'messageId', 'itemId', 'id'];
/** An event without a type that has one of these is text; `message` and `value` alone can be anything. */
const untypedKeys = ['delta', 'text', 'content', 'token', 'chunk', 'answer', 'response', 'output'];

/** The text of an answer in an event that is not one of the protocol; null for every other event. */
export function foreignTextOf(event: Fields): ForeignText | null {
  const { type, choices } = event;
  if (Array.isArray(choices)) return textOfChoice(choices[0], event);
  if (typeof type !== 'string') {
    const { message, candidates } = event;
    const key = untypedKeys.find((name) => typeof event[name] === 'string' || isRecord(event[name]));
    const ofModel = isRecord(message) && kindOfName(message['role']) === 'assistant_message' ? message : candidates;
    const text = textIn(key === undefined ? ofModel : event[key]);
    return text === null ? null : { id: idIn(event), kind: 'delta', text };
  }
  const words = type.replace(/[^a-z0-9]/gi, '').toLowerCase();
  if (words.length > 60 || otherText.test(words)) return null;
  const isDelta = deltaType.test(words);
  const isMessage = words === 'message' && event['role'] !== 'user';
  if (!isDelta && !isMessage && !endType.test(words)) return null;
  const text = textIn(event);
  if (!isDelta) return { id: idIn(event), kind: text === null || text === '' ? 'end' : 'whole', text: text ?? '' };
  return text === null ? null : { id: idIn(event), kind: 'delta', text };
}

/** A chunk of the chat completions API. */
function textOfChoice(choice: unknown, { id }: Fields): ForeignText | null {
  if (!isRecord(choice)) return null;
  const text = textIn(choice['delta'] ?? choice['message'] ?? choice['text']);
  const own = typeof id === 'string' && id !== '' ? id : null;
  if (text !== null && text !== '') return { id: own, kind: 'delta', text };
  return choice['finish_reason'] == null ? null : { id: own, kind: 'end', text: '' };
}

/** The text that a value of another API contains, at any depth; null where there is none. */
export function textIn(value: unknown, depth = 0): string | null {
  if (typeof value === 'string') return value;
  if (depth > 8) return null;
  if (Array.isArray(value)) {
    const texts = value.slice(0, 50).map((part) => textIn(part, depth + 1));
    return texts.some((text) => text !== null) ? texts.join('') : null;
  }
  if (!isRecord(value)) return null;
  for (const key of [...textKeys, 'data', 'parts']) {
    const inner = value[key];
    const text = inner === undefined || inner === null ? null : textIn(inner, depth + 1);
    if (text !== null) return text;
  }
  return null;
}

function idIn(event: Fields): string | null {
  for (const holder of [event, event['data'], event['message']]) {
    if (!isRecord(holder)) continue;
    const key = idKeys.find((name) => typeof holder[name] === 'string' || typeof holder[name] === 'number');
    if (key !== undefined && holder[key] !== '') return String(exactField(holder, key));
  }
  return null;
}

/** The end of a response in another API: `message_stop`, `RUN_FINISHED`, `response.completed`. */
export function endsForeignTurn(type: string): boolean {
  const words = type.replace(/[^a-z]/gi, '').toLowerCase();
  return /^(?:response|run|thread|threadrun|message|chat)?(?:stop|finish|finished|completed?|done|end|ended)$/.test(
    words,
  );
}

/** A message of another API as an item, where an event of another name contains one; null for everything else. */
export function foreignMessage({ type: _type, ...event }: Fields): Fields | null {
  const { id, role, content } = event;
  const isMessage = kindOfName(role) !== null && ['string', 'number'].includes(typeof id);
  const hasContent = Array.isArray(content) ? content.length > 0 : typeof content === 'string' && content !== '';
  return isMessage && hasContent ? event : null;
}

/** Whether an event is an item itself, without an event around it. */
export function isBareItem(event: Fields): boolean {
  const { type, id, content, widget, workflow, task } = event;
  const isMessage = kindOfName(type) !== null && id !== undefined && content !== undefined;
  return isMessage || (itemKinds.has(type) && [id, content, widget, workflow, task].some((part) => part !== undefined));
}

/** Keys that contain the events of a response. */
const listKeys = ['events', 'data', 'stream', 'chunks', 'response', 'result'];

/** The events in a JSON body that a server sends in place of a stream; null for a body without any. */
export function eventsInBody(body: unknown): readonly unknown[] | null {
  if (Array.isArray(body)) return body.some(isTyped) ? body : null;
  if (!isRecord(body)) return null;
  const { thread, id } = body;
  const items = body['items'] ?? body['thread_items'] ?? body['messages'];
  if (isRecord(thread)) return [{ type: 'thread.created', thread }, ...doneItems(items ?? thread['items'])];
  const inItems = doneItems(items);
  if (typeof id === 'string' && inItems.length > 0) return [{ type: 'thread.created', thread: body }, ...inItems];
  if (isTyped(body)) return [body];
  const list = listKeys.map((key) => body[key]).find((value) => Array.isArray(value) && value.some(isTyped));
  return (list as readonly unknown[] | undefined) ?? null;
}

function doneItems(items: unknown): readonly unknown[] {
  const list: unknown = isRecord(items) ? items['data'] : items;
  return Array.isArray(list) ? list.filter(isRecord).map((item) => ({ type: 'thread.item.done', item })) : [];
}

function isTyped(value: unknown): boolean {
  return isRecord(value) && typeof value['type'] === 'string';
}

/** `data:` once more, line breaks that are written as `\n`, and the quotes of Python bytes. */
const between = /(?:\s|\\[rn]|data:|[,'"]|b['"])*/y;

/**
 * The objects that a text consists of, beside what belongs to the framing of events: two events without a line between
 * them, or a frame inside a frame. Null where there is anything else. Linear in the length of the text.
 */
export function objectsIn(text: string): readonly unknown[] | null {
  const found: unknown[] = [];
  let at = skip(text, 0);
  while (at < text.length) {
    const end = text[at] === '{' ? endOfObject(text, at) : -1;
    const value = end < 0 ? undefined : parsedOrUndefined(text.slice(at, end));
    if (value === undefined) return null;
    found.push(value);
    at = skip(text, end);
  }
  return found.length === 0 ? null : found;
}

function skip(text: string, from: number): number {
  between.lastIndex = from;
  between.test(text);
  return Math.max(from, between.lastIndex);
}

/** The index after the object that starts at an index; -1 where it does not end. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth += 1;
    else if (character === '}' && (depth -= 1) === 0) return index + 1;
  }
  return -1;
}

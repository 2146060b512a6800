import { withProtocolKeys } from '../wire/protocolNames.ts';
import { isRecord } from '../../../base/common/json.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import { readErrorValue } from '../responses/errorBody.ts';
import { maxPartIndex } from '../stream/applyUpdate.ts';
import { textIn } from './foreignForms.ts';
import { exactField, jsonInText, withFields } from '../../../base/common/parseJson.ts';

/** The error event of the protocol (chatkit-api 5.6). */
interface ErrorEvent {
  readonly type: 'error';
  readonly code: string;
  readonly message?: string;
  readonly allow_retry: boolean;
  readonly [field: string]: unknown;
}

/** Failures of a whole response in other APIs. */
const foreign = /(?:error|failed|failure|exception|fatal)(?:[._:/-]?event)?$/i;
/** A part of a response that failed, and not the response. */
const ofPart = /tool|function|call|task|step|search|mcp|action|attachment|upload/i;

/** Returns whether an event type of another API reports the failure of a whole response. */
export function isForeignError(type: string): boolean {
  return type.length <= 60 && foreign.test(type) && !ofPart.test(type);
}

/** Whether an event without a type is an error body. */
export function isUntypedError(event: Readonly<Record<string, unknown>>): boolean {
  const { error, detail, message, code, status, success, ok } = event;
  const isFailure = success === false || ok === false || (typeof status === 'number' && status >= 400);
  return isValue(error) || isValue(detail) || isFailure || (typeof message === 'string' && isValue(code));
}

/** An error event of any shape as one of the protocol, with the server's message and code. Reports what differs. */
export function normaliseError(event: Readonly<Record<string, unknown>>, report: ReportHere): ErrorEvent {
  const { type, code, message, allow_retry: retry } = event;
  const isOwn = type === 'error';
  if (!isOwn) report(type === undefined ? ruleIds.untypedError : ruleIds.foreignErrorEvent, { field: 'type' }, event);
  const isPlain =
    isOwn &&
    (isAbsent(message) || typeof message === 'string') &&
    !isValue(event['error']) &&
    !isValue(event['detail']);
  if (isOwn && !isPlain) report(ruleIds.nestedError, { field: nestedField(event) }, event);
  const { type: _type, ...fields } = event;
  const found = readErrorValue(fields);
  const { content } = event;
  const other = found?.message ?? (typeof content === 'string' && content !== '' ? content : null);
  const text = typeof message === 'string' && message !== '' ? message : other;
  const word = codeOf(code) ?? found?.code ?? null;
  if (typeof numericCode(event) === 'number') report(ruleIds.numericErrorCode, { field: 'code' }, numericCode(event));
  if (isOwn && text === null && (word === null || word === 'custom')) report(ruleIds.errorWithoutMessage, {}, event);
  if (isOwn && typeof retry !== 'boolean') report(ruleIds.errorWithoutRetry, { field: 'allow_retry' }, retry);
  return {
    ...event,
    type: 'error',
    code: word ?? 'custom',
    ...(text === null ? { message: undefined } : { message: text }),
    allow_retry: retry === true,
  } as ErrorEvent;
}

function numericCode(event: Readonly<Record<string, unknown>>): unknown {
  const { code, error } = event;
  return typeof code === 'number' || !isRecord(error) ? code : error['code'];
}

function codeOf(code: unknown): string | null {
  if (typeof code === 'number') return String(code);
  return typeof code === 'string' && code !== '' ? code : null;
}

function nestedField(event: Readonly<Record<string, unknown>>): string {
  return isValue(event['error']) ? 'error' : isValue(event['detail']) ? 'detail' : 'message';
}

function isAbsent(value: unknown): boolean {
  return value === null || value === undefined;
}

function isValue(value: unknown): boolean {
  return !isAbsent(value) && value !== '' && value !== false;
}

type Check = (value: unknown) => boolean;

const text: Check = (value) => typeof value === 'string';
const object: Check = isRecord;
const present: Check = (value) => value !== undefined && value !== null;
const boolean: Check = (value) => typeof value === 'boolean';
const index: Check = (value) => Number.isInteger(value) && (value as number) >= 0;

type Shape = Readonly<Record<string, Check>>;

/** Required fields of each event (chatkit-api 5.6); `error` is read by `normaliseError`. */
const events: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ['thread.created', { thread: object }],
  ['thread.updated', { thread: object }],
  ['thread.item.added', { item: object }],
  ['thread.item.done', { item: object }],
  ['thread.item.replaced', { item: object }],
  ['thread.item.updated', { item_id: text, update: object }],
  ['thread.item.removed', { item_id: text }],
  ['stream_options', { stream_options: object }],
  ['progress_update', { text }],
  ['client_effect', { name: text }],
  ['notice', { level: (value) => value === 'info' || value === 'warning' || value === 'danger', message: text }],
  ['error', {}],
]);

/** Required fields of each update (chatkit-api 5.7), and the type of the items that it changes. */
const updates: ReadonlyMap<string, { readonly itemType: string; readonly shape: Shape }> = new Map([
  [
    'assistant_message.content_part.added',
    { itemType: 'assistant_message', shape: { content_index: index, content: object } },
  ],
  [
    'assistant_message.content_part.text_delta',
    { itemType: 'assistant_message', shape: { content_index: index, delta: text } },
  ],
  [
    'assistant_message.content_part.annotation_added',
    { itemType: 'assistant_message', shape: { content_index: index, annotation_index: index, annotation: object } },
  ],
  [
    'assistant_message.content_part.done',
    { itemType: 'assistant_message', shape: { content_index: index, content: object } },
  ],
  [
    'widget.streaming_text.value_delta',
    { itemType: 'widget', shape: { component_id: text, delta: text, done: boolean } },
  ],
  ['widget.component.updated', { itemType: 'widget', shape: { component_id: text, component: object } }],
  ['widget.root.updated', { itemType: 'widget', shape: { widget: present } }],
  ['workflow.task.added', { itemType: 'workflow', shape: { task_index: index, task: object } }],
  ['workflow.task.updated', { itemType: 'workflow', shape: { task_index: index, task: object } }],
  ['generated_image.updated', { itemType: 'generated_image', shape: { image: object } }],
]);

const eventTypes: readonly string[] = [...events.keys()];
const updateTypes: readonly string[] = [...updates.keys()];

/** Returns whether a type is a stream event of ChatKit (chatkit-api 5.6). */
export function isEventType(type: string): boolean {
  return events.has(type);
}

/** Returns whether a type is an item update of ChatKit (chatkit-api 5.7). */
export function isUpdateType(type: string): boolean {
  return updates.has(type);
}

/** The type of the items that an update changes; null for an unknown update. */
export function itemTypeOfUpdate(type: string): string | null {
  return updates.get(type)?.itemType ?? null;
}

/** Required fields that an event lacks, or that have another type. Empty for an unknown event. */
export function faultsOfEvent(type: string, event: Readonly<Record<string, unknown>>): readonly string[] {
  return faultsOf(events.get(type) ?? {}, event);
}

/** Required fields that an update lacks, or that have another type. Empty for an unknown update. */
function faultsOfUpdate(type: string, update: Readonly<Record<string, unknown>>): readonly string[] {
  return faultsOf(updates.get(type)?.shape ?? {}, update);
}

function faultsOf(shape: Shape, value: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(shape).filter((field) => shape[field]?.(value[field]) !== true);
}

type Fields = Readonly<Record<string, unknown>>;

/** Names that dialects have for events of the protocol. */
const otherNames: readonly (readonly [string, string])[] = [
  ...['threaditemcreated', 'threaditemstart', 'threaditemstarted', 'itemcreated', 'itemadded'].map(
    (words) => [words, 'thread.item.added'] as const,
  ),
  ...['threaditemcompleted', 'threaditemfinished', 'itemdone'].map((words) => [words, 'thread.item.done'] as const),
  ...['threaditemdeleted', 'itemremoved', 'itemdeleted'].map((words) => [words, 'thread.item.removed'] as const),
  ['itemupdated', 'thread.item.updated'],
];
const eventByWords = new Map([...eventTypes.map((type) => [wordsOf(type), type] as const), ...otherNames]);
const updateByWords = new Map(updateTypes.map((type) => [wordsOf(type), type]));

/** `thread_item_added`, `ThreadItemAdded` and `chatkit.thread.item.added` in one form. */
function wordsOf(type: string): string {
  return type
    .replace(/^chatkit[._:/]/i, '')
    .replace(/[^a-z0-9]/gi, '')
    .toLowerCase();
}

/** The protocol's name of an event or an update that is written in another form; null for any other. */
export function eventNameOf(type: string): string | null {
  if (isEventType(type) || isUpdateType(type)) return type;
  const words = wordsOf(type);
  return eventByWords.get(words) ?? updateByWords.get(words) ?? null;
}

/** The protocol's name of an update, also where the kind of the item is left out; null for any other. */
export function updateNameOf(type: string): string | null {
  if (isUpdateType(type)) return type;
  const words = wordsOf(type);
  const exact = updateByWords.get(words);
  if (exact !== undefined) return exact;
  const ends = words === '' ? [] : updateTypes.filter((name) => wordsOf(name).endsWith(words) && /[._]/.test(type));
  return ends.length === 1 ? (ends[0] ?? null) : null;
}

/** Types of events that contain an item. */
export const itemEvents: ReadonlySet<string> = new Set([
  'thread.item.added',
  'thread.item.done',
  'thread.item.replaced',
]);
const itemKeys = ['data', 'payload', 'message', 'thread_item', 'new_item', 'newItem', 'threadItem'];

/** The event with its item or thread where a dialect has it: under another name, as JSON text, or as the event itself. */
export function withParts(event: Fields, report: ReportHere): Fields {
  const { type, item, thread } = event;
  if (itemEvents.has(String(type)) && !isRecord(item)) {
    const inText = jsonInText(item);
    const found = isRecord(inText) ? inText : itemKeys.map((key) => event[key]).find(isRecord);
    if (found === undefined) return event;
    report(ruleIds.invalidEvent, { field: 'item' }, event);
    return withFields(event, { item: found });
  }
  if ((type === 'thread.created' || type === 'thread.updated') && !isRecord(thread)) {
    const { type: _type, thread_id: _threadId, ...own } = event;
    const other = [event['data'], event['payload']].find(isRecord);
    const key = ['id', 'thread_id', 'thread'].find((name) => ['string', 'number'].includes(typeof event[name]));
    const found = other ?? (key === undefined ? undefined : { ...own, id: exactField(event, key) });
    if (found === undefined) return event;
    report(ruleIds.invalidEvent, { field: 'thread' }, event);
    return withFields(event, { thread: found });
  }
  if (type === 'stream_options' && !isRecord(event['stream_options']) && 'allow_cancel' in event) {
    report(ruleIds.allowCancelShape, { field: 'allow_cancel' }, event);
    return { ...event, stream_options: { allow_cancel: event['allow_cancel'] } };
  }
  const found = movedFields(event);
  if (found === null) return event;
  report(ruleIds.invalidEvent, { field: Object.keys(found)[0] ?? 'type' }, event);
  return withFields(event, found);
}

/** The required fields of an event that has them in another place or under another name; null where nothing is found. */
function movedFields(event: Fields): Fields | null {
  const { type } = event;
  switch (type) {
    case 'stream_options':
      return isRecord(event['stream_options']) || !isRecord(event['options'])
        ? null
        : { stream_options: event['options'] };
    case 'notice':
      return typeof event['message'] === 'string' ? null : noticeOf(event);
    case 'progress_update': {
      if (typeof event['text'] === 'string') return null;
      const inner = event['progress'] ?? event['update'] ?? event['data'];
      const text = textUnder(event, progressKeys) ?? (isRecord(inner) ? textUnder(inner, progressKeys) : null);
      return text === null ? null : { text };
    }
    case 'client_effect':
      return typeof event['name'] === 'string' ? null : effectOf(event);
    case 'thread.item.removed':
    case 'thread.item.updated': {
      const { item, item_id: itemId } = event;
      if (isId(itemId)) return type === 'thread.item.updated' ? updateOf(event) : null;
      const inItem = isRecord(item) ? exactField(item, 'id') : exactField(event, 'item');
      const found = [inItem, exactField(event, 'id')].find(isId);
      return found === undefined ? updateOf(event) : { item_id: String(found), ...updateOf(event) };
    }
    default:
      return null;
  }
}

const progressKeys = ['text', 'message', 'status', 'label', 'title', 'content'];

function noticeOf(event: Fields): Fields | null {
  const inner = event['notice'] ?? event['data'];
  const holder = isRecord(inner) ? inner : event;
  const message = textUnder(holder, ['message', 'text', 'content', 'notice']);
  if (message === null) return null;
  const { level = event['level'], title = event['title'] } = holder;
  return {
    message,
    level: typeof level === 'string' ? level : 'info',
    ...(typeof title === 'string' ? { title } : {}),
  };
}

function effectOf(event: Fields): Fields | null {
  const { effect } = event;
  const holder = isRecord(effect) ? effect : event;
  const name = textUnder(holder, ['name', 'effect_type', 'effect_name', 'effect', 'action']);
  return name === null ? null : { name, data: holder['data'] ?? holder };
}

/** The update of an event that has its fields at the top level, or in the item. */
function updateOf(event: Fields): Fields | null {
  const { type: _type, item_id: _itemId, ...fields } = event;
  if (event['type'] !== 'thread.item.updated' || isRecord(event['update'])) return null;
  const { item } = event;
  const holder = isRecord(item) ? item : event;
  const { delta } = holder;
  if (typeof delta !== 'string' && !isRecord(delta)) return null;
  const more = holder === event ? fields : {};
  return { update: { content_index: 0, ...more, delta, type: textDelta } };
}

const textDelta = 'assistant_message.content_part.text_delta';

function isId(value: unknown): value is string | number | bigint {
  return value !== '' && ['string', 'number', 'bigint'].includes(typeof value);
}

function textUnder(holder: Fields, keys: readonly string[]): string | null {
  const found = keys.map((key) => holder[key]).find((value) => typeof value === 'string' && value !== '');
  return typeof found === 'string' ? found : null;
}

/** An update in the form of the protocol. Reports what differs. */
export function checkedUpdate(received: Fields, at: { readonly itemId?: string }, report: ReportHere): Fields {
  const { entry } = received;
  const inner = typeof received['type'] !== 'string' && isRecord(entry) ? entry : received;
  if (inner !== received) report(ruleIds.invalidUpdate, { ...at, field: 'update.type' }, received);
  const keyed = withProtocolKeys(inner, report);
  const name = typeof keyed['type'] === 'string' ? updateNameOf(keyed['type']) : null;
  if (name !== null && name !== keyed['type']) report(ruleIds.eventNameForm, { ...at, field: 'update.type' }, name);
  const isBareDelta = keyed['type'] === undefined && (typeof keyed['delta'] === 'string' || isRecord(keyed['delta']));
  if (isBareDelta) report(ruleIds.invalidUpdate, { ...at, field: 'update.type' }, keyed);
  const update = name === null && !isBareDelta ? keyed : { ...keyed, type: name ?? textDelta };
  const { type } = update;
  if (typeof type !== 'string' || !isUpdateType(type)) {
    report(ruleIds.unknownUpdate, { ...at, field: 'update.type' }, type);
    return update;
  }
  const faults = faultsOfUpdate(type, update);
  for (const field of faults) report(ruleIds.invalidUpdate, { ...at, field: `update.${field}` }, update[field]);
  if (faults.includes('delta')) {
    const { delta, text, value } = update;
    const written = isRecord(delta) ? textIn(delta) : (text ?? value);
    if (typeof written === 'string') return { content_index: 0, ...update, delta: written };
  }
  const { properties, props } = update;
  const changed = properties ?? props;
  if (type === 'widget.component.updated' && faults.includes('component') && isRecord(changed)) {
    return { ...update, component: changed, merge: true };
  }
  const { image = update['url'] } = update;
  if (type === 'generated_image.updated' && faults.includes('image') && typeof image === 'string') {
    return { ...update, image: { id: '', url: image } };
  }
  // Behind the tasks so far.
  if (type === 'workflow.task.added' && update['task_index'] == null) return { ...update, task_index: maxPartIndex };
  // Most answers have one part, so a missing index can only be that one.
  return faults.includes('content_index') && update['content_index'] == null ? { ...update, content_index: 0 } : update;
}

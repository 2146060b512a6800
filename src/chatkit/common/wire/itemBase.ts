import * as z from 'zod';
import { type RuleId, ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import { isFutureTime, parseServerTime } from '../serverTime.ts';
import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { cutDeep, exactField, withFields } from '../../../base/common/parseJson.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import type { Reading } from './reading.ts';

/** A creation time as the model has it. */
interface ReadTime {
  /** ms since the epoch; null where the server sent no readable time. */
  readonly createdAt: number | null;
  /** Set where the zone of the time is not certain. */
  readonly timeSource?: 'inferred' | 'assumedUtc';
}

/** These concern the server, not a single element. */
const aboutZone: ReadonlySet<RuleId> = new Set([ruleIds.timeAssumedUtc, ruleIds.timeZoneInferred]);

/** Reads the value of `created_at` of an element. Reports every deviation of it. */
export function readTime(value: unknown, { report, times, responseMs }: Reading, itemId?: string): ReadTime {
  const where = { field: 'created_at', ...(itemId === undefined ? {} : { itemId }) };
  if (value === undefined || value === null || value === '' || isZeroTime(value)) {
    report(ruleIds.missingTime, where, value ?? undefined);
    return { createdAt: null };
  }
  const time = parseServerTime(value, times);
  if (time === null) {
    report(ruleIds.unreadableTime, where, value);
    return { createdAt: null };
  }
  for (const rule of time.deviations) report(rule, aboutZone.has(rule) ? { field: 'created_at' } : where, value);
  if (responseMs !== null && isFutureTime(time.ms, responseMs)) report(ruleIds.futureTime, where, value);
  const { source } = time;
  return source === 'inferred' || source === 'assumedUtc'
    ? { createdAt: time.ms, timeSource: source }
    : { createdAt: time.ms };
}

/** The value of a time that was never set, in Go and .NET. */
function isZeroTime(value: unknown): boolean {
  return (
    value === 0 ||
    (typeof value === 'string' && /^(?:0001-01-01T00:00:00|1970-01-01T00:00:00(?:\.0+)?(?:Z|\+00:00)$)/.test(value))
  );
}

/** Any value is read later, so that the element remains valid. */
export const wireTime = z.unknown().optional();

/** The fields of every thread item (chatkit-api 4). Old samples lack `created_at` and `thread_id`. */
export const itemBaseShape = {
  id: z.string().min(1),
  object: z.string().nullish(),
  created_at: wireTime,
  thread_id: z.string().nullish(),
};

type WireBase = z.output<z.ZodObject<typeof itemBaseShape>>;

/** The context of an item: its JSON and the requested thread (empty while it is not known). */
export interface ItemContext {
  readonly raw: Json;
  readonly threadId: string;
  readonly reading: Reading;
}

/**
 * Returns the fields that every item has (chatkit-api 4): ids, time and JSON, and in `zone` those that few have. Reports a
 * time that cannot be read. Readers name the fields: V8 would store those of a spread object outside of the item.
 */
export function baseOf(wire: WireBase, { raw, threadId, reading }: ItemContext) {
  const { createdAt, ...zone } = readTime(wire.created_at, reading, wire.id);
  return { id: wire.id, threadId: wire.thread_id ?? threadId, createdAt, raw, zone };
}

/** The id that the Agents SDK gives to every message of a chat completions model. */
const placeholder = '__fake_id__';

/**
 * The element with an id that is text: ids are of any form, also numbers (chatkit-api C.2), and an element without one
 * gets an id that is computed from its contents. Returns the same object where nothing has to change.
 */
export function withId(raw: JsonObject, report: ReportHere): JsonObject & { readonly id: string } {
  const { id } = raw;
  if (typeof id === 'string' && id !== '') {
    if (id === placeholder) report(ruleIds.placeholderId, { itemId: id, field: 'id' }, id);
    return raw as JsonObject & { readonly id: string };
  }
  if (typeof id === 'number') {
    const sent = exactField(raw, 'id');
    report(ruleIds.numericId, { itemId: String(sent), field: 'id' }, sent);
    return withFields(raw, { id: String(sent) });
  }
  const other = ['id', ...idKeys].map((key) => idIn(raw, key)).find((found) => found !== null);
  report(ruleIds.missingId, { field: 'id' }, id ?? undefined);
  return { ...raw, id: String(other ?? standInId(raw)) };
}

/** Names that databases and other APIs have for the id of an element. */
const idKeys = ['_id', 'uuid', 'item_id', 'message_id', 'messageId', 'itemId'];

/** The id in a field, with all its digits, also in the form of MongoDB; null for anything else. */
export function idIn(holder: JsonObject, key: string): string | number | bigint | null {
  const value = holder[key];
  if (isJsonObject(value)) return key === '$oid' ? null : idIn(value, '$oid');
  if (typeof value === 'number') return exactField(holder, key) as number | bigint;
  return typeof value === 'string' && value !== '' ? value : null;
}

const timeKeys = ['created', 'createdAt', 'inserted_at', 'create_time', 'timestamp', 'date', 'time'];

/** The creation time of an element, also under another name. */
export function createdAtOf(raw: JsonObject, report: ReportHere): Json | undefined {
  const own = raw['created_at'];
  if (own !== undefined && own !== null && own !== '') return own;
  const key = timeKeys.find((name) => raw[name] !== undefined && raw[name] !== null);
  if (key === undefined) return own;
  report(ruleIds.otherFieldName, { field: key }, raw[key]);
  return raw[key];
}

/** The item with a thread id that is text or missing. Reports a missing id, and one of another thread. */
export function withThreadId<T extends JsonObject>(raw: T, threadId: string, report: ReportHere): T {
  const { thread_id: own } = raw;
  if (own === undefined || own === null || own === '') {
    report(ruleIds.missingThreadId, { field: 'thread_id' });
    return own === '' ? { ...raw, thread_id: null } : raw;
  }
  const sent = exactField(raw, 'thread_id');
  if (threadId !== '' && String(sent) !== threadId) {
    report(ruleIds.otherThreadId, { field: 'thread_id' }, sent);
  }
  if (typeof own === 'string') return raw;
  report(typeof own === 'number' ? ruleIds.numericId : ruleIds.wrongFieldType, { field: 'thread_id' }, sent);
  const text = isJsonObject(own) || Array.isArray(own) ? null : String(sent);
  return withFields(raw, { thread_id: text });
}

/**
 * Returns a generated ID for an element without one, so that it can be shown and found again. The same element gets the
 * same ID each time it is loaded.
 */
export function standInId(raw: Json): string {
  const text = JSON.stringify(cutDeep(raw));
  let hash = 0x811c9dc5; // FNV-1a
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return `no-id-${(hash >>> 0).toString(16).padStart(8, '0')}`;
}

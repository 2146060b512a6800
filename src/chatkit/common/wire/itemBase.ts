import * as z from 'zod';
import { isJsonObject, type Json, type JsonObject } from '../../../base/common/json.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { standInId } from './ids.ts';
import type { Reading } from './reading.ts';
import { readTime } from './readTime.ts';

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

export function baseOf(wire: WireBase, { raw, threadId, reading }: ItemContext) {
  return {
    id: wire.id,
    threadId: wire.thread_id ?? threadId,
    ...readTime(wire.created_at, reading, wire.id),
    raw,
  };
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
    report(ruleIds.numericId, { itemId: String(id), field: 'id' }, id);
    return { ...raw, id: String(id) };
  }
  report(ruleIds.missingId, { field: 'id' }, id ?? undefined);
  return { ...raw, id: standInId(raw) };
}

/** The item with a thread id that is text or missing. Reports a missing id, and one of another thread. */
export function withThreadId<T extends JsonObject>(raw: T, threadId: string, report: ReportHere): T {
  const { thread_id: own } = raw;
  if (own === undefined || own === null || own === '') {
    report(ruleIds.missingThreadId, { field: 'thread_id' });
    return own === '' ? { ...raw, thread_id: null } : raw;
  }
  if (threadId !== '' && String(own) !== threadId) {
    report(ruleIds.otherThreadId, { field: 'thread_id' }, own);
  }
  if (typeof own === 'string') return raw;
  report(ruleIds.wrongFieldType, { field: 'thread_id' }, own);
  return { ...raw, thread_id: isJsonObject(own) || Array.isArray(own) ? null : String(own) };
}

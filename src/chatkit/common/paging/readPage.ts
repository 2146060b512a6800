import { isRecord } from '../isRecord.ts';
import { ruleIds, type RuleId } from '../protocolProblems/catalogue/ruleIds.ts';

/** A cursor as the server sent it: it is sent back unchanged, as a number where it was one. */
export type Cursor = string | number;

export interface PageReply {
  readonly elements: readonly unknown[];
  /** Null where the page does not state it. */
  readonly hasMore: boolean | null;
  /** Null where there is none. */
  readonly after: Cursor | null;
  readonly deviations: readonly { readonly rule: RuleId; readonly field: string; readonly value?: unknown }[];
}

/** Keys under which servers put the elements of a page (chatkit-api C.1). */
const elementKeys = ['data', 'items'];

/**
 * The page in a reply (chatkit-api 5.4), also as a bare list or with its elements under `items`; null where the reply
 * contains no list.
 */
export function readPage(body: unknown): PageReply | null {
  if (Array.isArray(body)) {
    return { elements: body, hasMore: null, after: null, deviations: [{ rule: ruleIds.pageShape, field: '' }] };
  }
  if (!isRecord(body)) return null;
  const key = elementKeys.find((name) => Array.isArray(body[name]));
  if (key === undefined) return null;
  const more = readHasMore(body['has_more']);
  const cursor = readCursor(body['after']);
  return {
    elements: body[key] as readonly unknown[],
    hasMore: more.value,
    after: cursor.value,
    deviations: [
      ...(key === 'data' ? [] : [{ rule: ruleIds.pageShape, field: key }]),
      ...(more.rule === null ? [] : [{ rule: more.rule, field: 'has_more', value: body['has_more'] }]),
      ...(cursor.rule === null ? [] : [{ rule: cursor.rule, field: 'after', value: body['after'] }]),
    ],
  };
}

interface Read<T> {
  readonly value: T | null;
  readonly rule: RuleId | null;
}

function readHasMore(value: unknown): Read<boolean> {
  if (typeof value === 'boolean') return { value, rule: null };
  if (value === undefined || value === null) return { value: null, rule: ruleIds.missingHasMore };
  const isNo = value === 0 || (typeof value === 'string' && /^(?:false|no|0|)$/i.test(value.trim()));
  return { value: !isNo, rule: ruleIds.hasMoreNotBoolean };
}

function readCursor(value: unknown): Read<Cursor> {
  if (value === undefined || value === null || value === '') return { value: null, rule: null };
  if (typeof value === 'string') return { value, rule: null };
  if (typeof value === 'number') return { value, rule: ruleIds.numericCursor };
  return { value: null, rule: ruleIds.wrongFieldType };
}

/** The id of an element as text; null where it has none. Numbers are ids as well (chatkit-api C.2). */
export function idOf(element: unknown): string | null {
  const id = isRecord(element) ? element['id'] : null;
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' ? id : null;
}

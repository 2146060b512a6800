import { isRecord } from '../../../base/common/json.ts';
import { type RuleId, ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';

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
const elementKeys = [
  'data',
  'items',
  'threads',
  'messages',
  'results',
  'list',
  'entries',
  'records',
  'content',
  'docs',
];
const moreKeys = ['has_more', 'hasMore', 'HasMore', 'has_next', 'hasNext', 'hasNextPage', 'more'];
const cursorKeys = ['after', 'next_cursor', 'nextCursor', 'next_after', 'nextAfter', 'cursor', 'next', 'After'];
/** Keys that hold a page as a whole, or the state of its list. */
const placeKeys = ['pagination', 'page', 'paging', 'meta', 'page_info', 'pageInfo'];

/** The key of the elements of a page; null where a value is no page. */
export function elementKeyOf(body: Readonly<Record<string, unknown>>): string | null {
  // An element has an id and may have lists of its own.
  if ('id' in body) return Array.isArray(body['data']) ? 'data' : null;
  const known = elementKeys.find((name) => Array.isArray(body[name]));
  if (known !== undefined) return known;
  const capital = elementKeys.map((name) => `${name[0]?.toUpperCase()}${name.slice(1)}`);
  return capital.find((name) => Array.isArray(body[name])) ?? null;
}

/**
 * The page in a reply (chatkit-api 5.4), also as a bare list or with its elements under `items`; null where the reply
 * contains no list.
 */
export function readPage(body: unknown): PageReply | null {
  if (Array.isArray(body)) {
    return { elements: body, hasMore: null, after: null, deviations: [{ rule: ruleIds.pageShape, field: '' }] };
  }
  if (!isRecord(body)) return null;
  const key = elementKeyOf(body);
  if (key === null) return null;
  const hasMore = find(body, moreKeys, (value) => value !== undefined && value !== null);
  const after = find(body, cursorKeys, (value) => ['string', 'number'].includes(typeof value));
  const more = readHasMore(hasMore.value);
  const cursor = readCursor(after.value);
  return {
    elements: body[key] as readonly unknown[],
    hasMore: more.value,
    after: cursor.value,
    deviations: [
      ...[key, hasMore.path, after.path]
        .filter((path) => !['data', 'has_more', 'after'].includes(path))
        .map((path) => ({ rule: ruleIds.pageShape, field: path })),
      ...(more.rule === null ? [] : [{ rule: more.rule, field: hasMore.path, value: hasMore.value }]),
      ...(cursor.rule === null ? [] : [{ rule: cursor.rule, field: after.path, value: after.value }]),
    ],
  };
}

/** A value of a page under any name, or in an object such as `pagination`; the value of the protocol's name otherwise. */
function find(
  body: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  isValue: (value: unknown) => boolean,
): { readonly value: unknown; readonly path: string } {
  const own = keys[0] as string;
  if (body[own] !== undefined && body[own] !== null) return { value: body[own], path: own };
  for (const place of ['', ...placeKeys]) {
    const holder = place === '' ? body : body[place];
    if (!isRecord(holder)) continue;
    const key = keys.find((name) => isValue(holder[name]));
    if (key !== undefined) return { value: holder[key], path: place === '' ? key : `${place}.${key}` };
  }
  return { value: body[own], path: own };
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

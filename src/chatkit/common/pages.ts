import { type Json, type JsonObject, isRecord } from '../../base/common/json.ts';
import { exactField, exactJson, parsedOrUndefined } from '../../base/common/parseJson.ts';
import { type RuleId, ruleIds } from './protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from './protocolProblems/problem.ts';

/** Whether a list can be continued. `truncated`: there is more, or may be more, that cannot be loaded. */
export type ListState =
  | { readonly kind: 'more'; readonly after: Cursor; readonly from: 'cursor' | 'lastId' }
  | { readonly kind: 'end' }
  | { readonly kind: 'truncated'; readonly reason: TruncatedReason };

type TruncatedReason =
  /** Neither a cursor nor an id to continue after. */
  | 'noCursor'
  /** The cursor, or the whole page, was received before. */
  | 'repeats'
  /** Too many empty pages in a row. */
  | 'emptyPages';

interface ListStep {
  /** Elements that no earlier page had, as they were received. */
  readonly fresh: readonly unknown[];
  readonly state: ListState;
}

interface ListProgressOptions {
  readonly report: ReportHere;
  /** Maximum number of consecutive empty pages (hidden items make pages empty, chatkit-api 5.3). */
  readonly maxEmptyPages?: number;
}

/** Follows the pages of one list, and ends where it would not end by itself (chatkit-api 5.4, C.1). */
export class ListProgress {
  readonly #report: ReportHere;
  readonly #maxEmptyPages: number;
  readonly #ids = new Set<string>();
  /** Of the pages before the last one: most lists that are read have one page. */
  readonly #keys = new Set<string>();
  #lastPage: readonly unknown[] = [];
  readonly #cursors = new Set<string>();
  #firstKey: string | null = null;
  /** The server announced more elements without a cursor, so the last id was sent. */
  #isGuess = false;
  #pages = 0;
  #emptyPages = 0;

  constructor({ report, maxEmptyPages = 50 }: ListProgressOptions) {
    this.#report = report;
    this.#maxEmptyPages = maxEmptyPages;
  }

  /**
   * Takes the reply to a request. `asked`: its cursor and limit.
   * Reports every deviation of the page and of its place in the list.
   */
  add(page: PageReply, asked: { readonly after: Cursor | null; readonly limit: number }): ListStep {
    const { elements, deviations } = page;
    for (const { rule, field, value } of deviations) this.#report(rule, { field }, value);
    if (asked.after !== null) this.#cursors.add(exactJson(asked.after));
    if (elements.length > asked.limit) this.#report(ruleIds.limitIgnored, { field: 'data' }, elements.length);
    const fresh = this.#freshOf(elements);
    this.#emptyPages = elements.length === 0 ? this.#emptyPages + 1 : 0;
    this.#pages += 1;
    return { fresh, state: this.#stateAfter(page, fresh, asked.limit) };
  }

  /**
   * An element is a repetition when id, type and creation time are the same; other elements with its id are not
   * removed.
   */
  #freshOf(elements: readonly unknown[]): readonly unknown[] {
    const fresh = this.#pages === 0 ? elements : this.#notSeen(elements);
    this.#firstKey ??= keyOf(elements[0]);
    this.#reportTwins(fresh);
    this.#lastPage = elements;
    return fresh;
  }

  #notSeen(elements: readonly unknown[]): readonly unknown[] {
    for (const element of this.#lastPage) {
      const key = keyOf(element);
      if (key !== null) this.#keys.add(key);
    }
    const keys = elements.map(keyOf);
    const isRepeated = (index: number): boolean => this.#keys.has(keys[index] ?? '');
    const fresh = elements.filter((_, index) => !isRepeated(index));
    if (fresh.length < elements.length) {
      const startsAgain = keys[0] != null && keys[0] === this.#firstKey;
      const repeated = elements.find((_, index) => isRepeated(index));
      this.#report(startsAgain ? ruleIds.afterIgnored : ruleIds.repeatedElements, { field: 'data' }, idOf(repeated));
    }
    return fresh;
  }

  /** Different elements with one id: all of them are shown. */
  #reportTwins(fresh: readonly unknown[]): void {
    for (const element of fresh) {
      const id = idOf(element);
      if (id === null) continue;
      if (this.#ids.has(id)) this.#report(ruleIds.repeatedId, { itemId: id, field: 'data[].id' }, id);
      this.#ids.add(id);
    }
  }

  #stateAfter({ elements, hasMore, after }: PageReply, fresh: readonly unknown[], limit: number): ListState {
    // A full page that does not state whether there is more: asking once more is the only way to know.
    const goesOn = hasMore ?? elements.length === limit;
    // The announced elements exist, but an id is no cursor of this server.
    if (!goesOn && this.#isGuess && elements.length === 0) return { kind: 'truncated', reason: 'noCursor' };
    if (!goesOn) return { kind: 'end' };
    const lastId = sentIdOf(elements.at(-1));
    const next = after ?? lastId;
    if (hasMore === true && after === null) this.#report(ruleIds.hasMoreWithoutCursor, { field: 'after' });
    if (elements.length > 0 && fresh.length === 0) return { kind: 'truncated', reason: 'repeats' };
    if (next === null) return { kind: 'truncated', reason: 'noCursor' };
    if (this.#cursors.has(exactJson(next))) {
      this.#report(ruleIds.repeatedCursor, { field: 'after' }, next);
      return { kind: 'truncated', reason: 'repeats' };
    }
    if (this.#emptyPages > this.#maxEmptyPages) {
      this.#report(ruleIds.emptyPageLoop, { field: 'data' });
      return { kind: 'truncated', reason: 'emptyPages' };
    }
    this.#isGuess = hasMore === true && after === null;
    return { kind: 'more', after: next, from: after === null ? 'lastId' : 'cursor' };
  }
}

/** Null for an element without an id. */
function keyOf(element: unknown): string | null {
  const id = idOf(element);
  if (id === null || !isRecord(element)) return null;
  return JSON.stringify([id, element['type'], element['created_at']]);
}

export type Order = 'asc' | 'desc';

/**
 * - `asc`, `desc`: the creation times rise, or fall.
 * - `mixed`: they do neither.
 * - `unknown`: there are not enough different times.
 */
export type FoundOrder = Order | 'mixed' | 'unknown';

/** Times that differ by less are written at the same moment, and their order means nothing; ms. */
const toleranceMs = 1000;

/**
 * The order of elements by their creation times (ms since the epoch, null where unknown). `minStep`: times that differ by less
 * have no order; ms.
 */
export function findOrder(times: readonly (number | null)[], minStep = toleranceMs): FoundOrder {
  let rising = 0;
  let falling = 0;
  let last: number | null = null;
  for (const time of times) {
    if (time === null) continue;
    const step = last === null ? 0 : time - last;
    // Small steps are not lost: the next time is compared with the same one.
    if (last !== null && Math.abs(step) < minStep) continue;
    if (step > 0) rising += 1;
    if (step < 0) falling += 1;
    last = time;
  }
  if (rising === 0 && falling === 0) return 'unknown';
  // A few elements out of place do not change the direction of a list.
  if (falling === 0 || rising >= falling * 4) return 'asc';
  return rising === 0 || falling >= rising * 4 ? 'desc' : 'mixed';
}

interface ArrangedPage<T> {
  /** In the order that was requested, if reversing the page results in it. */
  readonly elements: readonly T[];
  readonly found: FoundOrder;
  /**
   * The page was in the opposite order and was reversed: the server ignores `order`. Its first page is then the other
   * end of the list, so the whole list must be loaded to find the newest element.
   */
  readonly isReversed: boolean;
}

/**
 * A page in the requested order. The elements stay as they were received, or are reversed as a whole: a server knows the
 * order of its elements better than their times do. `timeOf`: ms since the epoch, null where unknown. `minElements`: number of
 * elements with different times that a conclusion needs; more for lists that servers may sort by another time.
 */
export function arrangePage<T>(
  elements: readonly T[],
  requested: Order,
  timeOf: (element: T) => number | null,
  minElements = 2,
): ArrangedPage<T> {
  const times = elements.map(timeOf);
  const distinct = new Set(times.filter((time) => time !== null)).size;
  const found = distinct < minElements ? 'unknown' : findOrder(times);
  const isReversed = (found === 'asc' || found === 'desc') && found !== requested;
  return { elements: isReversed ? elements.toReversed() : elements, found, isReversed };
}

/** Whether each page lies completely after the one before it, in the requested order. */
export function arePagesInOrder<T>(
  pages: readonly (readonly T[])[],
  order: Order,
  timeOf: (element: T) => number | null,
): boolean {
  const ranges = pages.flatMap((page) => {
    const times = page.map(timeOf).filter((time) => time !== null);
    return times.length === 0 ? [] : [{ first: Math.min(...times), last: Math.max(...times) }];
  });
  const follows = ranges.slice(1).map(({ first, last }, index) => {
    const before = ranges[index] ?? { first, last };
    return order === 'desc' ? last < before.first : first > before.last;
  });
  return follows.length > 0 && follows.every(Boolean);
}

/** A cursor as the server sent it: it is sent back unchanged, as a number or an object where it was one. */
export type Cursor = string | number | bigint | JsonObject | readonly Json[];

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
  'rows',
  'edges',
];
const moreKeys = ['has_more', 'hasMore', 'HasMore', 'has_next', 'hasNext', 'hasNextPage', 'more'];
const cursorKeys = [
  ...['after', 'next_cursor', 'nextCursor', 'next_after', 'nextAfter', 'cursor', 'next', 'After'],
  ...['next_token', 'nextToken', 'next_page_token', 'nextPageToken', 'end_cursor', 'endCursor'],
];
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
  const after = find(body, cursorKeys, isCursor);
  const { elements, odd } = readElements(body[key] as readonly unknown[]);
  const more = readHasMore(hasMore.value);
  const cursor = readCursor(after.value, sentIdOf(elements.at(-1)));
  shareTexts(elements);
  return {
    elements,
    hasMore: more.value,
    after: cursor.value,
    deviations: [
      ...[key, hasMore.path, after.path]
        .filter((path) => !['data', 'has_more', 'after'].includes(path))
        .map((path) => ({ rule: ruleIds.pageShape, field: path })),
      ...(odd === null ? [] : [{ rule: odd, field: `${key}[]` }]),
      ...(more.rule === null ? [] : [{ rule: more.rule, field: hasMore.path, value: hasMore.value }]),
      ...(cursor.rule === null ? [] : [{ rule: cursor.rule, field: after.path, value: after.value }]),
    ],
  };
}

/** The address of the next page is no cursor. */
function isCursor(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && !/^(?:https?:)?\//.test(value));
}

const elementWrappers = ['item', 'node', 'message', 'thread', 'data', 'value'];

/** The elements of a page, also as JSON text or in an object of their own, and the rule that this violates. */
function readElements(list: readonly unknown[]): {
  readonly elements: readonly unknown[];
  readonly odd: RuleId | null;
} {
  let odd: RuleId | null = null;
  const elements = list.map((element) => {
    if (typeof element === 'string' && /^\s*\{/.test(element)) {
      const parsed = parsedOrUndefined(element);
      if (isRecord(parsed)) odd = ruleIds.doubleEncodedJson;
      return isRecord(parsed) ? parsed : element;
    }
    if (!isRecord(element) || element['id'] != null || element['type'] != null) return element;
    const inner = elementWrappers.map((key) => element[key]).find((value) => isRecord(value) && value['id'] != null);
    if (inner !== undefined) odd = ruleIds.pageShape;
    return inner ?? element;
  });
  return { elements: odd === null ? list : elements, odd };
}

/** A value of a page under any name, or in an object such as `pagination`; the value of the protocol's name otherwise. */
function find(
  body: Readonly<Record<string, unknown>>,
  keys: readonly string[],
  isValue: (value: unknown) => boolean,
): { readonly value: unknown; readonly path: string } {
  const own = keys[0] as string;
  if (body[own] !== undefined && body[own] !== null) return { value: exactField(body, own), path: own };
  for (const place of ['', ...placeKeys]) {
    const holder = place === '' ? body : body[place];
    if (!isRecord(holder)) continue;
    const key = keys.find((name) => isValue(holder[name]));
    if (key !== undefined) return { value: exactField(holder, key), path: place === '' ? key : `${place}.${key}` };
  }
  return { value: body[own], path: own };
}

/** Fields whose texts most elements of a page repeat. */
const repeated = ['type', 'object', 'thread_id'];

/** Replaces equal texts by one: parsed JSON has a copy for each element, in memory as long as the element. */
function shareTexts(elements: readonly unknown[]): void {
  const texts = new Map<string, string>();
  for (const element of elements) {
    if (!isRecord(element)) continue;
    const fields = element as Record<string, unknown>;
    for (const field of repeated) {
      const text = fields[field];
      if (typeof text !== 'string') continue;
      const known = texts.get(text);
      if (known === undefined) texts.set(text, text);
      else fields[field] = known;
    }
  }
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

/** An object that contains the id of the last element is that id; other ones are sent back as they are. */
function readCursor(value: unknown, lastId: string | number | bigint | null): Read<Cursor> {
  if (value === undefined || value === null || value === '') return { value: null, rule: null };
  if (typeof value === 'string') return { value, rule: null };
  if (typeof value === 'number' || typeof value === 'bigint') return { value, rule: ruleIds.numericCursor };
  const rule = ruleIds.wrongFieldType;
  if (typeof value !== 'object') return { value: null, rule };
  const parts = Object.keys(value).map((key) => String(exactField(value as JsonObject, key)));
  const hasId = lastId !== null && parts.includes(String(lastId));
  return { value: hasId ? lastId : parts.length === 0 ? null : (value as JsonObject), rule };
}

/** The id of an element as text; null where it has none. Numbers are ids as well (chatkit-api C.2). */
export function idOf(element: unknown): string | null {
  const id = sentIdOf(element);
  return id === null ? null : String(id);
}

/** The id of an element as it was sent, with all its digits. */
function sentIdOf(element: unknown): string | number | bigint | null {
  const id = isRecord(element) ? element['id'] : null;
  if (typeof id === 'number') return exactField(element as JsonObject, 'id') as number | bigint;
  return typeof id === 'string' && id !== '' ? id : null;
}

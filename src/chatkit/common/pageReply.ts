import { type Json, type JsonObject, isRecord } from '../../base/common/json.ts';
import { exactField, jsonInText, withFields } from '../../base/common/parseJson.ts';
import { sentIdOf } from './elementId.ts';
import { type RuleId, ruleIds } from './protocolProblems/catalogue/ruleIds.ts';

/** A cursor as the server sent it: it is sent back unchanged, as a number or an object where it was one. */
export type Cursor = string | number | bigint | JsonObject | readonly Json[];

export interface PageReply {
  readonly elements: readonly unknown[];
  /** Null where the page does not state it. */
  readonly hasMore: boolean | null;
  /** Null where there is none. */
  readonly after: Cursor | null;
  /** Number of elements of the whole list, where the page states it in place of `has_more`; else null. */
  readonly total: number | null;
  readonly deviations: readonly { readonly rule: RuleId; readonly field: string; readonly value?: unknown }[];
}

type Fields = Readonly<Record<string, unknown>>;

/** Names under which servers put the elements of a page (chatkit-api C.1). */
const elementNames = [
  ...['data', 'items', 'threads', 'messages', 'results', 'list', 'entries', 'records', 'content', 'docs', 'rows'],
  ...['edges', 'value', 'values', 'thread_items', 'conversations', 'documents', 'elements', 'nodes'],
];
const elementKeys = [...elementNames, ...elementNames.map((name) => `${name[0]?.toUpperCase()}${name.slice(1)}`)];
/** Keys of a thread without an id. */
const threadKeys = ['_id', 'uuid', 'created_at', 'createdAt', 'status'];
const moreKeys = ['has_more', 'hasMore', 'HasMore', 'has_next', 'hasNext', 'hasNextPage', 'more'];
const cursorKeys = [
  ...['after', 'next_cursor', 'nextCursor', 'next_after', 'nextAfter', 'cursor', 'next', 'After'],
  ...['next_token', 'nextToken', 'next_page_token', 'nextPageToken', 'end_cursor', 'endCursor'],
  ...['LastEvaluatedKey', 'lastEvaluatedKey'],
];
/** Keys that hold a page as a whole, or the state of its list. */
const placeKeys = ['pagination', 'page', 'paging', 'meta', 'page_info', 'pageInfo', 'links', '_links'];

interface FoundElements {
  readonly path: string;
  readonly list: readonly unknown[];
}

/** Whether a body is a page of elements, in any form. */
export function isPage(body: unknown): boolean {
  return Array.isArray(body) || (isRecord(body) && elementsIn(body) !== null);
}

/** The elements of a page and where they are; null where a value is no page. */
function elementsIn(body: Fields): FoundElements | null {
  // An element has an id and may have lists of its own.
  if ('id' in body) return Array.isArray(body['data']) ? { path: 'data', list: body['data'] } : null;
  const known = elementKeys.find((name) => Array.isArray(body[name]));
  if (known !== undefined) return { path: known, list: body[known] as readonly unknown[] };
  // A list that is empty in Go.
  if (body['data'] === null && moreKeys.some((name) => name in body)) return { path: 'data', list: [] };
  // A thread has pages of its own.
  if (threadKeys.some((name) => name in body)) return null;
  const embedded = isRecord(body['_embedded']) ? Object.entries(body['_embedded']) : [];
  const inside = embedded.find(([, value]) => Array.isArray(value));
  if (inside !== undefined) return { path: `_embedded.${inside[0]}`, list: inside[1] as readonly unknown[] };
  for (const name of elementKeys) {
    const found = isRecord(body[name]) ? listInObject(body[name]) : null;
    if (found !== null) return { path: `${name}${found.path}`, list: found.list };
  }
  const lists = Object.entries(body).filter(([, value]) => isElements(value));
  const [only] = lists;
  return only === undefined || lists.length > 1 ? null : { path: only[0], list: only[1] as readonly unknown[] };
}

/** The list that an object is: of a serialiser, by index (PHP), by id, or the only one in it. */
function listInObject(object: Fields): FoundElements | null {
  if (Array.isArray(object['$values'])) return { path: '.$values', list: object['$values'] };
  const entries = Object.entries(object);
  const areObjects = entries.length > 0 && entries.every(([, value]) => isRecord(value));
  const isByKey = entries.some(([key, value]) => isRecord(value) && key === String(value['id']));
  if (areObjects && (isByKey || entries.every(([key]) => /^\d+$/.test(key)))) {
    return { path: '.*', list: Object.values(object) };
  }
  const [only, ...others] = entries;
  return only !== undefined && others.length === 0 && isElements(only[1])
    ? { path: `.${only[0]}`, list: only[1] as readonly unknown[] }
    : null;
}

function isElements(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((element) => isRecord(element) && 'id' in element);
}

/**
 * The page in a reply (chatkit-api 5.4), also as a bare list or with its elements under `items`; null where the reply
 * contains no list.
 */
export function readPage(body: unknown): PageReply | null {
  if (Array.isArray(body)) {
    const deviations = [{ rule: ruleIds.pageShape, field: '' }];
    return { elements: body, hasMore: null, after: null, total: null, deviations };
  }
  if (!isRecord(body)) return null;
  const found = elementsIn(body);
  if (found === null) return null;
  const hasMore = find(body, moreKeys, (value) => value !== undefined && value !== null);
  const after = find(body, cursorKeys, isCursor);
  const { elements, odd } = readElements(found.list);
  const more = readHasMore(hasMore.value);
  const cursor = readCursor(after.value, sentIdOf(elements.at(-1)));
  shareTexts(elements);
  const stated = more.value === null ? statedMore(body, after.path) : null;
  return {
    elements,
    hasMore: more.value ?? stated?.hasMore ?? null,
    after: cursor.value,
    total: stated?.total ?? null,
    deviations: [
      ...[...new Set([found.path, hasMore.path, after.path, stated?.path ?? 'data'])]
        .filter((path) => !['data', 'has_more', 'after'].includes(path))
        .map((path) => ({ rule: ruleIds.pageShape, field: path })),
      ...(body[found.path] === null ? [{ rule: ruleIds.wrongFieldType, field: found.path, value: null }] : []),
      ...(odd === null ? [] : [{ rule: odd, field: `${found.path}[]` }]),
      ...(more.rule === null ? [] : [{ rule: more.rule, field: hasMore.path, value: hasMore.value }]),
      ...(cursor.rule === null ? [] : [{ rule: cursor.rule, field: after.path, value: after.value }]),
    ],
  };
}

const linkKeys = ['next', 'next_url', 'nextUrl', 'next_page_url', 'nextPageUrl', 'nextLink', '@odata.nextLink'];
const lastKeys = ['last', 'is_last', 'isLast', 'is_last_page', 'isLastPage'];
const currentKeys = ['current_page', 'currentPage', 'page', 'page_number', 'pageNumber'];
const pagesKeys = ['last_page', 'lastPage', 'pages', 'total_pages', 'totalPages', 'page_count', 'pageCount'];
const totalKeys = [
  ...['total', 'total_count', 'totalCount', 'total_elements', 'totalElements', 'total_items', 'totalItems'],
  ...['totalResults', 'total_results', 'count', '@odata.count'],
];

interface StatedMore {
  readonly path: string;
  readonly hasMore: boolean | null;
  readonly total: number | null;
}

/** What a page without `has_more` states about the rest: a link, its number, or the size of the list. */
function statedMore(body: Fields, cursorPath: string): StatedMore | null {
  // A cursor of this name exists only where there is a next page.
  if (/next|LastEvaluated/i.test(cursorPath)) return { path: cursorPath, hasMore: true, total: null };
  let total: StatedMore | null = null;
  for (const { holder, at } of holdersIn(body)) {
    const link = linkKeys.find((key) => isLink(holder[key]));
    if (link !== undefined) return { path: at(link), hasMore: true, total: null };
    const last = lastKeys.find((key) => typeof holder[key] === 'boolean');
    if (last !== undefined) return { path: at(last), hasMore: holder[last] === false, total: null };
    const pages = pagesKeys.find((key) => typeof holder[key] === 'number');
    const current = currentKeys.map((key) => holder[key]).find((value) => typeof value === 'number');
    // Pages with a `number` are counted from 0.
    const index = typeof holder['number'] === 'number' ? holder['number'] + 1 : current;
    if (pages !== undefined && typeof index === 'number') {
      return { path: at(pages), hasMore: index < (holder[pages] as number), total: null };
    }
    const count = totalKeys.find((key) => typeof holder[key] === 'number');
    if (count !== undefined) total ??= { path: at(count), hasMore: null, total: holder[count] as number };
  }
  return total;
}

interface Holder {
  readonly holder: Fields;
  /** The path of one of its keys in the body. */
  readonly at: (key: string) => string;
}

/** The objects that can describe a page: the body itself, and objects such as `pagination` in it. */
function holdersIn(body: Fields): readonly Holder[] {
  const inner = placeKeys.flatMap((place): readonly Holder[] => {
    const holder = body[place];
    return isRecord(holder) ? [{ holder, at: (key) => `${place}.${key}` }] : [];
  });
  return [{ holder: body, at: (key) => key }, ...inner];
}

function isLink(value: unknown): boolean {
  const address = isRecord(value) ? value['href'] : value;
  return typeof address === 'string' && /^(?:https?:)?\/|^[?]/.test(address);
}

/** The address of the next page is no cursor. */
function isCursor(value: unknown, key: string): boolean {
  if (isRecord(value)) return /LastEvaluated/i.test(key);
  return typeof value === 'number' || (typeof value === 'string' && value !== '' && !isLink(value));
}

const elementWrappers = ['item', 'node', 'message', 'thread', 'data', 'value'];

/** The elements of a page, also as JSON text or in an object of their own, and the rule that this violates. */
function readElements(list: readonly unknown[]): {
  readonly elements: readonly unknown[];
  readonly odd: RuleId | null;
} {
  let odd: RuleId | null = null;
  const elements = list.map((element) => {
    const inText = jsonInText(element);
    if (isRecord(inText)) {
      odd = ruleIds.doubleEncodedJson;
      return inText;
    }
    if (isRecord(element) && isRecord(element['attributes']) && element['created_at'] === undefined) {
      odd = ruleIds.pageShape;
      const { attributes, ...own } = element;
      return withFields(attributes as Fields, own);
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
  body: Fields,
  keys: readonly string[],
  isValue: (value: unknown, key: string) => boolean,
): { readonly value: unknown; readonly path: string } {
  const own = keys[0] as string;
  if (body[own] !== undefined && body[own] !== null) return { value: exactField(body, own), path: own };
  for (const { holder, at } of holdersIn(body)) {
    const key = keys.find((name) => isValue(holder[name], name));
    if (key !== undefined) return { value: exactField(holder, key), path: at(key) };
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

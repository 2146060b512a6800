import { isSourceError, SourceError, type ErrorDetails } from '../../common/errors.ts';
import type { Json } from '../../../base/common/json.ts';
import type { Log } from '../../../base/common/log.ts';
import type { Page, PageQuery } from '../../common/threadSource.ts';
import { lastIdOf, listSchema, type WireList } from '../../common/wire/openai/list.ts';
import { readWith } from '../../common/wire/readWith.ts';

/** Fetches part of a list. `limit` can be smaller than requested, and `after` can be a later cursor. */
type FetchList = (query: { readonly limit: number; readonly after: string | undefined }) => Promise<{
  readonly json: Json;
  readonly details: ErrorDetails;
  readonly bytes: number;
}>;

/** Maximum size of joined pages, in bytes. The remaining elements are part of the next page. */
const maxJoinedBytes = 256 * 1024 * 1024;

/**
 * Fetches one page of a list (chatkit-api 1.4, 1.5). If a response exceeds the size limit, the page is requested again
 * in smaller pages, which are joined, so that every thread can be read. A single element over the limit is an error.
 * `read` returns null for an element that cannot be used.
 */
export async function fetchPage<T>(
  query: PageQuery,
  fetchList: FetchList,
  read: (raw: Json) => T | null,
  log: Log,
): Promise<Page<T>> {
  const data: T[] = [];
  // The elements next to `before` are the end of the requested range: a smaller page lacks the elements before them.
  const isBackwards = query.before !== undefined && query.after === undefined;
  let after = query.after;
  let limit = query.limit;
  let left = query.limit;
  let bytes = 0;
  let skipped = 0;
  for (;;) {
    const list = await fetchSmaller(fetchList, Math.min(limit, left), after);
    limit = list.limit;
    left -= list.wire.data.length;
    bytes += list.bytes;
    for (const raw of list.wire.data) {
      const element = read(raw);
      if (element === null) skipped += 1;
      else data.push(element);
    }
    const next = nextCursor(list.wire, after, log);
    const hasMore = goesOn(list.wire);
    const complete = isBackwards || next === null || left <= 0 || list.limit >= query.limit || bytes > maxJoinedBytes;
    if (complete) {
      if (skipped > 0) log.warn(`${skipped} elements of a list have no id and were left out.`);
      return { data, hasMore, next };
    }
    after = next;
  }
}

/** Requests `limit` elements, then half as many, until the response is small enough. */
async function fetchSmaller(
  fetchList: FetchList,
  limit: number,
  after: string | undefined,
): Promise<{ readonly wire: WireList; readonly limit: number; readonly bytes: number }> {
  for (let size = limit; ; size = Math.floor(size / 2)) {
    try {
      const { json, details, bytes } = await fetchList({ limit: size, after });
      return { wire: readWith(listSchema, json, 'a list', details), limit: size, bytes };
    } catch (error) {
      if (!isSourceError(error, 'tooLarge')) throw error;
      if (size <= 1) throw tooLargeAlone(error);
    }
  }
}

function tooLargeAlone({ details }: SourceError): SourceError {
  return new SourceError(
    'tooLarge',
    'One single element of this list is larger than what can be read at once.',
    details,
  );
}

function goesOn(wire: WireList): boolean {
  return wire.has_more === true && wire.data.length > 0;
}

/**
 * Returns the next cursor. Returns null at the end of the list, and when the cursor is the one that was requested,
 * because following it would never end. In that case, `hasMore` of the page is still true, and the UI reports that the
 * rest cannot be loaded.
 */
function nextCursor(wire: WireList, after: string | undefined, log: Log): string | null {
  if (!goesOn(wire)) return null;
  const next = lastIdOf(wire);
  if (next === after) {
    log.warn('The server reports more elements but repeats its cursor. Loading stopped.');
    return null;
  }
  return next;
}

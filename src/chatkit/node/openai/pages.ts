import { isSourceError, SourceError, type ErrorDetails } from '../../common/errors.ts';
import type { Json } from '../../../base/common/json.ts';
import type { Log } from '../../../base/common/log.ts';
import type { Page, PageQuery } from '../../common/threadSource.ts';
import { lastIdOf, listSchema, type WireList } from '../../common/wire/openai/list.ts';
import { readWith } from '../../common/wire/readWith.ts';

/** Fetches one list; `limit` may be smaller than what was asked for, `after` further on. */
type FetchList = (query: { readonly limit: number; readonly after: string | undefined }) => Promise<{
  readonly json: Json;
  readonly details: ErrorDetails;
  readonly bytes: number;
}>;

/** Joining goes on up to here; what is left is the next page's. */
const maxJoinedBytes = 256 * 1024 * 1024;

/**
 * One page of a list (chatkit-api 1.4, 1.5). An answer over the size cap is asked for again in smaller pages, which are
 * joined, so that no thread is unreadable; a single element over the cap is an error. `read` gives null for an element
 * that cannot be kept.
 */
export async function fetchPage<T>(
  query: PageQuery,
  fetchList: FetchList,
  read: (raw: Json) => T | null,
  log: Log,
): Promise<Page<T>> {
  const data: T[] = [];
  // The elements next to `before` are the end of what was asked for: what a smaller page lacks stands before it.
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

/** Asks with `limit`, then with half of it, until the answer is small enough. */
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
 * Null at the end, and where the cursor leads back to where it came from: following it would never stop. The page then
 * still has more, which nobody can ask for, and whoever shows it says so.
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

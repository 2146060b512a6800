import * as z from 'zod';
import type { Json } from '../../../base/common/json.ts';
import { type PageReply, idOf, readPage } from '../../common/paging/readPage.ts';
import { ruleIds } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import { SourceError, isSourceError } from '../../common/errors.ts';
import type { Page, PageQuery } from '../../common/threadSource.ts';
import { ListProgress, findOrder } from '../../common/paging/listProgress.ts';
import type { ReportHere } from '../../common/protocolProblems/problem.ts';
import type { JsonResponse } from './client.ts';

/** Fetches part of a list. `limit` can be smaller than requested, and `after` can be a later cursor. */
type FetchList = (query: { readonly limit: number; readonly after: string | undefined }) => Promise<JsonResponse>;

interface ListRequest<T> {
  readonly fetchList: FetchList;
  /** Returns what reads the elements of a response: null for an element that cannot be used. */
  readonly reader: (response: JsonResponse) => (raw: Json) => T | null;
  /** ms since the epoch; null where unknown. */
  readonly timeOf: (element: T) => number | null;
  readonly report: ReportHere;
}

/** Maximum size of joined pages, in bytes. The remaining elements are part of the next page. */
const maxJoinedBytes = 256 * 1024 * 1024;

/**
 * Fetches one page of a list (chatkit-api 1.4, 1.5). If a response exceeds the size limit, the page is requested again
 * in smaller pages, which are joined, so that every thread can be read. A single element over the limit is an error. A
 * page whose end was not reached and that cannot be continued has more elements and no cursor.
 */
export async function fetchPage<T>(query: PageQuery, list: ListRequest<T>): Promise<Page<T>> {
  const { fetchList, reader, report } = list;
  const data: T[] = [];
  const progress = new ListProgress({ report });
  // The elements next to `before` are the end of the requested range: a smaller page lacks the elements before them.
  const isBackwards = query.before !== undefined && query.after === undefined;
  let after = query.after;
  let limit = query.limit;
  let left = query.limit;
  let bytes = 0;
  for (;;) {
    const asked = { limit: Math.min(limit, left), after };
    const { wire, response, limit: used } = await fetchSmaller(fetchList, asked);
    limit = used;
    left -= wire.elements.length;
    bytes += response.bytes;
    const { fresh, state } = progress.take(wire, { after: after ?? null, limit: used });
    const read = reader(response);
    for (const raw of fresh as readonly Json[]) {
      const element = read(raw);
      if (element !== null) data.push(element);
    }
    const next = state.kind === 'more' ? String(state.after) : null;
    const isDone = isBackwards || next === null || left <= 0 || used >= query.limit || bytes > maxJoinedBytes;
    if (isDone) {
      checkOrder(data, query, list);
      return { data, hasMore: state.kind !== 'end', next };
    }
    after = next;
  }
}

/** The hosted API sorts by the time of creation (chatkit-api 1.4). */
function checkOrder<T>(data: readonly T[], { order }: PageQuery, { timeOf, report }: ListRequest<T>): void {
  const found = findOrder(data.map(timeOf));
  if (found === 'mixed') report(ruleIds.timesOutOfOrder, { field: 'data' });
  else if (found !== 'unknown' && found !== order) report(ruleIds.orderIgnored, { field: 'order' }, order);
}

/** Requests `limit` elements, then half as many, until the response is small enough. */
async function fetchSmaller(
  fetchList: FetchList,
  { limit, after }: { readonly limit: number; readonly after: string | undefined },
): Promise<{ readonly wire: PageReply; readonly response: JsonResponse; readonly limit: number }> {
  for (let size = limit; ; size = Math.floor(size / 2)) {
    try {
      const response = await fetchList({ limit: size, after });
      const wire = readList(response.json);
      if (wire === null) throw new SourceError('invalidResponse', 'The answer is not a list.', response.details);
      return { wire, response, limit: size };
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

/** The list envelope (chatkit-api 1.5). Its elements are read one by one, so that a broken one cannot sink the page. */
export const listSchema = z.object({
  object: z.string().nullish().catch(null),
  data: z.custom<readonly Json[]>(Array.isArray, 'expected array'),
  first_id: z.union([z.string(), z.number()]).nullish().catch(null),
  last_id: z.union([z.string(), z.number()]).nullish().catch(null),
  has_more: z.unknown().optional(),
});

/**
 * A list of the REST API as a page; null where the reply contains no list. The cursor of the page after it is `last_id`,
 * or the last element's own id where a server leaves it out.
 */
export function readList(body: Json): PageReply | null {
  const page = readPage(body);
  const parsed = listSchema.safeParse(body);
  if (page === null || !parsed.success) return page;
  const { last_id: lastId } = parsed.data;
  const missing = (['object', 'first_id', 'last_id'] as const).filter((key) => parsed.data[key] === undefined);
  return {
    ...page,
    // An empty page has no last element, so there is nothing to continue after.
    hasMore: page.elements.length === 0 ? false : page.hasMore,
    after: lastId === undefined || lastId === null || lastId === '' ? idOf(page.elements.at(-1)) : lastId,
    deviations: [...page.deviations, ...missing.map((field) => ({ rule: ruleIds.listEnvelope, field }))],
  };
}

import { append } from '../../../base/common/lists.ts';
import { SourceError } from '../../common/errors.ts';
import type { Json } from '../../../base/common/json.ts';
import type { Order, Page, PageQuery } from '../../common/threadSource.ts';
import { ListProgress, type ListState, arrangePage } from '../../common/paging/listProgress.ts';
import { type Cursor, idOf, readPage } from '../../common/paging/readPage.ts';
import { ruleIds } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../common/protocolProblems/problem.ts';
import type { JsonResponse } from './client.ts';

/** One list of a server. */
export interface ListRequest<T> {
  /** Identifies the list among all lists of the server. */
  readonly key: string;
  readonly ask: (query: {
    readonly limit: number;
    readonly order: Order;
    readonly after: Cursor | undefined;
  }) => Promise<JsonResponse>;
  /** Returns what reads the elements of a response: null for an element that cannot be used. */
  readonly reader: (response: JsonResponse) => (raw: Json) => T | null;
  /** ms since the epoch; null where unknown. */
  readonly timeOf: (element: T) => number | null;
  readonly report: ReportHere;
  /** Whether the list may be sorted by another time than the one of creation. */
  readonly mayBeByActivity: boolean;
}

/** Most elements of a list that is loaded as a whole, because the server ignores the order. */
const maxWhole = 20_000;
/** Lists that are being read. */
const maxProgress = 64;
/** Marks a cursor that the server sent as a number: it is sent back as one. */
const numberMark = '\u0000number:';

/**
 * Reads the lists of a self-hosted server page by page (chatkit-api 5.4, C.1): follows cursors of any form, continues
 * after the last id where there is none, and ends where the server would never end. A list whose end was not reached has
 * more elements and no cursor.
 */
export class ServerPages {
  readonly #progress = new Map<string, ListProgress>();
  /** Lists, by command, for which the server was found to ignore the order. */
  readonly #unordered = new Set<string>();

  async fetch<T>(query: PageQuery, list: ListRequest<T>): Promise<Page<T>> {
    const first = await this.#fetch(query, list);
    if (query.after !== undefined) return first.page;
    const arranged = arrangePage(first.page.data, query.order, list.timeOf);
    if (!arranged.isReversed) {
      if (arranged.found === 'mixed' && !list.mayBeByActivity) list.report(ruleIds.timesOutOfOrder, { field: 'data' });
      return first.page;
    }
    if (!(await this.#ignoresOrder(query, list, first.firstRaw))) return first.page;
    list.report(ruleIds.orderIgnored, { field: 'order' }, query.order);
    return this.#whole(query, list, first.page);
  }

  /** Asks for the opposite order. The same first element means that the server does not look at the order. */
  async #ignoresOrder<T>(query: PageQuery, list: ListRequest<T>, first: Json | undefined): Promise<boolean> {
    if (this.#unordered.has(list.key)) return true;
    const order = query.order === 'asc' ? 'desc' : 'asc';
    const { json } = await list.ask({ limit: query.limit, order, after: undefined });
    const [other] = readPage(json)?.elements ?? [];
    const isSame = idOf(other) === null ? JSON.stringify(other) === JSON.stringify(first) : idOf(other) === idOf(first);
    if (isSame) this.#unordered.add(list.key);
    return isSame;
  }

  /** The first page in the wrong order is the other end of the list: only the whole list has the elements in question. */
  async #whole<T>(query: PageQuery, list: ListRequest<T>, first: Page<T>): Promise<Page<T>> {
    const data = [...first.data];
    let page = first;
    while (page.hasMore && page.next !== null && data.length < maxWhole) {
      ({ page } = await this.#fetch({ ...query, limit: 100, after: page.next }, list));
      append(data, page.data);
    }
    return { data: data.toReversed(), hasMore: page.hasMore, next: null };
  }

  /** One page with at least one element, unless the list has no more. */
  async #fetch<T>(
    { limit, order, after }: PageQuery,
    list: ListRequest<T>,
  ): Promise<{ readonly page: Page<T>; readonly firstRaw: Json | undefined }> {
    let cursor = after === undefined ? undefined : fromText(after);
    const progress = this.#take(list, order, after);
    for (;;) {
      const response = await list.ask({ limit, order, after: cursor });
      const wire = readPage(response.json);
      if (wire === null) throw new SourceError('invalidResponse', 'The answer is not a page.', response.details);
      const { fresh, state } = progress.take(wire, { after: cursor ?? null, limit });
      const read = list.reader(response);
      const data = (fresh as readonly Json[]).map((raw) => read(raw)).filter((element) => element !== null);
      if (data.length > 0 || state.kind !== 'more') {
        return { page: this.#keep(data, state, progress, list, order), firstRaw: wire.elements[0] as Json | undefined };
      }
      cursor = state.after;
    }
  }

  #keep<T>(
    data: readonly T[],
    state: ListState,
    progress: ListProgress,
    { key }: ListRequest<T>,
    order: Order,
  ): Page<T> {
    if (state.kind !== 'more') return { data, hasMore: state.kind === 'truncated', next: null };
    const next = toText(state.after);
    this.#progress.set(`${key} ${order} ${next}`, progress);
    for (const oldest of this.#progress.keys()) {
      if (this.#progress.size <= maxProgress) break;
      this.#progress.delete(oldest);
    }
    return { data, hasMore: true, next };
  }

  /** What is known of the pages before a cursor. Used once: the same page can be loaded again on its own. */
  #take<T>({ key, report }: ListRequest<T>, order: Order, after: string | undefined): ListProgress {
    const place = `${key} ${order} ${after ?? ''}`;
    const progress = after === undefined ? undefined : this.#progress.get(place);
    this.#progress.delete(place);
    return progress ?? new ListProgress({ report });
  }
}

function toText(cursor: Cursor): string {
  return typeof cursor === 'number' ? `${numberMark}${cursor}` : cursor;
}

function fromText(text: string): Cursor {
  return text.startsWith(numberMark) ? Number(text.slice(numberMark.length)) : text;
}

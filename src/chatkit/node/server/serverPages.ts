import * as l10n from '@vscode/l10n';
import { append, keepNewest } from '../../../base/common/lists.ts';
import type { Json } from '../../../base/common/json.ts';
import { exactInteger, exactJson, parsedOrUndefined } from '../../../base/common/parseJson.ts';
import { SourceError } from '../../common/errors.ts';
import { idOf } from '../../common/elementId.ts';
import { type FoundOrder, arePagesInOrder, arrangePage, findOrder } from '../../common/listOrder.ts';
import { type Cursor, readPage } from '../../common/pageReply.ts';
import { ListProgress, type ListState } from '../../common/pages.ts';
import { ruleIds } from '../../common/protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../common/protocolProblems/problem.ts';
import type { Order, Page, PageQuery } from '../../common/threadSource.ts';
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
  /** The order of elements without times, by their content; null where it does not show. */
  readonly orderOf: (elements: readonly T[]) => Order | null;
  /** Whether the list may be sorted by another time than the one of creation. */
  readonly mayBeByActivity: boolean;
}

/** Maximum number of elements of a list that is loaded as a whole because the server ignores the order. */
const maxWhole = 20_000;
/** Lists that are being read. */
const maxProgress = 64;
/** Marks a cursor that the server sent as a number or an object: it is sent back as one. */
const numberMark = '\u0000number:';
const jsonMark = '\u0000json:';

/**
 * Reads the lists of a self-hosted server page by page (chatkit-api 5.4, C.1): follows cursors of any form, continues
 * after the last id where there is none, and ends where the server would never end. A list whose end was not reached has
 * more elements and no cursor.
 */
export class ServerPages {
  readonly #progress = new Map<string, ListProgress>();
  /** Lists for which the server was found to ignore the order. */
  readonly #unordered = new Set<string>();
  /** Whether the order of a list without times was found to be obeyed. Such a list is asked for once. */
  #obeysOrder = false;

  async fetch<T>(query: PageQuery, list: ListRequest<T>): Promise<Page<T>> {
    const first = await this.#fetch(query, list);
    if (query.after !== undefined) return first.page;
    const arranged = arrangePage(first.page.data, query.order, list.timeOf);
    if (arranged.found === 'unknown') return this.#arrangeUncertain(query, list, first);
    if (!arranged.isReversed) {
      if (arranged.found === 'mixed' && !list.mayBeByActivity) list.report(ruleIds.timesOutOfOrder, { field: 'data' });
      return first.page;
    }
    // Two times can differ by the clocks that set them, and a list by activity has another order than its times.
    const isCertain = !list.mayBeByActivity && arrangePage(first.page.data, query.order, list.timeOf, 3).isReversed;
    if (!(await this.#ignoresOrder(query, list, first.firstRaw)) && !isCertain) {
      if (!list.mayBeByActivity) list.report(ruleIds.timesOutOfOrder, { field: 'data' });
      return first.page;
    }
    list.report(ruleIds.orderIgnored, { field: 'order' }, query.order);
    return this.#whole(query, list, first.page);
  }

  /**
   * A page whose times are missing or within a moment. The page keeps its order, unless the server returns the same
   * page for both orders: then times that differ at all, the content, or the usual order of such servers decide.
   */
  async #arrangeUncertain<T>(
    query: PageQuery,
    list: ListRequest<T>,
    { page, firstRaw }: { readonly page: Page<T>; readonly firstRaw: Json | undefined },
  ): Promise<Page<T>> {
    const times = page.data.map(list.timeOf);
    if (times.length < 2 || list.mayBeByActivity) return page;
    const exact: FoundOrder = findOrder(times, 1);
    const isTimed = times.some((time) => time !== null);
    // Equal times are no evidence: a server that sorts by them returns the same page for both orders.
    if (isTimed ? exact === query.order || exact === 'unknown' || exact === 'mixed' : this.#obeysOrder) return page;
    if (!(await this.#ignoresOrder(query, list, firstRaw))) {
      this.#obeysOrder ||= !isTimed;
      return page;
    }
    const known = isTimed ? (exact as Order) : list.orderOf(page.data);
    // Servers that ignore the order usually return the oldest first (chatkit-api C.1).
    const order = known ?? 'asc';
    const found = `the same page for asc and desc; ${known === null ? `${order} is assumed` : `it is ${order}`}`;
    list.report(ruleIds.orderIgnored, { field: 'order' }, found);
    return order === query.order ? page : this.#whole(query, list, page);
  }

  /** Asks for the opposite order. The same first element means that the server does not look at the order. */
  async #ignoresOrder<T>(query: PageQuery, list: ListRequest<T>, first: Json | undefined): Promise<boolean> {
    if (this.#unordered.has(list.key)) return true;
    const order = query.order === 'asc' ? 'desc' : 'asc';
    // The elements are compared only, so that nothing about them is reported twice.
    const quiet: ListRequest<Json> = {
      ...list,
      reader: () => (raw) => raw,
      timeOf: () => null,
      orderOf: () => null,
      report: () => undefined,
    };
    const { firstRaw: other } = await this.#fetch<Json>({ limit: query.limit, order }, quiet);
    const isSame =
      idOf(other) === null ? exactJson(other ?? null) === exactJson(first ?? null) : idOf(other) === idOf(first);
    if (isSame) this.#unordered.add(list.key);
    return isSame;
  }

  /** The first page in the wrong order is the other end of the list: only the whole list has the elements in question. */
  async #whole<T>(query: PageQuery, list: ListRequest<T>, first: Page<T>): Promise<Page<T>> {
    const data = [...first.data];
    const pages = [first.data];
    let page = first;
    while (page.hasMore && page.next !== null && data.length < maxWhole) {
      ({ page } = await this.#fetch({ ...query, limit: 100, after: page.next }, list));
      append(data, page.data);
      pages.push(page.data);
    }
    // Some go back from the newest page, and only the elements of a page are in the wrong order.
    const isByPage = arePagesInOrder(pages, query.order, list.timeOf);
    const inOrder = isByPage ? pages.flatMap((elements) => elements.toReversed()) : data.toReversed();
    return { data: inOrder, hasMore: page.hasMore, next: null };
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
      if (wire === null)
        throw new SourceError('invalidResponse', l10n.t('The response is not a page.'), response.details);
      const { fresh, state } = progress.add(wire, { after: cursor ?? null, limit });
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
    keepNewest(this.#progress, maxProgress);
    return { data, hasMore: true, next };
  }

  /** The known pages before a cursor. Used once: the same page can be loaded again on its own. */
  #take<T>({ key, report }: ListRequest<T>, order: Order, after: string | undefined): ListProgress {
    const place = `${key} ${order} ${after ?? ''}`;
    const progress = after === undefined ? undefined : this.#progress.get(place);
    this.#progress.delete(place);
    return progress ?? new ListProgress({ report });
  }
}

function toText(cursor: Cursor): string {
  if (typeof cursor === 'string') return cursor;
  return typeof cursor === 'number' || typeof cursor === 'bigint'
    ? `${numberMark}${cursor}`
    : `${jsonMark}${exactJson(cursor)}`;
}

function fromText(text: string): Cursor {
  if (text.startsWith(numberMark)) {
    const digits = text.slice(numberMark.length);
    return exactInteger(digits) ?? Number(digits);
  }
  return text.startsWith(jsonMark) ? (parsedOrUndefined(text.slice(jsonMark.length)) as Cursor) : text;
}

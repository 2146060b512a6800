import { isRecord } from '../../base/common/json.ts';
import { exactJson } from '../../base/common/parseJson.ts';
import { idOf, sentIdOf } from './elementId.ts';
import type { Cursor, PageReply } from './pageReply.ts';
import { ruleIds } from './protocolProblems/catalogue/ruleIds.ts';
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
  /** Number of elements so far. */
  #count = 0;
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

  #stateAfter(page: PageReply, fresh: readonly unknown[], limit: number): ListState {
    const { elements, after, total } = page;
    this.#count += fresh.length;
    const hasMore = page.hasMore ?? (total !== null && total > this.#count ? true : null);
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
  const { type, created_at: createdAt, thread_id: threadId } = element;
  // Items of a server that has no types: only their content distinguishes those with one id.
  const content = type === undefined && threadId !== undefined ? exactJson(element) : '';
  return JSON.stringify([id, type, createdAt, content]);
}

import type { Thread } from '../model/thread.ts';
import { type Order, type Page, type ThreadSource, maxPageSize } from '../threadSource.ts';
import { sameJson } from '../../../base/common/json.ts';
import { toSourceError } from '../errors.ts';
import type { Requests } from './requests.ts';
import type { StoreEvent, ThreadList } from './types.ts';

interface ListLoaderOptions {
  readonly source: ThreadSource;
  readonly requests: Requests;
  readonly pageSize: () => number;
  readonly now: () => number;
  readonly fire: (event: StoreEvent) => void;
  /** Numbers requests and deletions in their order. */
  readonly nextStep: () => number;
  /** Returns whether a thread was deleted in this window after the request with this number. */
  readonly isDeleted: (threadId: string, asked: number) => boolean;
}

/** Loads pages of the thread list. */
export class ListLoader {
  readonly #options: ListLoaderOptions;
  #loaded: LoadedThreads = noThreads;
  readonly #byId = new Map<string, Thread>();
  /** Number of the latest request for a first page. Responses to earlier requests are ignored. */
  #asked = 0;
  #answered = 0;
  #view: ThreadList = { ...noThreads, asOf: null, order: 'desc', user: null, error: null, errorAt: null };

  constructor(options: ListLoaderOptions) {
    this.#options = options;
  }

  get view(): ThreadList {
    return this.#view;
  }

  thread(threadId: string): Thread | undefined {
    return this.#byId.get(threadId);
  }

  /** See `ThreadStore.refreshList`. */
  refresh(signal: AbortSignal, extent: 'page' | 'all'): Promise<void> {
    const page = this.#options.pageSize();
    const limit = extent === 'all' ? Math.min(maxPageSize, Math.max(page, this.#loaded.threads.length)) : page;
    return this.#options.requests.share(`list:first:${limit}`, signal, (shared) => {
      const number = (this.#asked += 1);
      return this.#load(limit, null, shared, (answer) => {
        if (number < this.#answered) return null;
        this.#answered = number;
        // The threads of the previous query remain until the response replaces them.
        return mergeFirstPage(this.#view.asOf === null ? noThreads : this.#loaded, answer);
      });
    });
  }

  async more(signal: AbortSignal): Promise<void> {
    const { hasMore, next } = this.#loaded;
    if (!hasMore || next === null) return;
    await this.#options.requests.share(`list:after:${next}`, signal, (shared) =>
      this.#load(this.#options.pageSize(), next, shared, (page) =>
        this.#loaded.next === next ? appendPage(this.#loaded, page) : null,
      ),
    );
  }

  setQuery(query: { readonly order?: Order; readonly user?: string | null }): void {
    const order = query.order ?? this.#view.order;
    const user = query.user === undefined ? this.#view.user : query.user;
    if (order === this.#view.order && user === this.#view.user) return;
    this.#options.requests.cancel('list:');
    this.#view = { ...this.#view, order, user, asOf: null, error: null, errorAt: null };
    this.#options.fire({ type: 'list' });
  }

  /** Updates a thread that was loaded individually. Returns false if the list does not contain it. */
  put(thread: Thread): boolean {
    if (!this.#byId.has(thread.id)) return false;
    const list = replaceThread(this.#loaded, thread);
    if (list !== null) this.#set(list, {});
    return true;
  }

  /** Adds a thread that was just created. Returns false if the newest end of the list is not loaded. */
  add(thread: Thread): boolean {
    if (this.put(thread)) return true;
    const { order, asOf, hasMore } = this.#view;
    if (asOf === null || (order === 'asc' && hasMore)) return false;
    const { threads } = this.#loaded;
    this.#set({ ...this.#loaded, threads: order === 'desc' ? [thread, ...threads] : [...threads, thread] }, {});
    this.#options.fire({ type: 'list' });
    return true;
  }

  remove(threadId: string): void {
    if (this.#byId.has(threadId)) this.#set(removeThread(this.#loaded, threadId), {});
  }

  async #load(
    limit: number,
    after: string | null,
    signal: AbortSignal,
    merge: (page: Page<Thread>) => Merged | null,
  ): Promise<void> {
    const { source, now, fire, isDeleted, nextStep } = this.#options;
    const asked = nextStep();
    const { order, user } = this.#view;
    try {
      const query = { limit, order, ...(after === null ? {} : { after }), ...(user === null ? {} : { user }) };
      const page = await source.listThreads(query, signal);
      signal.throwIfAborted();
      const merged = merge({ ...page, data: page.data.filter(({ id }) => !isDeleted(id, asked)) });
      if (merged === null) return;
      const isNews = merged.relisted || this.#view.error !== null || this.#view.asOf === null;
      this.#set(merged.list, { error: null, errorAt: null, ...(after === null ? { asOf: now() } : {}) });
      if (isNews) fire({ type: 'list' });
      for (const { id } of merged.changed) fire({ type: 'thread', threadId: id });
    } catch (thrown) {
      const error = toSourceError(thrown);
      if (error.kind !== 'cancelled' && !signal.aborted) {
        this.#view = { ...this.#view, error, errorAt: after === null ? 'start' : 'end' };
        fire({ type: 'list' });
      }
      throw error;
    }
  }

  #set(loaded: LoadedThreads, change: Partial<Pick<ThreadList, 'asOf' | 'error' | 'errorAt'>>): void {
    this.#loaded = loaded;
    this.#byId.clear();
    for (const thread of loaded.threads) this.#byId.set(thread.id, thread);
    const { threads, hasMore, stopped } = loaded;
    this.#view = { ...this.#view, threads, hasMore, stopped, ...change };
  }
}

/** The loaded part of a connection's list: its first threads, without gaps. */
interface LoadedThreads {
  readonly threads: readonly Thread[];
  /** Cursor of the page after them. */
  readonly next: string | null;
  readonly hasMore: boolean;
  readonly stopped: boolean;
}

const noThreads: LoadedThreads = { threads: [], next: null, hasMore: false, stopped: false };

interface Merged {
  readonly list: LoadedThreads;
  /** Threads of the list whose contents changed. */
  readonly changed: readonly Thread[];
  /** Threads were added, removed or moved, or the number of threads that can be loaded changed. */
  readonly relisted: boolean;
}

/**
 * Merges a reloaded first page into the list. If they overlap, the threads after the page remain. Otherwise there are
 * more new threads than the page contains, and only the page remains, because the list has no gaps.
 */
function mergeFirstPage(list: LoadedThreads, page: Page<Thread>): Merged {
  const data = unique(page.data, []);
  const ids = new Set(data.map(({ id }) => id));
  const meeting = page.hasMore ? list.threads.findLastIndex(({ id }) => ids.has(id)) : -1;
  const tail = meeting === -1 ? [] : list.threads.slice(meeting + 1);
  const end = {
    next: page.next,
    hasMore: page.hasMore && page.next !== null,
    stopped: page.hasMore && page.next === null,
  };
  return merged(list, [...data, ...tail], tail.length > 0 ? list : end);
}

/** Adds the page after the list. A page without new threads, or with its own cursor as the next one, ends loading. */
function appendPage(list: LoadedThreads, page: Page<Thread>): Merged {
  const data = unique(page.data, list.threads);
  const turns = page.next === null || page.next === list.next;
  const stopped = page.hasMore && (turns || (data.length === 0 && page.data.length > 0));
  const end = { next: page.next, hasMore: page.hasMore && !stopped, stopped };
  return {
    list: { ...end, threads: [...list.threads, ...data] },
    changed: [],
    relisted: data.length > 0 || endsOtherwise(list, end),
  };
}

/** Updates one thread that was loaded individually. Returns null if it is unchanged or not in the list. */
function replaceThread(list: LoadedThreads, thread: Thread): LoadedThreads | null {
  const index = list.threads.findIndex(({ id }) => id === thread.id);
  const old = list.threads[index];
  if (old === undefined || sameJson(old.raw, thread.raw)) return null;
  return { ...list, threads: list.threads.with(index, thread) };
}

function removeThread(list: LoadedThreads, threadId: string): LoadedThreads {
  return { ...list, threads: list.threads.filter(({ id }) => id !== threadId) };
}

type End = Omit<LoadedThreads, 'threads'>;

function endsOtherwise(old: End, end: End): boolean {
  return end.hasMore !== old.hasMore || end.stopped !== old.stopped;
}

function merged(old: LoadedThreads, threads: readonly Thread[], end: End): Merged {
  const before = new Map(old.threads.map((thread) => [thread.id, thread]));
  const kept = threads.map((thread) => {
    const known = before.get(thread.id);
    return known !== undefined && sameJson(known.raw, thread.raw) ? known : thread;
  });
  return {
    list: { ...end, threads: kept },
    changed: kept.filter((thread) => before.has(thread.id) && before.get(thread.id) !== thread),
    relisted:
      endsOtherwise(old, end) ||
      kept.length !== old.threads.length ||
      kept.some(({ id }, i) => id !== old.threads[i]?.id),
  };
}

/** Removes threads whose IDs are already in the list, because two rows for one thread would be indistinguishable. */
function unique(threads: readonly Thread[], before: readonly Thread[]): readonly Thread[] {
  const seen = new Set(before.map(({ id }) => id));
  return threads.filter(({ id }) => !seen.has(id) && seen.add(id));
}

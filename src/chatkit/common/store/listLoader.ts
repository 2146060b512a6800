import { toSourceError } from '../errors.ts';
import type { Thread } from '../model/thread.ts';
import type { Order, Page, ThreadSource } from '../threadSource.ts';
import type { Requests } from './requests.ts';
import { appendPage, mergeFirstPage, noThreads, removeThread, replaceThread } from './threadList.ts';
import type { LoadedThreads, Merged } from './threadList.ts';
import type { StoreEvent, ThreadList } from './types.ts';

/** Maximum number of elements per page (chatkit-api 1.4). */
export const largestPage = 100;

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
    const limit = extent === 'all' ? Math.min(largestPage, Math.max(page, this.#loaded.threads.length)) : page;
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

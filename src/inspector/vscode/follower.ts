import { recheckedItems } from '../../conversation/vscode/conversationService.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { ItemsChange, ThreadItems, ThreadStore } from '../../chatkit/common/store/types.ts';
import { toSourceError } from '../../chatkit/common/errors.ts';
import type { FollowState } from '../common/protocol.ts';

/** Number of polls without changes after which following slows down. */
const pollsBeforeSlowdown = 10;
/** Maximum time between two polls after errors, ms. */
const maxWaitMs = 60_000;
/** Maximum time between two polls of an idle thread, as a multiple of the interval. */
const maxIdleFactor = 10;

interface FollowerOptions {
  /** Requests new items. Returns true if something changed. */
  readonly poll: (signal: AbortSignal) => Promise<boolean>;
  readonly intervalMs: () => number;
  readonly onState: (state: FollowState) => void;
}

/** Polls one thread while its webview is visible. Slows down while nothing changes and backs off after errors. */
export class Follower {
  readonly #options: FollowerOptions;
  #state: FollowState = { mode: 'off' };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #polling: AbortController | undefined;
  #idle = 0;
  #errors = 0;
  #blocked = false;

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  get state(): FollowState {
    return this.#state;
  }

  start(): void {
    if (this.#state.mode !== 'off') return;
    this.#set({ mode: 'live' });
    this.wake();
  }

  stop(): void {
    this.#cancelPoll();
    if (this.#state.mode !== 'off') this.#set({ mode: 'off' });
  }

  /** Pauses polling while the webview is hidden. */
  pause(): void {
    if (this.#state.mode === 'off') return;
    this.#cancelPoll();
    this.#set({ mode: 'paused' });
  }

  resume(): void {
    if (this.#state.mode !== 'paused') return;
    this.#set({ mode: 'live' });
    this.wake();
  }

  /** Suspends polling until `unblock`: a stream delivers the changes. */
  block(): void {
    this.#blocked = true;
    this.#cancelPoll();
  }

  unblock(): void {
    if (!this.#blocked) return;
    this.#blocked = false;
    this.wake();
  }

  /** Polls immediately and at the original interval, e.g. after a user action. */
  wake(): void {
    if (this.#state.mode === 'off' || this.#state.mode === 'paused') return;
    this.#idle = 0;
    this.#errors = 0;
    this.#cancelPoll();
    if (!this.#blocked) void this.#poll();
  }

  dispose(): void {
    this.#cancelPoll();
    this.#state = { mode: 'off' };
  }

  #cancelPoll(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#polling?.abort();
    this.#polling = undefined;
  }

  async #poll(): Promise<void> {
    const polling = new AbortController();
    this.#polling = polling;
    let failure: unknown;
    try {
      const changed = await this.#options.poll(polling.signal);
      this.#idle = changed ? 0 : this.#idle + 1;
      this.#errors = 0;
    } catch (error) {
      failure = error;
    }
    if (this.#polling !== polling) return;
    this.#polling = undefined;
    this.#scheduleNext(failure);
  }

  #scheduleNext(failure: unknown): void {
    const interval = this.#options.intervalMs();
    let wait = interval * Math.min(maxIdleFactor, Math.max(1, this.#idle / pollsBeforeSlowdown));
    if (failure !== undefined) {
      const { message, details } = toSourceError(failure);
      this.#errors += 1;
      wait = Math.max(Math.min(interval * 2 ** this.#errors, maxWaitMs), details.retryAfterMs ?? 0);
      this.#set({ mode: 'retrying', at: Date.now() + wait, message });
    } else if (this.#state.mode !== 'live') {
      this.#set({ mode: 'live' });
    }
    this.#timer = setTimeout(() => void this.#poll(), wait);
  }

  #set(state: FollowState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}

/**
 * Polls a thread: requests the items after the newest one, the thread itself and, while an item at the end is open, the
 * last items again. Returns true if an item was added or changed. The cost does not depend on the length of the thread.
 * Throws `SourceError`.
 */
export async function pollThread(store: ThreadStore, threadId: string, signal: AbortSignal): Promise<boolean> {
  let changed = false;
  const unsubscribe = store.on((event) => {
    if (event.type === 'items' && event.threadId === threadId && isNews(event.change)) changed = true;
  });
  try {
    await store.pollNewer(threadId, recheckCount(store.items(threadId)), signal);
    await store.refreshThread(threadId, signal);
  } finally {
    unsubscribe();
  }
  return changed;
}

function isNews({ type }: ItemsChange): boolean {
  return type !== 'bounds' && type !== 'asOf';
}

/** Returns the number of items at the end to read again: 0 unless one of them is open. */
export function recheckCount({ windows }: Pick<ThreadItems, 'windows'>): number {
  return windows.at(-1)?.items.slice(-recheckedItems).some(isOpen) === true ? recheckedItems : 0;
}

function isOpen(item: ThreadItem): boolean {
  switch (item.kind) {
    case 'client_tool_call':
      return item.status === 'open';
    case 'workflow':
      return item.summary === null;
    case 'generated_image':
      return item.image === null;
    case 'structured_input':
      return item.status === 'pending';
    case 'task':
      return item.task.progress === 'loading';
    default:
      return false;
  }
}

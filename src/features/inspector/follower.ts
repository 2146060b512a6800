import { toSourceError } from '../../domain/errors.ts';
import type { ThreadItem } from '../../domain/model/item.ts';
import type { ThreadItems } from '../../domain/store/types.ts';
import type { FollowState } from '../../protocol/inspector.ts';

/** Items at the end that are read again while one of them is still open. */
const recheckedItems = 20;
/** Polls without news after which following slows down, step by step. */
const patience = 10;
/** The longest wait between two polls, ms. */
const longestWait = 60_000;
/** The longest wait of an idle thread, as a multiple of the interval. */
const longestIdle = 10;

export interface FollowerOptions {
  /** Asks for what is new; true when something came. */
  readonly poll: (signal: AbortSignal) => Promise<boolean>;
  readonly intervalMs: () => number;
  readonly onState: (state: FollowState) => void;
}

/** Polls one thread while somebody looks: slower when nothing comes, slower still after errors. */
export class Follower {
  readonly #options: FollowerOptions;
  #state: FollowState = { mode: 'off' };
  #timer: ReturnType<typeof setTimeout> | undefined;
  #polling: AbortController | undefined;
  #idle = 0;
  #errors = 0;

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
    this.#rest();
    if (this.#state.mode !== 'off') this.#set({ mode: 'off' });
  }

  /** Nobody looks. */
  pause(): void {
    if (this.#state.mode === 'off') return;
    this.#rest();
    this.#set({ mode: 'paused' });
  }

  resume(): void {
    if (this.#state.mode !== 'paused') return;
    this.#set({ mode: 'live' });
    this.wake();
  }

  /** Polls at once and at full speed again: the user did something, or looks again. */
  wake(): void {
    if (this.#state.mode === 'off' || this.#state.mode === 'paused') return;
    this.#idle = 0;
    this.#errors = 0;
    this.#rest();
    void this.#poll();
  }

  dispose(): void {
    this.#rest();
    this.#state = { mode: 'off' };
  }

  /** How many items at the end to read again: none, unless one of the last of them is still open. */
  static recheck({ windows }: Pick<ThreadItems, 'windows'>): number {
    return windows.at(-1)?.items.slice(-recheckedItems).some(isOpen) === true ? recheckedItems : 0;
  }

  #rest(): void {
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
      const news = await this.#options.poll(polling.signal);
      this.#idle = news ? 0 : this.#idle + 1;
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
    let wait = interval * Math.min(longestIdle, Math.max(1, this.#idle / patience));
    if (failure !== undefined) {
      const { message, details } = toSourceError(failure);
      this.#errors += 1;
      wait = Math.max(Math.min(interval * 2 ** this.#errors, longestWait), details.retryAfterMs ?? 0);
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

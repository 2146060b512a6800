import { toSourceError } from '../../chatkit/common/errors.ts';
import type { FollowState } from '../common/protocol.ts';

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
  #held = false;

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

  /** What a poll would find is on its way by itself: a stream. Nothing is asked for until `release`. */
  hold(): void {
    this.#held = true;
    this.#rest();
  }

  release(): void {
    if (!this.#held) return;
    this.#held = false;
    this.wake();
  }

  /** Polls at once and at full speed again: the user did something, or looks again. */
  wake(): void {
    if (this.#state.mode === 'off' || this.#state.mode === 'paused') return;
    this.#idle = 0;
    this.#errors = 0;
    this.#rest();
    if (!this.#held) void this.#poll();
  }

  dispose(): void {
    this.#rest();
    this.#state = { mode: 'off' };
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

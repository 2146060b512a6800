import { Emitter } from '../../base/common/events.ts';

/** Selectable speeds; 1 is the original speed. */
export const replaySpeeds = [0.25, 0.5, 1, 2, 5, 10] as const;

export interface PlayerState {
  readonly mode: 'paused' | 'playing' | 'ended';
  /** Number of played events. */
  readonly position: number;
  readonly total: number;
  /** 1: original speed. */
  readonly speed: number;
}

interface PlayerOptions {
  /** Time of each event, ms, ascending. */
  readonly times: readonly number[];
  /** Plays events `from` (inclusive) to `to` (exclusive). Events that are due at the same time are played in one call. */
  readonly play: (from: number, to: number) => void;
  /** Monotonic clock, ms. */
  readonly now: () => number;
  /** Calls `callback` after `ms`; returns a function that cancels it. */
  readonly later: (callback: () => void, ms: number) => () => void;
}

/** Maximum delay of `setTimeout`, ms. */
const maxTimeoutMs = 2 ** 31 - 1;

/** Plays a recorded response in original time, at another speed or event by event. Starts paused. */
export class Player {
  readonly #options: PlayerOptions;
  readonly #changed = new Emitter<PlayerState>();
  #position = 0;
  #playing = false;
  #speed = 1;
  /** Position in the recording at `#since`, ms. */
  #reached = 0;
  #since = 0;
  #cancel: (() => void) | null = null;

  readonly onDidChange = this.#changed.on;

  constructor(options: PlayerOptions) {
    this.#options = options;
  }

  get state(): PlayerState {
    const total = this.#options.times.length;
    const mode = this.#position >= total ? 'ended' : this.#playing ? 'playing' : 'paused';
    return { mode, position: this.#position, total, speed: this.#speed };
  }

  play(): void {
    if (this.#playing || this.#position >= this.#options.times.length) return;
    this.#playing = true;
    this.#since = this.#options.now();
    this.#emitChange();
    this.#playDue();
  }

  pause(): void {
    if (!this.#playing) return;
    this.#stopPlaying();
    this.#emitChange();
  }

  /** Plays the next event immediately and pauses. */
  step(): void {
    this.#stopPlaying();
    this.#advance(this.#position + 1);
  }

  /** Plays all remaining events immediately. */
  finish(): void {
    this.#stopPlaying();
    this.#advance(this.#options.times.length);
  }

  /** `speed` > 0. */
  setSpeed(speed: number): void {
    this.#updateReached();
    this.#speed = speed;
    this.#emitChange();
    if (this.#playing) this.#playDue();
  }

  dispose(): void {
    this.#stopPlaying();
  }

  #stopPlaying(): void {
    this.#updateReached();
    this.#playing = false;
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Updates the position in the recording. */
  #updateReached(): void {
    if (!this.#playing) return;
    const now = this.#options.now();
    this.#reached += (now - this.#since) * this.#speed;
    this.#since = now;
  }

  /** Plays the events that are due and schedules the next one. */
  #playDue(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#updateReached();
    const { times, later } = this.#options;
    let to = this.#position;
    while (to < times.length && (times[to] ?? 0) <= this.#reached) to += 1;
    this.#advance(to);
    const next = times[this.#position];
    if (!this.#playing || next === undefined) return;
    const wait = Math.ceil((next - this.#reached) / this.#speed);
    this.#cancel = later(() => this.#playDue(), Math.min(Math.max(wait, 0), maxTimeoutMs));
  }

  #advance(target: number): void {
    const { times, play } = this.#options;
    const from = this.#position;
    const to = Math.min(target, times.length);
    if (to <= from) return;
    this.#position = to;
    this.#reached = Math.max(this.#reached, times[to - 1] ?? 0);
    if (to === times.length) this.#playing = false;
    play(from, to);
    this.#emitChange();
  }

  #emitChange(): void {
    this.#changed.fire(this.state);
  }
}

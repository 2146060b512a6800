import { Emitter } from '../../base/common/events.ts';

/** What a reader may choose; 1 is as it was. */
export const replaySpeeds = [0.25, 0.5, 1, 2, 5, 10] as const;

export interface PlayerState {
  readonly mode: 'paused' | 'playing' | 'ended';
  /** Events that were played. */
  readonly position: number;
  readonly total: number;
  /** 1: as it was. */
  readonly speed: number;
}

export interface PlayerOptions {
  /** When each event came, ms, never earlier than the one before it. */
  readonly times: readonly number[];
  /** Plays events `from` (inclusive) to `to` (exclusive); those that are due together come together. */
  readonly play: (from: number, to: number) => void;
  /** ms, of any beginning. */
  readonly now: () => number;
  /** Calls back after so many ms; gives what calls it off. */
  readonly later: (callback: () => void, ms: number) => () => void;
}

/** `setTimeout` takes no more, ms. */
const longestWait = 2 ** 31 - 1;

/** Plays a recorded run: in its time, faster or slower, or event by event. Begins paused. */
export class Player {
  readonly #options: PlayerOptions;
  readonly #changed = new Emitter<PlayerState>();
  #position = 0;
  #playing = false;
  #speed = 1;
  /** The time of the recording that it was at `#since`. */
  #reached = 0;
  #since = 0;
  #cancel: (() => void) | null = null;

  readonly onState = this.#changed.on;

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
    this.#tell();
    this.#go();
  }

  pause(): void {
    if (!this.#playing) return;
    this.#halt();
    this.#tell();
  }

  /** One event more, at once; then it is paused. */
  step(): void {
    this.#halt();
    this.#advance(this.#position + 1);
  }

  /** All that is left, at once. */
  finish(): void {
    this.#halt();
    this.#advance(this.#options.times.length);
  }

  /** > 0. */
  setSpeed(speed: number): void {
    this.#settle();
    this.#speed = speed;
    this.#tell();
    if (this.#playing) this.#go();
  }

  dispose(): void {
    this.#halt();
  }

  #halt(): void {
    this.#settle();
    this.#playing = false;
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Takes down how far the time of the recording has run. */
  #settle(): void {
    if (!this.#playing) return;
    const now = this.#options.now();
    this.#reached += (now - this.#since) * this.#speed;
    this.#since = now;
  }

  /** Plays what is due and waits for the next. */
  #go(): void {
    this.#cancel?.();
    this.#cancel = null;
    this.#settle();
    const { times, later } = this.#options;
    let to = this.#position;
    while (to < times.length && (times[to] ?? 0) <= this.#reached) to += 1;
    this.#advance(to);
    const next = times[this.#position];
    if (!this.#playing || next === undefined) return;
    const wait = Math.ceil((next - this.#reached) / this.#speed);
    this.#cancel = later(() => this.#go(), Math.min(Math.max(wait, 0), longestWait));
  }

  #advance(wanted: number): void {
    const { times, play } = this.#options;
    const from = this.#position;
    const to = Math.min(wanted, times.length);
    if (to <= from) return;
    this.#position = to;
    this.#reached = Math.max(this.#reached, times[to - 1] ?? 0);
    if (to === times.length) this.#playing = false;
    play(from, to);
    this.#tell();
  }

  #tell(): void {
    this.#changed.fire(this.state);
  }
}

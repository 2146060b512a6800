import { parsedOrUndefined } from '../../../base/common/parseJson.ts';

/** How a capture was recorded: shown to the user, and decides whether its times are known. */
export type CaptureKind =
  /** Server-sent events as text, such as `curl -N` output. */
  | 'sse'
  /** `curl -i` or `curl -v` output: with headers or line prefixes. */
  | 'curl'
  /** Rows copied from the EventStream tab of DevTools. */
  | 'devtools'
  | 'ndjson'
  /** An HTTP archive. */
  | 'har'
  /** A JSON list of events, or one event. */
  | 'json';

interface CapturedEvent {
  /** Since the first event that has a time, in ms; absent where the capture has no times. */
  readonly at?: number;
  /** The parsed data; the text where it is not JSON. */
  readonly data: unknown;
  /** The original data. */
  readonly raw: string;
  /** The `event:` field; null where there is none. */
  readonly eventName: string | null;
  /** Line in the capture, from 1. */
  readonly line: number;
}

type CaptureProblemKind =
  | 'noEvents'
  /** The data of an event is not JSON. */
  | 'notJson'
  /** A line inside an event has no field name: the event is incomplete. */
  | 'lineWithoutField'
  /** The capture ends inside an event. */
  | 'unterminated'
  /** A line that is no part of a stream was ignored. */
  | 'ignoredLine'
  /** Only the first stream of an archive is read. */
  | 'severalStreams'
  /** Events after the limit are ignored. */
  | 'tooManyEvents';

export interface CaptureProblem {
  readonly kind: CaptureProblemKind;
  readonly line: number;
  /** At most 200 characters. */
  readonly excerpt: string;
}

export interface StreamCapture {
  readonly kind: CaptureKind;
  readonly events: readonly CapturedEvent[];
  readonly problems: readonly CaptureProblem[];
  /** Whether events have times. */
  readonly isTimed: boolean;
}

/** Most events that are read. */
const maxCapturedEvents = 200_000;
const maxProblems = 100;
const maxExcerpt = 200;
const dayMs = 86_400_000;

/** Collects events and problems in bounded memory, and makes clock times relative. */
export class CaptureBuilder {
  readonly #events: CapturedEvent[] = [];
  readonly #problems: CaptureProblem[] = [];
  readonly #maxEvents: number;
  #firstMs: number | null = null;
  #lastMs = 0;
  #daysMs = 0;

  constructor(maxEvents = maxCapturedEvents) {
    this.#maxEvents = maxEvents;
  }

  get count(): number {
    return this.#events.length;
  }

  /** Adds an event. `clockMs`: its time of the day or since the epoch, in ms; null where it has none. */
  add(raw: string, line: number, eventName: string | null = null, clockMs: number | null = null): void {
    if (this.#events.length >= this.#maxEvents) {
      if (!this.#problems.some(({ kind }) => kind === 'tooManyEvents')) this.problem('tooManyEvents', line, raw);
      return;
    }
    const data = parsedOrUndefined(raw);
    if (data === undefined && !isMarker(raw)) this.problem('notJson', line, raw);
    const at = clockMs === null ? null : this.#relative(clockMs);
    this.#events.push({
      ...(at === null ? {} : { at }),
      data: data ?? (data === null ? null : raw),
      raw,
      eventName,
      line,
    });
  }

  problem(kind: CaptureProblemKind, line: number, text: string): void {
    if (this.#problems.length < maxProblems) this.#problems.push({ kind, line, excerpt: text.slice(0, maxExcerpt) });
  }

  build(kind: CaptureKind): StreamCapture {
    if (this.#events.length === 0) this.problem('noEvents', 1, '');
    return { kind, events: this.#events, problems: this.#problems, isTimed: this.#firstMs !== null };
  }

  /** Time does not run backwards; a clock that jumps back by more than half a day has passed midnight. */
  #relative(clockMs: number): number {
    this.#firstMs ??= clockMs;
    let ms = clockMs + this.#daysMs - this.#firstMs;
    if (ms < this.#lastMs - dayMs / 2) {
      this.#daysMs += dayMs;
      ms += dayMs;
    }
    this.#lastMs = Math.max(this.#lastMs, ms);
    return this.#lastMs;
  }
}

/** `[DONE]` and keep-alives in the data of an event: no JSON, but nothing is lost. */
function isMarker(text: string): boolean {
  return /^\s*(?:\[DONE\]|ping|pong|keep-?alive|heartbeat)?\s*$/i.test(text.slice(0, 100));
}

const clock = /^(?:(\d{4}-\d{2}-\d{2})[T ])?(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d{1,9}))?\s?(?:(AM|PM)|Z)?$/i;

/** A clock time (`10:00:00.123`, `10:00:00 PM`) or an ISO time in ms; null for other text. */
export function clockMs(text: string): number | null {
  const parts = text.length > 40 ? null : clock.exec(text.trim());
  if (parts === null) return null;
  const [, day, hour = '', minute, second, fraction = '', half] = parts;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  const ofDay =
    ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  return day === undefined ? ofDay : Date.parse(`${day}T00:00:00Z`) + ofDay;
}

import {
  type ProblemLocation,
  type ProblemReporter,
  type ReportHere,
  ignoreProblems,
  reportAt,
} from '../protocolProblems/problem.ts';
import { NumericIds } from './numericIds.ts';
import { type NaiveZoneFacts, type TimeContext, inferZoneOffset, naiveWallTime, naiveZoneOf } from '../serverTime.ts';

/** What a reader needs beside the JSON: where it reports deviations, and how it reads times. */
export interface Reading {
  readonly report: ReportHere;
  readonly times: TimeContext;
  /** Time of the response, in ms since the epoch; null where it is not known. */
  readonly responseMs: number | null;
}

interface ServerReadingOptions {
  readonly problems?: ProblemReporter | undefined;
  /** See `TimeContext.required`. */
  readonly required: TimeContext['required'];
  readonly zone?: NaiveZoneFacts | undefined;
  /** Called when the zone of naive times is inferred for the first time, or differently. Minutes east of UTC. */
  readonly onZoneInferred?: ((minutes: number) => void) | undefined;
}

const unknownZone: NaiveZoneFacts = { setting: null, isLoopback: false, inferredMinutes: null };

/** How the responses of one server are read. What is learned from one response applies to the later ones. */
export class ServerReading {
  readonly problems: ProblemReporter;
  readonly numericIds = new NumericIds();
  readonly #required: TimeContext['required'];
  readonly #onZoneInferred: ((minutes: number) => void) | undefined;
  #zone: NaiveZoneFacts;

  constructor({ problems = ignoreProblems, required, zone = unknownZone, onZoneInferred }: ServerReadingOptions) {
    this.problems = {
      report: (rule, location, value) => {
        this.numericIds.note(rule, value);
        problems.report(rule, location, value);
      },
    };
    this.#required = required;
    this.#zone = zone;
    this.#onZoneInferred = onZoneInferred;
  }

  /**
   * The reading of a response to a command. `location`: the command, and what is known of the thread and the item;
   * `dateHeader`: of the response.
   */
  at(location: ProblemLocation, dateHeader?: string): Reading {
    const responseMs = Date.parse(dateHeader ?? '');
    return {
      report: reportAt(this.problems, location),
      times: this.times,
      responseMs: Number.isNaN(responseMs) ? null : responseMs,
    };
  }

  get times(): TimeContext {
    return { required: this.#required, naiveZone: naiveZoneOf(this.#zone) };
  }

  /**
   * Infers the zone of naive times from something that the response has just created. `createdAt`: its time as it was
   * received; `dateHeader`: of the same response. Values that allow no conclusion are ignored.
   */
  noteCreated(createdAt: unknown, dateHeader: string | undefined): void {
    const wallMs = naiveWallTime(createdAt);
    const responseMs = Date.parse(dateHeader ?? '');
    if (wallMs === null || Number.isNaN(responseMs)) return;
    const minutes = inferZoneOffset(wallMs, responseMs);
    if (minutes === null || minutes === this.#zone.inferredMinutes) return;
    this.#zone = { ...this.#zone, inferredMinutes: minutes };
    this.#onZoneInferred?.(minutes);
  }
}

/** For JSON that is not from a server, such as an export: reports nothing, and reads naive times as UTC. */
export const plainReading: Reading = new ServerReading({ required: 'iso' }).at({ command: '' });

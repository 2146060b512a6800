import type { Json } from '../../../base/common/json.ts';
import type { ProblemReporter } from '../protocolProblems/problem.ts';
import type { RuleId } from '../protocolProblems/catalogue/ruleIds.ts';
import type { StreamFrame } from '../sse/frameReader.ts';
import { notJson, type ReceivedEvent, type StreamEvent } from '../stream/events.ts';
import { toStreamEvent } from '../wire/server/event.ts';
import type { CanonicalEvent, StreamOutcome } from './canonicalEvent.ts';
import { StreamNormaliser } from './streamNormaliser.ts';
import { StreamOrderChecker, type StreamEndKind } from './streamOrder.ts';

export interface StreamReaderOptions {
  /** Type of the command that opened the stream (chatkit-api 5.3). */
  readonly command: string;
  /** The thread of the command; null for a new one. */
  readonly threadId: string | null;
  readonly reporter: ProblemReporter;
  /** Whether an item existed before the stream. */
  readonly isKnownItem?: (itemId: string) => boolean;
}

/** An event as its reader understands it, without time and size. */
export type ReadEvent = Omit<ReceivedEvent, 'at' | 'bytes'>;

export interface ReadFrame {
  /** Usually one; none for end markers and keep-alives, several for an array of events. */
  readonly events: readonly ReadEvent[];
  /** The stream ended inside this event. */
  readonly isCutOff: boolean;
}

/** Reads the frames of one stream as events of the model, in any dialect, and reports every deviation. Never throws. */
export class StreamReader {
  readonly #normaliser: StreamNormaliser;
  readonly #order: StreamOrderChecker;
  /** Rules that the current frame violates, by the number of its event. */
  readonly #rules = new Map<number | undefined, RuleId[]>();
  #threadId: string | null;

  constructor({ command, threadId, reporter, isKnownItem }: StreamReaderOptions) {
    const noting: ProblemReporter = {
      report: (rule, location, value) => {
        this.#note(rule, location.eventNumber);
        reporter.report(rule, location, value);
      },
    };
    this.#threadId = threadId;
    this.#normaliser = new StreamNormaliser({ command, threadId, reporter: noting });
    this.#order = new StreamOrderChecker({
      command,
      threadId,
      reporter: noting,
      ...(isKnownItem === undefined ? {} : { isKnownItem }),
    });
  }

  /** Number of events so far. */
  get count(): number {
    return this.#normaliser.count;
  }

  take(frame: StreamFrame): ReadFrame {
    this.#rules.clear();
    const outcomes = this.#normaliser.take(frame);
    const events: ReadEvent[] = [];
    for (const outcome of outcomes) {
      this.#order.take(outcome);
      const read = this.#read(outcome, frame.event);
      if (read !== null) events.push(read);
    }
    return { events, isCutOff: outcomes.some(({ kind }) => kind === 'cutOff') };
  }

  /** Ends the stream. Returns the rules that it violates as a whole. */
  end(kind: StreamEndKind): readonly RuleId[] {
    this.#rules.clear();
    this.#order.end(kind);
    return this.#rules.get(undefined) ?? [];
  }

  #read(outcome: StreamOutcome, eventName: string | null): ReadEvent | null {
    if (!('number' in outcome)) return null;
    const rules = this.#rules.get(outcome.number);
    const about = {
      ...(eventName === null ? {} : { eventName }),
      ...(rules === undefined ? {} : { rules }),
    };
    switch (outcome.kind) {
      case 'event': {
        const event = toStreamEvent(outcome.event as unknown as Json, this.#threadId ?? '');
        if (event.type === 'threadCreated') this.#threadId ??= event.thread.id;
        return { raw: outcome.raw as Json, event, ...canonicalType(outcome), ...about };
      }
      case 'finishItem': {
        const event: StreamEvent = { type: 'itemFinished', itemId: outcome.itemId };
        return { raw: outcome.raw as Json, event, ...about };
      }
      case 'noEvent':
        return { raw: outcome.raw as Json, event: invalid('type: expected string'), ...about };
      case 'notJson':
        return { raw: outcome.text, event: invalid(notJson), ...about };
    }
  }

  #note(rule: RuleId, eventNumber: number | undefined): void {
    const rules = this.#rules.get(eventNumber);
    if (rules === undefined) this.#rules.set(eventNumber, [rule]);
    else if (!rules.includes(rule)) rules.push(rule);
  }
}

function invalid(problem: string): StreamEvent {
  return { type: 'unknown', wireType: null, problem };
}

/** The type where the received JSON has none, or has it elsewhere. */
function canonicalType({ event, raw }: { readonly event: CanonicalEvent; readonly raw: unknown }) {
  const received = typeof raw === 'object' && raw !== null && 'type' in raw ? raw.type : undefined;
  return typeof received === 'string' ? {} : { type: event.type };
}

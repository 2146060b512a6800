import * as l10n from '@vscode/l10n';
import { type SourceError, toSourceError } from '../../../chatkit/common/errors.ts';
import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import { type ProgressLine, type ReceivedEvent, hasVisibleText } from '../../../chatkit/common/stream/events.ts';
import { StreamState } from '../../../chatkit/common/stream/streamState.ts';
import type { ConversationApi, StreamCommand } from '../../../chatkit/common/stream/conversationApi.ts';
import { type ResponseOutcome, type ScriptClock, ScriptError } from './types.ts';

/** How many more events and bytes of a script are recorded; shared by its responses. */
export interface EventBudget {
  events: number;
  bytes: number;
}

/** Lines of progress that are recorded for one response. */
const maxProgress = 1_000;

/** Collects one streamed response: its state, its events within the budget, and its times. */
export class ResponseCollector {
  readonly events: ReceivedEvent[] = [];
  readonly progress: ProgressLine[] = [];
  readonly state = new StreamState();
  droppedEvents = 0;
  openItems: readonly string[] = [];
  outcome: ResponseOutcome = 'stopped';
  error: SourceError | null = null;
  firstEventMs: number | null = null;
  firstTextMs: number | null = null;
  endMs: number | null = null;
  #accepted = false;
  #lastMs = 0;
  readonly #budget: EventBudget;
  readonly #known: (itemId: string) => ThreadItem | undefined;

  constructor(budget: EventBudget, known: (itemId: string) => ThreadItem | undefined) {
    this.#budget = budget;
    this.#known = known;
  }

  /** Whether the server did anything with the command. */
  get accepted(): boolean {
    return this.#accepted || this.outcome === 'done';
  }

  /** Runs a command to its end. Never rejects for what the server does; rejects with `ScriptError` at the deadline. */
  async run(
    api: ConversationApi,
    command: StreamCommand,
    deadline: Deadline,
    now: () => number,
    onEvents: (events: readonly ReceivedEvent[]) => void,
  ): Promise<void> {
    const startedAt = now();
    const iterator = api.send(command, deadline.signal)[Symbol.asyncIterator]();
    try {
      for (;;) {
        const next = await deadline.race(iterator.next());
        if (next.done === true) break;
        for (const received of next.value) this.#add(received);
        onEvents(next.value);
      }
      this.outcome = this.state.fault === null ? 'done' : 'fault';
    } catch (thrown) {
      if (deadline.error !== null) {
        // Closing the iterator stops the request; a source that ignores the signal must not hold up the script.
        void Promise.resolve(iterator.return?.()).catch(() => undefined);
        throw deadline.error;
      }
      this.outcome = 'failed';
      this.error = toSourceError(thrown);
    } finally {
      // A source may have its own clock: a replay ends no earlier than its last event.
      this.endMs = Math.max(now() - startedAt, this.#lastMs);
      this.openItems = [...this.state.open];
      this.state.end();
    }
  }

  #add(received: ReceivedEvent): void {
    const { event, at, bytes } = received;
    if (event.type !== 'error') this.#accepted = true;
    this.#lastMs = at;
    this.firstEventMs ??= at;
    if (this.firstTextMs === null && hasVisibleText(event)) this.firstTextMs = at;
    if (event.type === 'progress' && this.progress.length < maxProgress) {
      this.progress.push({ text: event.text, icon: event.icon });
    }
    this.state.apply(event, this.#known);
    if (this.#budget.events < 1 || this.#budget.bytes < bytes) {
      this.droppedEvents += 1;
      return;
    }
    this.#budget.events -= 1;
    this.#budget.bytes -= bytes;
    this.events.push(received);
  }
}

/** A signal that fires with another one or after some time, and knows which it was. */
export class Deadline {
  readonly #controller = new AbortController();
  readonly #dispose: (() => void)[] = [];
  #error: ScriptError | null = null;

  /** `limits`: how long each may last, ms, and what to call it. The first one that is over counts. */
  constructor(
    outer: AbortSignal,
    clock: ScriptClock,
    limits: readonly { readonly ms: number; readonly what: string }[],
  ) {
    const cancel = (): void => this.#abort(new ScriptError('cancelled', l10n.t('Cancelled.')));
    if (outer.aborted) cancel();
    else {
      outer.addEventListener('abort', cancel, { once: true });
      this.#dispose.push(() => outer.removeEventListener('abort', cancel));
    }
    for (const { ms, what } of limits) {
      const late = (): void =>
        this.#abort(new ScriptError('timeout', l10n.t('{0} took longer than {1} ms.', what, Math.round(ms))));
      this.#dispose.push(clock.after(Math.max(0, ms), late));
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Why it fired; null while it has not. */
  get error(): ScriptError | null {
    return this.#error;
  }

  /** Settles as `promise` does, or rejects when the deadline is over, even where `promise` ignores the signal. */
  race<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const { signal } = this.#controller;
      const stop = (): void => reject(this.#error ?? new ScriptError('cancelled', l10n.t('Cancelled.')));
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      const end = (): void => signal.removeEventListener('abort', stop);
      promise.then(resolve, reject).finally(end);
    });
  }

  dispose(): void {
    for (const dispose of this.#dispose) dispose();
  }

  #abort(error: ScriptError): void {
    if (this.#error !== null) return;
    this.#error = error;
    this.#controller.abort(error);
  }
}

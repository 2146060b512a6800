import { Emitter } from '../../base/common/events.ts';
import type { EventLogState, EventView, ResponseView } from '../common/protocol.ts';

export type Panel = 'transcript' | 'log';

/** What of the log is shown. */
export interface LogView {
  readonly panel: Panel;
  /** Null: the newest run, whichever that is. */
  readonly runId: string | null;
  /** Only events of this item. */
  readonly itemId: string | null;
  readonly words: string;
}

/** Asks the host for the events of a run from an index on. */
export type FetchEvents = (threadId: string, runId: string, from: number) => Promise<readonly EventView[]>;

const empty: EventLogState = { responses: [], replay: null };
const noView: LogView = { panel: 'transcript', runId: null, itemId: null, words: '' };
const noItems: ReadonlySet<string> = new Set();

/** What the host said of runs, the events that were asked for, and what of them is shown. */
export class EventLogModel {
  readonly #changed = new Emitter<void>();
  readonly #events = new Map<string, readonly EventView[]>();
  readonly #fetching = new Set<string>();
  #threadId = '';
  /** Counts how often everything began anew. */
  #generation = 0;
  #items: ReadonlySet<string> = noItems;
  #state: EventLogState = empty;
  #view: LogView = noView;

  readonly subscribe = (listener: () => void) => this.#changed.on(listener);
  readonly getState = () => this.#state;
  readonly getView = () => this.#view;
  /** Ids of all items that a run made or touched. The same set until one joins. */
  readonly getItems = () => this.#items;

  /** Another thread, or everything anew. */
  begin(threadId: string, state: EventLogState): void {
    if (threadId !== this.#threadId) this.#view = noView;
    this.#threadId = threadId;
    this.#generation += 1;
    this.#events.clear();
    this.#items = noItems;
    this.update(state);
  }

  update(state: EventLogState): void {
    this.#state = state;
    if (state.responses.some(({ itemIds }) => itemIds.some((id) => !this.#items.has(id)))) {
      this.#items = new Set(state.responses.flatMap(({ itemIds }) => itemIds));
    }
    for (const id of this.#events.keys()) if (!state.responses.some((run) => run.id === id)) this.#events.delete(id);
    this.#changed.fire();
  }

  show(view: Partial<LogView>): void {
    this.#view = { ...this.#view, ...view };
    this.#changed.fire();
  }

  /** The newest run that an item is part of, with only its events. */
  showItem(itemId: string): void {
    const run = this.#state.responses.findLast(({ itemIds }) => itemIds.includes(itemId));
    this.show({ panel: 'log', itemId, words: '', runId: run?.id ?? null });
  }

  /** What there is of a run; the same list until there is more. */
  events(runId: string): readonly EventView[] {
    return this.#events.get(runId) ?? noEvents;
  }

  /** Asks for the next events of a run that are not here yet, unless somebody is asking. */
  async load(run: ResponseView, fetch: FetchEvents): Promise<void> {
    const known = this.events(run.id);
    if (this.#fetching.has(run.id) || known.length >= run.count) return;
    const generation = this.#generation;
    this.#fetching.add(run.id);
    const more = await fetch(this.#threadId, run.id, known.length).catch(() => noEvents);
    this.#fetching.delete(run.id);
    // Everything may have begun anew in between.
    if (this.#generation !== generation) return this.#changed.fire();
    if (more.length === 0) return;
    this.#events.set(run.id, [...known, ...more]);
    this.#changed.fire();
  }
}

const noEvents: readonly EventView[] = [];

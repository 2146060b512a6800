import { Emitter } from '../../base/common/events.ts';
import type { EventLogState, EventView, ResponseView } from '../common/protocol.ts';

export type Panel = 'transcript' | 'log' | 'network';

/** What the event log shows. */
export interface LogView {
  readonly panel: Panel;
  /** Null: the newest response. */
  readonly responseId: string | null;
  /** Only events of this item; null: all items. */
  readonly itemId: string | null;
  readonly text: string;
}

/** Requests the events of a response, starting at an index. */
type FetchEvents = (threadId: string, responseId: string, from: number) => Promise<readonly EventView[]>;

const empty: EventLogState = { responses: [], replay: null };
const noView: LogView = { panel: 'transcript', responseId: null, itemId: null, text: '' };
const noItems: ReadonlySet<string> = new Set();

/** The event log's state in the webview: responses, loaded events and the current view. */
export class EventLogModel {
  readonly #changed = new Emitter<void>();
  readonly #events = new Map<string, readonly EventView[]>();
  readonly #fetching = new Set<string>();
  #threadId = '';
  /** Incremented by `reset`; replies to earlier requests are ignored. */
  #generation = 0;
  #items: ReadonlySet<string> = noItems;
  #ended: readonly ResponseView[] = [];
  #state: EventLogState = empty;
  #view: LogView = noView;

  readonly subscribe = (listener: () => void) => this.#changed.on(listener);
  readonly getState = () => this.#state;
  readonly getView = () => this.#view;
  /** Returns the ids of all items that a response added or changed; the same set until one is added. */
  readonly getItems = () => this.#items;
  /** Returns the responses that have ended; the same list until another one ends. */
  readonly getEnded = () => this.#ended;

  /** Replaces the whole state, for another thread or after a reload. */
  reset(threadId: string, state: EventLogState): void {
    if (threadId !== this.#threadId) this.#view = noView;
    this.#threadId = threadId;
    this.#generation += 1;
    this.#events.clear();
    this.#items = noItems;
    this.#ended = [];
    this.update(state);
  }

  update(state: EventLogState): void {
    this.#state = state;
    if (state.responses.some(({ itemIds }) => itemIds.some((id) => !this.#items.has(id)))) {
      this.#items = new Set(state.responses.flatMap(({ itemIds }) => itemIds));
    }
    const ended = state.responses.filter(({ end }) => end !== null);
    if (ended.length !== this.#ended.length || ended.some(({ id }, index) => id !== this.#ended[index]?.id)) {
      this.#ended = ended;
    }
    for (const id of this.#events.keys())
      if (!state.responses.some((response) => response.id === id)) this.#events.delete(id);
    this.#changed.fire();
  }

  show(view: Partial<LogView>): void {
    this.#view = { ...this.#view, ...view };
    this.#changed.fire();
  }

  /** Shows the newest response that contains the item, filtered by the item. */
  showItem(itemId: string): void {
    const response = this.#state.responses.findLast(({ itemIds }) => itemIds.includes(itemId));
    this.show({ panel: 'log', itemId, text: '', responseId: response?.id ?? null });
  }

  /** Returns the loaded events of a response; the same list until more are loaded. */
  events(responseId: string): readonly EventView[] {
    return this.#events.get(responseId) ?? noEvents;
  }

  /** Requests the next events of a response that are not loaded, unless a request is in progress. */
  async load(response: ResponseView, fetch: FetchEvents): Promise<void> {
    const known = this.events(response.id);
    if (this.#fetching.has(response.id) || known.length >= response.count) return;
    const generation = this.#generation;
    this.#fetching.add(response.id);
    const more = await fetch(this.#threadId, response.id, known.length).catch(() => noEvents);
    this.#fetching.delete(response.id);
    // `reset` may have been called during the request.
    if (this.#generation !== generation) return this.#changed.fire();
    if (more.length === 0) return;
    this.#events.set(response.id, [...known, ...more]);
    this.#changed.fire();
  }
}

const noEvents: readonly EventView[] = [];

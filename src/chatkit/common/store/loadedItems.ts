import type { ThreadItem } from '../model/item.ts';
import { separateDuplicates } from './duplicates.ts';
import { nothingLoaded, place, removeItems, replaceItems } from './itemWindows.ts';
import type { ItemWindows, Place, Placed, Run } from './itemWindows.ts';
import type { ItemsChange, ThreadItems } from './types.ts';

export const noItems: ThreadItems = {
  ...nothingLoaded,
  asOf: null,
  count: 0,
  duplicateIds: [],
  stopped: null,
};

/** What is loaded of one thread, with an index by id: the windows and the index change only together. */
export class LoadedItems {
  #state: ItemWindows = nothingLoaded;
  readonly #byId = new Map<string, ThreadItem>();
  readonly #duplicateIds = new Set<string>();
  #asOf: number | null = null;
  #stopped: ThreadItems['stopped'] = null;
  /** See `ThreadStore.hold`. */
  readonly #held = new Set<string>();
  #view: ThreadItems | null = noItems;

  /** The same object until something changes. */
  get view(): ThreadItems {
    this.#view ??= {
      ...this.#state,
      asOf: this.#asOf,
      count: this.#byId.size,
      duplicateIds: [...this.#duplicateIds],
      stopped: this.#stopped,
    };
    return this.#view;
  }

  item(itemId: string): ThreadItem | undefined {
    return this.#byId.get(itemId);
  }

  /** Lays a run over what is loaded; `items` oldest first, as the server sent them. */
  place(run: Run, where: Place): Placed {
    const beyond = where.at === 'before' || where.at === 'after';
    const { items, duplicateIds } = separateDuplicates(run.items, (id) => this.#byId.get(id), beyond);
    for (const id of duplicateIds) this.#duplicateIds.add(id);
    for (const { id } of items) this.#held.delete(id);
    const placed = this.#take(place(this.#state, { ...run, items }, where, (id) => this.#byId.has(id)));
    return this.#withHeld(placed);
  }

  /** New contents for a loaded item; one that is not loaded joins the newest end. */
  put(item: ThreadItem): readonly ItemsChange[] {
    const known = (id: string): boolean => this.#byId.has(id);
    if (known(item.id)) return this.#take(replaceItems(this.#state, [item], known)).changes;
    const last = this.#state.windows.length - 1;
    const isStart = last < 0 && this.#state.reachesStart;
    const run: Run = { items: [item], older: null, newer: null, isStart, isEnd: true };
    const where: Place = last >= 0 && this.#state.reachesEnd ? { at: 'after', window: last } : { at: 'end' };
    return this.#take(place(this.#state, run, where, known)).changes;
  }

  remove(itemIds: readonly string[]): readonly ItemsChange[] {
    for (const id of itemIds) this.#held.delete(id);
    return this.#take(removeItems(this.#state, new Set(itemIds))).changes;
  }

  /** The thread has just begun: nothing of it exists that is not loaded. */
  begin(asOf: number): void {
    this.#state = { ...this.#state, reachesStart: true, reachesEnd: true };
    this.seen(asOf);
  }

  hold(itemIds: Iterable<string>): void {
    for (const id of itemIds) this.#held.add(id);
  }

  release(): void {
    this.#held.clear();
  }

  /** The newest end was asked for at `asOf`, ms. */
  seen(asOf: number): void {
    this.#asOf = asOf;
    this.#view = null;
  }

  stop(side: ThreadItems['stopped']): void {
    this.#stopped = side;
    this.#view = null;
  }

  /** What the run does not know and is held joins the end again. */
  #withHeld(placed: Placed): Placed {
    const held = placed.vanished.filter(({ id }) => this.#held.has(id));
    if (held.length === 0) return placed;
    for (const item of held) this.put(item);
    return { ...placed, changes: [...placed.changes.filter(({ type }) => type === 'changed'), { type: 'reset' }] };
  }

  #take(placed: Placed): Placed {
    for (const { id } of placed.vanished) this.#byId.delete(id);
    for (const item of placed.items) this.#byId.set(item.id, item);
    this.#state = placed.state;
    this.#view = null;
    return placed;
  }
}

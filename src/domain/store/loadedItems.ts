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
    return this.#take(place(this.#state, { ...run, items }, where, (id) => this.#byId.has(id)));
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

  remove(itemId: string): readonly ItemsChange[] {
    return this.#take(removeItems(this.#state, new Set([itemId]))).changes;
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

  #take(placed: Placed): Placed {
    for (const { id } of placed.vanished) this.#byId.delete(id);
    for (const item of placed.items) this.#byId.set(item.id, item);
    this.#state = placed.state;
    this.#view = null;
    return placed;
  }
}

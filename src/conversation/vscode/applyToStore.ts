import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import { type ItemsOrigin, type ThreadStore, itemsIn } from '../../chatkit/common/store/types.ts';
import type { StreamEvent } from '../../chatkit/common/stream/events.ts';
import { type TextDelta, textDeltaOf } from '../../chatkit/common/stream/applyUpdate.ts';
import type { StreamState } from '../../chatkit/common/stream/streamState.ts';
import type { StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';

/** Delay before appended text is written to the store, ms: its other readers (tree, export) do not need each delta. */
const debounceMs = 250;

/** Applies a stream's events to a thread's store. */
export class ApplyToStore {
  readonly #store: ThreadStore;
  /** The user message of a retry: items after it are removed when the server has accepted the command. */
  readonly #retriedItemId: string | null;
  readonly #pendingItems = new Set<string>();
  #retried: readonly string[] = [];
  #threadId: string | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #accepted = false;

  constructor(store: ThreadStore, threadId: string | null, command: StreamCommand) {
    this.#store = store;
    this.#threadId = threadId;
    this.#retriedItemId = command.type === 'retryAfter' ? command.itemId : null;
  }

  get threadId(): string | null {
    return this.#threadId;
  }

  /** Ids of the items that a retry removed. */
  get retried(): readonly string[] {
    return this.#retried;
  }

  itemOf(itemId: string): ThreadItem | undefined {
    return this.#threadId === null ? undefined : this.#store.item(this.#threadId, itemId);
  }

  /** The server has created the thread. */
  begin(thread: Thread): void {
    this.#threadId = thread.id;
    this.#store.addNewThread(thread);
  }

  /** The thread that an item of a new thread belongs to, if the server did not announce the thread; else null. */
  unannounced(event: StreamEvent): Thread | null {
    if (this.#threadId !== null || !('item' in event) || event.item.threadId === '') return null;
    const { threadId: id, createdAt } = event.item;
    const common = { title: null, status: { type: 'active' }, user: null, imageDomains: null } as const;
    return { id, createdAt, raw: { id }, ...common };
  }

  /** Returns the text delta of an event, which stays pending until `flush`; null for an event that `apply` must handle. */
  deferredText(event: StreamEvent): TextDelta | null {
    const delta = textDeltaOf(event);
    if (delta !== null) this.#pendingItems.add(delta.itemId);
    return delta;
  }

  /** Applies one event. `state`: the stream's state after the event. */
  apply(event: StreamEvent, state: StreamState): void {
    if (!this.#accepted && event.type !== 'error') {
      this.#accepted = true;
      this.#removeRetried();
    }
    switch (event.type) {
      case 'itemAdded':
      case 'itemDone':
      case 'itemReplaced':
        return this.#put(event.item.id, state, 'stream');
      case 'itemUpdated':
      case 'itemFinished':
        return this.#put(event.itemId, state, 'stream');
      case 'itemRemoved':
        this.#pendingItems.delete(event.itemId);
        return this.#threadId === null ? undefined : this.#store.removeItems(this.#threadId, [event.itemId], 'stream');
      case 'threadCreated':
      case 'threadUpdated':
        return this.#store.putThread(event.thread);
    }
  }

  /** Schedules `flush` if text is pending. */
  schedule(flush: () => void): void {
    if (this.#pendingItems.size === 0 || this.#timer !== undefined) return;
    this.#timer = setTimeout(flush, debounceMs);
  }

  flush(state: StreamState): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const itemId of [...this.#pendingItems]) this.#put(itemId, state, 'textDeltas');
  }

  /** Removes items that the stream itself replaced with others. */
  removeSuperseded(itemIds: readonly string[]): void {
    for (const itemId of itemIds) this.#pendingItems.delete(itemId);
    if (this.#threadId !== null && itemIds.length > 0) this.#store.removeItems(this.#threadId, itemIds, 'stream');
  }

  /**
   * Ends the stream. The items of a new thread whose id the server never sent are shown in the thread `threadKey`.
   * Streamed items stay pinned until a page of the server contains them.
   */
  end(state: StreamState, threadKey: string | null): void {
    this.flush(state);
    if (this.#threadId !== null || threadKey === null || state.items.length === 0) return;
    for (const item of state.items) this.#store.putItem(threadKey, { ...item, threadId: threadKey }, 'stream');
  }

  #put(itemId: string, state: StreamState, origin: ItemsOrigin): void {
    this.#pendingItems.delete(itemId);
    const item = state.item(itemId);
    if (item === undefined || this.#threadId === null) return;
    this.#store.pin(this.#threadId, [itemId]);
    this.#store.putItem(this.#threadId, item.threadId === '' ? { ...item, threadId: this.#threadId } : item, origin);
  }

  #removeRetried(): void {
    if (this.#retriedItemId === null || this.#threadId === null) return;
    const items = itemsIn(this.#store.items(this.#threadId));
    const at = items.findIndex(({ id }) => id === this.#retriedItemId);
    this.#retried = at < 0 ? [] : items.slice(at + 1).map(({ id }) => id);
    this.#store.removeItemsAfter(this.#threadId, this.#retriedItemId, 'stream');
  }
}

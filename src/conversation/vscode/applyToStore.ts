import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import type { ItemsOrigin, ThreadStore } from '../../chatkit/common/store/types.ts';
import type { StreamEvent } from '../../chatkit/common/stream/events.ts';
import { textDeltaOf, type TextDelta } from '../../chatkit/common/stream/textDelta.ts';
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

  itemOf(itemId: string): ThreadItem | undefined {
    return this.#threadId === null ? undefined : this.#store.item(this.#threadId, itemId);
  }

  /** The server has created the thread. */
  begin(thread: Thread): void {
    this.#threadId = thread.id;
    this.#store.addNewThread(thread);
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

  /** Ends the stream. `completed`: server pages are authoritative again; otherwise the partial response stays pinned. */
  end(state: StreamState, completed: boolean): void {
    this.flush(state);
    if (completed && this.#threadId !== null) this.#store.unpin(this.#threadId);
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
    const last = this.#store.items(this.#threadId).windows.at(-1)?.items ?? [];
    const at = last.findIndex(({ id }) => id === this.#retriedItemId);
    if (at < 0) return;
    const following = last.slice(at + 1).map(({ id }) => id);
    if (following.length > 0) this.#store.removeItems(this.#threadId, following, 'stream');
  }
}

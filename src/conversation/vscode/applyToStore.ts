import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import type { StreamEvent } from '../../chatkit/common/stream/events.ts';
import { textDeltaOf, type TextDelta } from '../../chatkit/common/stream/textDelta.ts';
import type { StreamState } from '../../chatkit/common/stream/streamState.ts';
import type { StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';

/** How long text may grow before the store has it, ms: its readers apart from the page want to know, not to flicker. */
const settleMs = 250;

/** Brings a stream's events into a thread's store. */
export class ApplyToStore {
  readonly #store: ThreadStore;
  /** A user message whose answers give way to the stream's, once the server has taken the command. */
  readonly #retried: string | null;
  readonly #grown = new Set<string>();
  #threadId: string | null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #taken = false;
  #quiet = false;

  constructor(store: ThreadStore, threadId: string | null, command: StreamCommand) {
    this.#store = store;
    this.#threadId = threadId;
    this.#retried = command.type === 'retryAfter' ? command.itemId : null;
  }

  get threadId(): string | null {
    return this.#threadId;
  }

  get isQuiet(): boolean {
    return this.#quiet;
  }

  known(itemId: string): ThreadItem | undefined {
    return this.#threadId === null ? undefined : this.#store.item(this.#threadId, itemId);
  }

  /** The server has made the thread. */
  begin(thread: Thread): void {
    this.#threadId = thread.id;
    this.#store.addNewThread(thread);
  }

  /** The growth that an event is, which waits until it is flushed; null for what has to be applied. */
  growthOf(event: StreamEvent): TextDelta | null {
    const growth = textDeltaOf(event);
    if (growth !== null) this.#grown.add(growth.itemId);
    return growth;
  }

  /** `state`: after the event. */
  apply(event: StreamEvent, state: StreamState): void {
    if (!this.#taken && event.type !== 'error') {
      this.#taken = true;
      this.#forgetAnswers();
    }
    switch (event.type) {
      case 'itemAdded':
      case 'itemDone':
      case 'itemReplaced':
        return this.#put(event.item.id, state);
      case 'itemUpdated':
        return this.#put(event.itemId, state);
      case 'itemRemoved':
        this.#grown.delete(event.itemId);
        return this.#threadId === null ? undefined : this.#store.removeItems(this.#threadId, [event.itemId]);
      case 'threadCreated':
      case 'threadUpdated':
        return this.#store.putThread(event.thread);
    }
  }

  /** Flushes in a while, if there is something to flush. */
  schedule(flush: () => void): void {
    if (this.#grown.size === 0 || this.#timer !== undefined) return;
    this.#timer = setTimeout(flush, settleMs);
  }

  flush(state: StreamState): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#quiet = true;
    for (const itemId of [...this.#grown]) this.#put(itemId, state);
    this.#quiet = false;
  }

  /** `well`: the server has all of it, and its pages are believed again. Otherwise what came stays, whatever they say. */
  end(state: StreamState, well: boolean): void {
    this.flush(state);
    if (well && this.#threadId !== null) this.#store.unpin(this.#threadId);
  }

  #put(itemId: string, state: StreamState): void {
    this.#grown.delete(itemId);
    const item = state.item(itemId);
    if (item === undefined || this.#threadId === null) return;
    this.#store.pin(this.#threadId, [itemId]);
    this.#store.putItem(this.#threadId, item.threadId === '' ? { ...item, threadId: this.#threadId } : item);
  }

  #forgetAnswers(): void {
    if (this.#retried === null || this.#threadId === null) return;
    const last = this.#store.items(this.#threadId).windows.at(-1)?.items ?? [];
    const at = last.findIndex(({ id }) => id === this.#retried);
    if (at < 0) return;
    const following = last.slice(at + 1).map(({ id }) => id);
    if (following.length > 0) this.#store.removeItems(this.#threadId, following);
  }
}

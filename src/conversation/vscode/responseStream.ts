import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import { type ItemsOrigin, type ThreadStore, itemsIn } from '../../chatkit/common/store/types.ts';
import type { ReceivedEvent, StreamEvent, StreamFault } from '../../chatkit/common/stream/events.ts';
import { type TextDelta, joinTextDeltas, textDeltaOf } from '../../chatkit/common/stream/applyUpdate.ts';
import { StreamState } from '../../chatkit/common/stream/streamState.ts';
import type { ConversationApi, SendContext, StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';
import { type SourceError, toSourceError } from '../../chatkit/common/errors.ts';
import { Emitter } from '../../base/common/events.ts';
import type { RuleId } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';

/** How a response ended. */
export type ResponseEnd =
  /** The server closed the stream without an error event. */
  | { readonly reason: 'done' }
  /** Stopped by the user or the extension. */
  | { readonly reason: 'stopped' }
  /** The server sent an error event and closed the stream. */
  | { readonly reason: 'fault'; readonly fault: StreamFault }
  /** The server rejected the command, or the stream broke. */
  | { readonly reason: 'failed'; readonly error: SourceError };

interface ResponseStreamOptions {
  /** Unique in this window. */
  readonly id: number;
  readonly connectionId: string;
  /** Null for a thread that the command creates. */
  readonly threadId: string | null;
  /** The thread's id or, for a thread that the command creates, its placeholder id. Default: `threadId`. */
  readonly threadKey?: string;
  readonly command: StreamCommand;
  readonly api: ConversationApi;
  readonly store: ThreadStore;
  /** The server has created the thread. */
  readonly onCreated: (threadId: string) => void;
}

/**
 * One command and its response stream. Events are applied to the thread's store when they arrive, so that tree, inspector
 * and export show them. Text deltas are emitted by `onDidAppendText` immediately and written to the store after a delay.
 */
export class ResponseStream {
  readonly id: number;
  readonly connectionId: string;
  readonly threadKey: string | null;
  readonly command: StreamCommand;
  /** ms since the epoch. */
  readonly startedAt = Date.now();
  /** Resolves when the stream has ended for any reason; never rejects. */
  readonly ended: Promise<ResponseEnd>;
  readonly #options: ResponseStreamOptions;
  readonly #stop = new AbortController();
  readonly #received = new Emitter<readonly ReceivedEvent[]>();
  readonly #textAppended = new Emitter<readonly TextDelta[]>();
  readonly #changed = new Emitter<void>();
  readonly #ended = new Emitter<ResponseEnd>();
  readonly #applier: ApplyToStore;
  readonly #state = new StreamState();
  #end: ResponseEnd | null = null;
  #pendingText: TextDelta[] = [];
  #eventCount = 0;
  #unfinished: readonly string[] = [];
  #rules: readonly RuleId[] = [];
  #accepted = false;

  /** Emits received events in batches as they arrived, after they have been applied. */
  readonly onDidReceive = this.#received.on;
  /** Emitted once, after the last event. */
  readonly onDidEnd = this.#ended.on;
  /** Emits text appended to items, in order with the store's events. */
  readonly onDidAppendText = this.#textAppended.on;
  /** Emitted when something except items changed: progress, notices, effects, or whether the response can be stopped. */
  readonly onDidChange = this.#changed.on;

  constructor(options: ResponseStreamOptions) {
    this.#options = options;
    this.id = options.id;
    this.connectionId = options.connectionId;
    this.threadKey = options.threadKey ?? options.threadId;
    this.command = options.command;
    this.#applier = new ApplyToStore(options.store, options.threadId, options.command);
    this.ended = this.#readToEnd();
  }

  /** Null until the server has created the thread. */
  get threadId(): string | null {
    return this.#applier.threadId;
  }

  get state(): StreamState {
    return this.#state;
  }

  /** Null while the response is in progress. */
  get end(): ResponseEnd | null {
    return this.#end;
  }

  /** Number of received events. */
  get eventCount(): number {
    return this.#eventCount;
  }

  /** Ids of items that were incomplete when the stream ended. */
  get unfinished(): readonly string[] {
    return this.#unfinished;
  }

  /** Rules of the protocol that the stream as a whole violates; empty while it is in progress. */
  get rules(): readonly RuleId[] {
    return this.#rules;
  }

  /** Ids of the items that this response removed because it is a retry. */
  get retried(): readonly string[] {
    return this.#applier.retried;
  }

  /** Whether the server announced the new thread; true for a response in an existing thread. */
  get announced(): boolean {
    return this.#options.threadId !== null || this.#state.thread !== null;
  }

  /** Whether the server did anything with the command except reporting an error. */
  get accepted(): boolean {
    return this.#accepted;
  }

  /** Stops the stream. The partial response remains in the thread. */
  stop(): void {
    this.#stop.abort();
  }

  /** Writes pending text to the store. */
  flush(): void {
    this.#applier.flush(this.#state);
  }

  async #readToEnd(): Promise<ResponseEnd> {
    const end = await this.#readStream();
    const superseded = new Set(this.#state.superseded());
    this.#unfinished = [...this.#state.open].filter((id) => !superseded.has(id));
    this.#state.end();
    this.#applier.removeSuperseded([...superseded]);
    this.#applier.end(this.#state, this.threadKey);
    this.#end = end;
    this.#ended.fire(end);
    this.#changed.fire();
    return end;
  }

  async #readStream(): Promise<ResponseEnd> {
    const { api, command } = this.#options;
    const { signal } = this.#stop;
    try {
      const context: SendContext = {
        isKnownItem: (itemId) => this.#isKnownItem(itemId),
        onEnd: (rules) => (this.#rules = rules),
      };
      for await (const received of api.send(command, signal, context)) {
        if (signal.aborted) break;
        this.#receive(received);
      }
    } catch (thrown) {
      const error = toSourceError(thrown);
      // After an error event, it is the reason; how the connection ends does not matter.
      if (!signal.aborted && this.#state.fault === null) return { reason: 'failed', error };
    }
    if (signal.aborted) return { reason: 'stopped' };
    const { fault } = this.#state;
    return fault === null ? { reason: 'done' } : { reason: 'fault', fault };
  }

  #receive(batch: readonly ReceivedEvent[]): void {
    const before = this.#state.revision;
    this.#eventCount += batch.length;
    const received: ReceivedEvent[] = [];
    for (const one of batch) {
      const event = this.#state.resolve(one.event, this.#known);
      received.push(event === one.event ? one : { ...one, event });
      this.#apply(event);
    }
    this.#emitPendingText();
    this.#applier.schedule(() => this.flush());
    this.#received.fire(received);
    if (before !== this.#state.revision || this.#eventCount === received.length) this.#changed.fire();
  }

  #apply(event: StreamEvent): void {
    this.#accepted ||= event.type !== 'error' && event.type !== 'unknown';
    const isKnown = event.type !== 'itemUpdated' || this.#itemBefore(event.itemId) !== undefined;
    const changesItem = this.#state.apply(event, this.#known);
    const created = event.type === 'threadCreated' ? event.thread : this.#applier.unannounced(event);
    if (created !== null && this.threadId === null) {
      this.#applier.begin(created);
      this.#options.onCreated(created.id);
    }
    // The first text of an item that was never added is sent with the item.
    const delta = changesItem && isKnown ? this.#applier.deferredText(event) : null;
    if (delta !== null) {
      joinTextDeltas(this.#pendingText, delta);
    } else {
      // The item written to the store includes the pending text, so emit that text first.
      this.#emitPendingText();
      this.#applier.apply(event, this.#state);
    }
  }

  #itemBefore(itemId: string): ThreadItem | undefined {
    return this.#state.item(itemId) ?? this.#known(itemId);
  }

  readonly #known = (itemId: string): ThreadItem | undefined => this.#applier.itemOf(itemId);

  /** Whether the thread contained an item before this response. */
  #isKnownItem(itemId: string): boolean {
    return this.#state.item(itemId) === undefined && this.#known(itemId) !== undefined;
  }

  #emitPendingText(): void {
    if (this.#pendingText.length === 0) return;
    const delta = this.#pendingText;
    this.#pendingText = [];
    this.#textAppended.fire(delta);
  }
}

/** Delay before appended text is written to the store, ms: its other readers (tree, export) do not need each delta. */
const debounceMs = 250;

/** Applies a stream's events to a thread's store. */
class ApplyToStore {
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

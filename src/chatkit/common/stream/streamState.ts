import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import type { ThreadItem } from '../model/item.ts';
import type { Thread } from '../model/thread.ts';
import { applyUpdate, maxPartIndex } from './applyUpdate.ts';
import type { ClientEffect, ItemUpdate, Notice, ProgressLine, StreamEvent, StreamFault } from './events.ts';
import { StreamIds } from './streamIds.ts';

/** Text for one part of an item that is not applied yet. */
interface PendingText {
  readonly itemId: string;
  readonly index: number;
  delta: string;
}

/** The latest notices, and the latest effects, of one stream; the event log has all of them. */
export const maxNotices = 20;

/**
 * The state of a stream so far. It changes in place, so that an event takes the same time after ten thousand others; the
 * items themselves never change, and each list of notices or effects is a new one.
 */
export class StreamState {
  readonly #items = new Map<string, ThreadItem>();
  readonly #open = new Set<string>();
  readonly #removed = new Set<string>();
  readonly #ids = new StreamIds();
  /** Length of the text that was streamed into each part, by `<id> <index>`. */
  readonly #streamedLengths = new Map<string, number>();
  /** Text deltas for the same part are joined, and applied when something reads the item or changes it. */
  #pending: PendingText | null = null;
  #thread: Thread | null = null;
  #progress: ProgressLine | null = null;
  #notices: readonly Notice[] = [];
  #effects: readonly ClientEffect[] = [];
  #fault: StreamFault | null = null;
  #allowCancel = true;
  #news = 0;

  /** As last created or updated by this stream; null before. */
  get thread(): Thread | null {
    return this.#thread;
  }

  /** Every item that this stream added or changed, in the order of their first event. A copy. */
  get items(): readonly ThreadItem[] {
    this.#applyPending();
    return [...this.#items.values()];
  }

  /** Ids of items that are incomplete. */
  get open(): ReadonlySet<string> {
    return this.#open;
  }

  /** Ids of items that the stream removed. */
  get removed(): ReadonlySet<string> {
    return this.#removed;
  }

  get progress(): ProgressLine | null {
    return this.#progress;
  }

  /** The latest. */
  get notices(): readonly Notice[] {
    return this.#notices;
  }

  /** The latest. */
  get effects(): readonly ClientEffect[] {
    return this.#effects;
  }

  get fault(): StreamFault | null {
    return this.#fault;
  }

  /** Whether the response can be stopped; true unless the server reports otherwise. */
  get allowCancel(): boolean {
    return this.#allowCancel;
  }

  /** Incremented with every change except changes of thread and items. */
  get revision(): number {
    return this.#news;
  }

  /** An item that this stream added or changed. */
  item(itemId: string): ThreadItem | undefined {
    this.#applyPending();
    return this.#items.get(itemId);
  }

  /**
   * The event with ids that are unique in the thread: servers use one id for several items. Pass it to `take`.
   * `known`: see `take`.
   */
  resolve(event: StreamEvent, known: (itemId: string) => ThreadItem | undefined): StreamEvent {
    return this.#ids.resolve(event, {
      ofStream: (itemId) => this.#items.get(itemId),
      isOpen: (itemId) => this.#open.has(itemId),
      known,
    });
  }

  /**
   * Ids of open items that another item replaced: the server used another id when the item was done. Call it before `end`.
   */
  superseded(): readonly string[] {
    this.#applyPending();
    return this.#ids.superseded(this.#items, this.#open);
  }

  /**
   * Takes one more event (chatkit-api 5.6); false where it changes nothing.
   * `known`: looks up an item that was there before the stream, for a change of it.
   */
  apply(event: StreamEvent, known: (itemId: string) => ThreadItem | undefined = () => undefined): boolean {
    if (event.type === 'itemUpdated' && this.#joinPending(event.itemId, event.update)) return true;
    this.#applyPending();
    switch (event.type) {
      case 'itemUpdated':
        return this.#change(event, this.#items.get(event.itemId) ?? known(event.itemId));
      case 'itemAdded':
      case 'itemDone':
      case 'itemReplaced': {
        const item = event.type === 'itemDone' ? this.#finished(event.item) : event.item;
        this.#items.set(item.id, item);
        this.#mark(item.id, event.type === 'itemAdded');
        this.#removed.delete(item.id);
        return true;
      }
      case 'itemFinished': {
        const item = this.#items.get(event.itemId) ?? known(event.itemId);
        if (item === undefined) return false;
        this.#items.set(item.id, item);
        this.#mark(item.id, false);
        return true;
      }
      case 'itemRemoved':
        this.#items.delete(event.itemId);
        this.#mark(event.itemId, false);
        this.#removed.add(event.itemId);
        return true;
      case 'threadCreated':
      case 'threadUpdated':
        this.#thread = event.thread;
        return true;
      case 'unknown':
        return false;
      default:
        this.#applyNotice(event);
        this.#news += 1;
        return true;
    }
  }

  /** Ends the stream: no item is incomplete any longer, and the received items remain. */
  end(): void {
    this.#open.clear();
    this.#progress = null;
    this.#news += 1;
  }

  #change({ itemId, update }: Extract<StreamEvent, { type: 'itemUpdated' }>, known: ThreadItem | undefined): boolean {
    if (update.type === 'textDelta') {
      if (known?.kind === 'assistant_message' && this.#open.has(itemId)) return this.#startPending(known, update);
      const isLate = this.#isLate(itemId, update);
      this.#count(itemId, update);
      if (isLate) return false;
    }
    const before = known ?? unannounced(itemId, this.#thread?.id ?? '', update);
    if (before === null) return false;
    const after = applyUpdate(before, update);
    if (after === before) return false;
    if (known === undefined) this.#mark(itemId, true);
    this.#items.set(itemId, after);
    return true;
  }

  /** The final form of an item. An answer that is done without its text keeps the text that was streamed. */
  #finished(item: ThreadItem): ThreadItem {
    const before = this.#items.get(item.id);
    if (item.kind !== 'assistant_message' || before?.kind !== 'assistant_message') return item;
    const hasText = ({ parts }: typeof item): boolean => parts.some(({ text }) => text !== '');
    if (hasText(item) || !hasText(before)) return item;
    const { raw } = before;
    const isSame = isJsonObject(raw) && isJsonObject(item.raw) && raw['content'] !== undefined;
    return {
      ...item,
      parts: before.parts,
      raw: isSame ? { ...(item.raw as JsonObject), content: raw['content'] as Json } : item.raw,
    };
  }

  /** Whether an answer that is done contains this text already: its deltas were sent after it. */
  #isLate(itemId: string, { index, delta }: Extract<ItemUpdate, { type: 'textDelta' }>): boolean {
    const item = this.#items.get(itemId);
    if (item?.kind !== 'assistant_message' || this.#open.has(itemId)) return false;
    const start = this.#streamedLengths.get(`${itemId} ${index}`) ?? 0;
    return item.parts[index]?.text.startsWith(delta, start) === true;
  }

  #count(itemId: string, { index, delta }: Pick<PendingText, 'index' | 'delta'>): void {
    const key = `${itemId} ${index}`;
    this.#streamedLengths.set(key, (this.#streamedLengths.get(key) ?? 0) + delta.length);
  }

  #startPending(item: ThreadItem, { index, delta }: Pick<PendingText, 'index' | 'delta'>): boolean {
    if (index < 0 || index > maxPartIndex) return false;
    this.#items.set(item.id, item);
    this.#pending = { itemId: item.id, index, delta };
    return true;
  }

  #joinPending(itemId: string, update: ItemUpdate): boolean {
    const pending = this.#pending;
    if (pending === null || update.type !== 'textDelta') return false;
    if (pending.itemId !== itemId || pending.index !== update.index) return false;
    pending.delta += update.delta;
    return true;
  }

  #applyPending(): void {
    const pending = this.#pending;
    if (pending === null) return;
    this.#pending = null;
    const item = this.#items.get(pending.itemId);
    if (item === undefined) return;
    const { index, delta } = pending;
    this.#count(item.id, pending);
    this.#items.set(item.id, applyUpdate(item, { type: 'textDelta', index, delta }));
  }

  #mark(itemId: string, isOpen: boolean): void {
    if (this.#open.has(itemId) === isOpen) return;
    if (isOpen) this.#open.add(itemId);
    else this.#open.delete(itemId);
    this.#news += 1;
  }

  #applyNotice(event: Extract<StreamEvent, { type: 'options' | 'progress' | 'effect' | 'notice' | 'error' }>): void {
    switch (event.type) {
      case 'options':
        this.#allowCancel = event.allowCancel;
        return;
      case 'progress':
        this.#progress = { text: event.text, icon: event.icon };
        return;
      case 'effect':
        this.#effects = withLatest(this.#effects, { name: event.name, data: event.data });
        return;
      case 'notice': {
        const { level, message, title } = event;
        this.#notices = withLatest(this.#notices, { level, message, title });
        return;
      }
      case 'error': {
        const { code, message, allowRetry } = event;
        this.#fault = { code, message, allowRetry };
      }
    }
  }
}

/** The item of a first change, for servers that never add it; null for a change that does not show what it is. */
function unannounced(id: string, threadId: string, { type }: ItemUpdate): ThreadItem | null {
  const base = { id, threadId, createdAt: null };
  switch (type) {
    case 'textDelta':
    case 'partAdded':
    case 'partDone':
    case 'annotationAdded':
      return { kind: 'assistant_message', ...base, parts: [], raw: { id, type: 'assistant_message', content: [] } };
    case 'taskAdded':
      return {
        kind: 'workflow',
        ...base,
        workflowType: 'unknown',
        tasks: [],
        expanded: false,
        summary: null,
        raw: { id, type: 'workflow', workflow: { tasks: [] } },
      };
    default:
      return null;
  }
}

function withLatest<T>(list: readonly T[], one: T): readonly T[] {
  return [...list.slice(-(maxNotices - 1)), one];
}

import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Conversations } from '../../store/conversations.ts';
import type { StoredItem } from '../../store/items.ts';
import type { StoredThread } from '../../store/threads.ts';
import { applyUpdate } from './applyUpdate.ts';
import type { ItemUpdate, ServerEvent } from './events.ts';
import { serverBody, serverItem, serverThread } from './fromStore.ts';
import type { JsonObject, ServerBody } from '../../model/serverTypes.ts';

export interface TurnParts {
  readonly conversations: Conversations;
  readonly thread: StoredThread;
  readonly send: (event: ServerEvent | JsonObject) => void;
  /** Fires when the client has gone: a turn ends at its next wait. */
  readonly signal: AbortSignal;
  /** Multiplies every wait. */
  readonly pace: number;
}

/** A failure that the stream reports by itself, after what it has sent so far. */
export class StreamError extends Error {
  readonly code: string;
  readonly allowRetry: boolean;

  constructor(code: string, allowRetry: boolean, message = '') {
    super(message);
    this.code = code;
    this.allowRetry = allowRetry;
  }
}

/** Ends the connection in the middle of the stream, with nothing said. */
export class BrokenOff extends Error {}

/** One answer while it is being given: what is said goes out as events and, once it is done, into the thread. */
export class Turn {
  readonly thread: StoredThread;
  readonly #parts: TurnParts;
  /** Added, and not done yet. */
  readonly #pending = new Map<string, StoredItem>();

  constructor(parts: TurnParts) {
    this.thread = parts.thread;
    this.#parts = parts;
  }

  /** @param ms before it is multiplied with the pace; throws when the client has gone */
  async wait(ms: number): Promise<void> {
    const { signal, pace } = this.#parts;
    // Also without any wait, so that a stream of many events is not one long breath.
    await (ms * pace === 0 ? setImmediate(undefined, { signal }) : setTimeout(ms * pace, undefined, { signal }));
  }

  send(event: ServerEvent): void {
    this.#parts.send(event);
  }

  /** What no version of the protocol knows. */
  sendUnknown(event: JsonObject): void {
    this.#parts.send(event);
  }

  /** Announces an item that is going to change; gives its id. */
  add(body: ServerBody): string {
    const item = this.#parts.conversations.draft({ face: 'server', body });
    this.#pending.set(item.id, item);
    this.send({ type: 'thread.item.added', item: serverItem(this.thread.id, item) });
    return item.id;
  }

  update(id: string, update: ItemUpdate): void {
    const item = this.#pending.get(id);
    if (item === undefined) throw new Error(`Item ${id} is not pending`);
    this.#pending.set(id, {
      id,
      createdAt: item.createdAt,
      face: 'server',
      body: applyUpdate(serverBody(item), update),
    });
    this.send({ type: 'thread.item.updated', item_id: id, update });
  }

  /** Ends an item as it has become, or as `body` says. */
  done(id: string, body?: ServerBody): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) throw new Error(`Item ${id} is not pending`);
    this.#pending.delete(id);
    this.#keep(body === undefined ? pending : { id, createdAt: pending.createdAt, face: 'server', body });
  }

  /** An item that comes all at once. */
  put(body: ServerBody): string {
    const item = this.#parts.conversations.draft({ face: 'server', body });
    this.#keep(item);
    return item.id;
  }

  /** Something for the model's eyes only: kept, never sent. */
  hide(body: Extract<ServerBody, { type: 'hidden_context_item' | 'sdk_hidden_context' }>): void {
    this.#parts.conversations.append(this.thread, { face: 'server', body });
  }

  replace(id: string, body: ServerBody): void {
    const item = this.thread.items.find(id);
    if (item === undefined) throw new Error(`No item ${id}`);
    const replaced: StoredItem = { id, createdAt: item.createdAt, face: 'server', body };
    this.thread.items.replace(replaced);
    this.send({ type: 'thread.item.replaced', item: serverItem(this.thread.id, replaced) });
  }

  remove(id: string): void {
    this.#pending.delete(id);
    this.thread.items.remove(id);
    this.send({ type: 'thread.item.removed', item_id: id });
  }

  /** Changes title or status, and says so. */
  change(change: Partial<Pick<StoredThread, 'title' | 'status'>>): void {
    Object.assign(this.thread, change);
    this.send({ type: 'thread.updated', thread: serverThread(this.thread) });
  }

  /** The client has gone: what was said so far of an answer stays, and the model is told to let it be. */
  keepPartial(): void {
    for (const item of this.#pending.values()) {
      const body = serverBody(item);
      if (body.type !== 'assistant_message' || body.content.every(({ text }) => text.trim() === '')) continue;
      this.thread.items.push(item);
    }
    this.#pending.clear();
    this.hide({
      type: 'sdk_hidden_context',
      content: 'The user cancelled the stream. Stop responding to the prior request.',
    });
  }

  #keep(item: StoredItem): void {
    this.thread.items.push(item);
    this.send({ type: 'thread.item.done', item: serverItem(this.thread.id, item) });
  }
}

/** Runs an answer to its end, in the order of the Python SDK's streams (chatkit-api 5.6); throws `BrokenOff` only. */
export async function runTurn(turn: Turn, signal: AbortSignal, answer: (turn: Turn) => Promise<void>): Promise<void> {
  turn.send({ type: 'stream_options', stream_options: { allow_cancel: true } });
  try {
    await answer(turn);
  } catch (error) {
    if (error instanceof BrokenOff) throw error;
    if (signal.aborted) turn.keepPartial();
    else if (error instanceof StreamError) {
      const { code, message, allowRetry } = error;
      turn.send({ type: 'error', code, ...(message !== '' && { message }), allow_retry: allowRetry });
    } else turn.send({ type: 'error', code: 'stream.error', allow_retry: true });
  }
}

import { setImmediate, setTimeout } from 'node:timers/promises';
import type {
  AssistantContent,
  Json,
  JsonObject,
  ServerAnnotation,
  ServerBody,
  ServerItem,
  ServerTask,
  ServerThread,
} from '../../model/serverTypes.ts';
import type { Conversations, StoredItem, StoredThread } from '../../model/store.ts';
import { serverBody, serverItem, serverThread } from './fromStore.ts';

export interface TurnOptions {
  readonly conversations: Conversations;
  readonly thread: StoredThread;
  readonly send: (event: ServerEvent | JsonObject) => void;
  /** Aborted when the client disconnects: the turn ends at its next wait. */
  readonly signal: AbortSignal;
  /** Factor for all delays. */
  readonly pace: number;
}

/** An error that the stream reports with an event. */
export class StreamError extends Error {
  readonly code: string;
  readonly allowRetry: boolean;

  constructor(code: string, allowRetry: boolean, message = '') {
    super(message);
    this.code = code;
    this.allowRetry = allowRetry;
  }
}

/** Closes the connection in the middle of the stream, without an error event. */
export class ConnectionDropped extends Error {}

/** One response in progress: sends events and adds finished items to the thread. */
export class Turn {
  readonly thread: StoredThread;
  readonly #options: TurnOptions;
  /** Items that are added but not done. */
  readonly #pending = new Map<string, StoredItem>();

  constructor(options: TurnOptions) {
    this.thread = options.thread;
    this.#options = options;
  }

  /** @param ms delay before it is multiplied with the pace. Throws when the client disconnects. */
  async wait(ms: number): Promise<void> {
    const { signal, pace } = this.#options;
    // Yields even without a delay, so that a long stream does not block the event loop.
    await (ms * pace === 0 ? setImmediate(undefined, { signal }) : setTimeout(ms * pace, undefined, { signal }));
  }

  send(event: ServerEvent): void {
    this.#options.send(event);
  }

  /** Sends an event that no version of the protocol defines. */
  sendUnknown(event: JsonObject): void {
    this.#options.send(event);
  }

  /** Adds an item that will be updated; returns its ID. */
  add(body: ServerBody): string {
    const item = this.#options.conversations.draft({ format: 'server', body });
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
      format: 'server',
      body: applyUpdate(serverBody(item), update),
    });
    this.send({ type: 'thread.item.updated', item_id: id, update });
  }

  /** Finishes an item with its current content, or with `body`. */
  done(id: string, body?: ServerBody): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) throw new Error(`Item ${id} is not pending`);
    this.#pending.delete(id);
    this.#save(body === undefined ? pending : { id, createdAt: pending.createdAt, format: 'server', body });
  }

  /** Adds a finished item; returns its ID. */
  put(body: ServerBody): string {
    const item = this.#options.conversations.draft({ format: 'server', body });
    this.#save(item);
    return item.id;
  }

  /** Adds hidden context for the model, which is stored but never sent. */
  hide(body: Extract<ServerBody, { type: 'hidden_context_item' | 'sdk_hidden_context' }>): void {
    this.#options.conversations.append(this.thread, { format: 'server', body });
  }

  replace(id: string, body: ServerBody): void {
    const item = this.thread.items.find(id);
    if (item === undefined) throw new Error(`No item ${id}`);
    const replaced: StoredItem = { id, createdAt: item.createdAt, format: 'server', body };
    this.thread.items.replace(replaced);
    this.send({ type: 'thread.item.replaced', item: serverItem(this.thread.id, replaced) });
  }

  remove(id: string): void {
    this.#pending.delete(id);
    this.thread.items.remove(id);
    this.send({ type: 'thread.item.removed', item_id: id });
  }

  /** Changes title or status and reports the change. */
  change(change: Partial<Pick<StoredThread, 'title' | 'status'>>): void {
    Object.assign(this.thread, change);
    this.send({ type: 'thread.updated', thread: serverThread(this.thread) });
  }

  /** After the client disconnected: saves partial messages and adds a hidden note for the model. */
  savePartialResponse(): void {
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

  #save(item: StoredItem): void {
    this.thread.items.push(item);
    this.send({ type: 'thread.item.done', item: serverItem(this.thread.id, item) });
  }
}

/** Runs a response to its end, with events in the order of the Python SDK (chatkit-api 5.6). Throws only `ConnectionDropped`. */
export async function runTurn(turn: Turn, signal: AbortSignal, respond: (turn: Turn) => Promise<void>): Promise<void> {
  turn.send({ type: 'stream_options', stream_options: { allow_cancel: true } });
  try {
    await respond(turn);
  } catch (error) {
    if (error instanceof ConnectionDropped) throw error;
    if (signal.aborted) turn.savePartialResponse();
    else if (error instanceof StreamError) {
      const { code, message, allowRetry } = error;
      turn.send({ type: 'error', code, ...(message !== '' && { message }), allow_retry: allowRetry });
    } else turn.send({ type: 'error', code: 'stream.error', allow_retry: true });
  }
}

/** Returns an item after one update of a stream (the last column of chatkit-api 5.7). Does not modify the arguments. */
function applyUpdate(body: ServerBody, update: ItemUpdate): ServerBody {
  switch (body.type) {
    case 'assistant_message':
      return { ...body, content: updateContent(body.content, update) };
    case 'workflow':
      return { ...body, workflow: { ...body.workflow, tasks: updateTasks(body.workflow.tasks, update) } };
    case 'widget':
      return { ...body, widget: updateWidget(body.widget, update) };
    case 'generated_image':
      return update.type === 'generated_image.updated' ? { ...body, image: update.image } : body;
    default:
      return body;
  }
}

function updateContent(content: readonly AssistantContent[], update: ItemUpdate): AssistantContent[] {
  if (!('content_index' in update)) return [...content];
  const parts = [...content];
  while (parts.length <= update.content_index) parts.push({ type: 'output_text', text: '', annotations: [] });
  const part = parts[update.content_index];
  if (part === undefined) return parts;
  switch (update.type) {
    case 'assistant_message.content_part.text_delta':
      parts[update.content_index] = { ...part, text: part.text + update.delta };
      break;
    case 'assistant_message.content_part.annotation_added':
      parts[update.content_index] = {
        ...part,
        annotations: part.annotations.toSpliced(update.annotation_index, 0, update.annotation),
      };
      break;
    default:
      parts[update.content_index] = update.content;
  }
  return parts;
}

type Tasks = Extract<ServerBody, { type: 'workflow' }>['workflow']['tasks'];

function updateTasks(tasks: Tasks, update: ItemUpdate): Tasks {
  if (update.type === 'workflow.task.added') return tasks.toSpliced(update.task_index, 0, update.task);
  if (update.type === 'workflow.task.updated') return tasks.with(update.task_index, update.task);
  return tasks;
}

function updateWidget(widget: JsonObject, update: ItemUpdate): JsonObject {
  switch (update.type) {
    case 'widget.root.updated':
      return update.widget;
    case 'widget.component.updated':
      return mapNode(widget, update.component_id, () => update.component);
    case 'widget.streaming_text.value_delta':
      return mapNode(widget, update.component_id, (node) => ({
        ...node,
        value: `${typeof node['value'] === 'string' ? node['value'] : ''}${update.delta}`,
        streaming: !update.done,
      }));
    default:
      return widget;
  }
}

/** Returns the tree with the node of the given ID changed. */
function mapNode(node: JsonObject, id: string, change: (node: JsonObject) => JsonObject): JsonObject {
  if (node['id'] === id) return change(node);
  const { children } = node;
  if (children === undefined) return node;
  const visit = (child: Json): Json => (isObject(child) ? mapNode(child, id, change) : child);
  return { ...node, children: Array.isArray(children) ? children.map(visit) : visit(children) };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// Stream events (chatkit-api 5.6) and the changes of an item within one (5.7).

type ItemUpdate =
  | { type: 'assistant_message.content_part.added'; content_index: number; content: AssistantContent }
  | { type: 'assistant_message.content_part.text_delta'; content_index: number; delta: string }
  | {
      type: 'assistant_message.content_part.annotation_added';
      content_index: number;
      annotation_index: number;
      annotation: ServerAnnotation;
    }
  | { type: 'assistant_message.content_part.done'; content_index: number; content: AssistantContent }
  | { type: 'widget.streaming_text.value_delta'; component_id: string; delta: string; done: boolean }
  | { type: 'widget.component.updated'; component_id: string; component: JsonObject }
  | { type: 'widget.root.updated'; widget: JsonObject }
  | { type: 'workflow.task.added'; task_index: number; task: ServerTask }
  | { type: 'workflow.task.updated'; task_index: number; task: ServerTask }
  | { type: 'generated_image.updated'; image: { id: string; url: string }; progress?: number };

type ServerEvent =
  | { type: 'thread.created'; thread: ServerThread }
  | { type: 'thread.updated'; thread: ServerThread }
  | { type: 'thread.item.added'; item: ServerItem }
  | { type: 'thread.item.updated'; item_id: string; update: ItemUpdate }
  | { type: 'thread.item.done'; item: ServerItem }
  | { type: 'thread.item.removed'; item_id: string }
  | { type: 'thread.item.replaced'; item: ServerItem }
  | { type: 'stream_options'; stream_options: { allow_cancel: boolean } }
  | { type: 'progress_update'; text: string; icon?: string }
  | { type: 'client_effect'; name: string; data: Json }
  | { type: 'notice'; level: 'info' | 'warning' | 'danger'; message: string; title?: string }
  | { type: 'error'; code: string; message?: string; allow_retry: boolean };

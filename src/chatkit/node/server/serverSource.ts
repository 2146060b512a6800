import type { Connection } from '../../common/connection.ts';
import { readOnlyError, SourceError } from '../../common/errors.ts';
import type { Log } from '../../../base/common/log.ts';
import type { ThreadItem } from '../../common/model/item.ts';
import type { Thread } from '../../common/model/thread.ts';
import type { ConversationApi } from '../../common/stream/conversationApi.ts';
import {
  readOnlyCapabilities,
  type Capabilities,
  type Page,
  type PageQuery,
  type ThreadQuery,
  type ThreadSource,
} from '../../common/threadSource.ts';
import { ServerReading, type Reading } from '../../common/wire/reading.ts';
import { toServerItem } from '../../common/wire/server/item.ts';
import { toServerThread } from '../../common/wire/server/thread.ts';
import { ServerClient, type JsonResponse, type ServerClientOptions } from './client.ts';
import { KnownCommands } from './knownCommands.ts';
import { fetchServerPage } from './pages.ts';
import { createConversationApi } from './conversationApi.ts';

export interface ServerSourceOptions extends ServerClientOptions {
  readonly log: Log;
  /** Clock for event times, in ms. */
  readonly now?: () => number;
}

/**
 * Creates a source for a self-hosted ChatKit server (chatkit-api 5): all operations of the hosted API, and
 * conversations.
 */
export function createServerSource(parts: ServerSourceOptions): ThreadSource {
  return new ServerSource(parts);
}

class ServerSource implements ThreadSource {
  readonly cursors = 'opaque';
  readonly conversation?: ConversationApi;
  readonly renameThread?: NonNullable<ThreadSource['renameThread']>;
  readonly #connection: Connection;
  readonly #client: ServerClient;
  readonly #log: Log;
  readonly #reading: ServerReading;
  readonly #known = new KnownCommands();
  readonly onDidChangeCapabilities = this.#known.onDidChange;

  constructor(parts: ServerSourceOptions) {
    this.#connection = parts.connection;
    this.#client = new ServerClient(parts);
    this.#log = parts.log;
    this.#reading = new ServerReading({ problems: parts.problems, required: 'iso' });
    if (this.#connection.readOnly === true) return;
    this.conversation = createConversationApi(this.#client, {
      known: this.#known,
      reading: this.#reading,
      now: parts.now ?? (() => performance.now()),
    });
    this.renameThread = async (threadId, title, signal) => {
      const ask = () => this.#ask('threads.update', { thread_id: threadId, title }, signal);
      const reading = this.#reading.at({ command: 'threads.update', threadId });
      return toThread(await this.#known.watch('threads.update', ask), reading);
    };
  }

  get capabilities(): Capabilities {
    const { readOnly = false, userHeader } = this.#connection;
    const may = !readOnly;
    return {
      ...readOnlyCapabilities,
      readOnly,
      delete: may,
      rename: may && this.#known.knows('threads.update'),
      send: may,
      retry: may && this.#known.knows('threads.retry_after_item'),
      customActions: may && this.#known.knows('threads.custom_action'),
      syncActions: may && this.#known.knows('threads.sync_custom_action'),
      answerForms: may && this.#known.knows('threads.add_structured_input'),
      feedback: may && this.#known.knows('items.feedback'),
      impersonate: userHeader !== undefined,
    };
  }

  async listThreads({ user, ...query }: ThreadQuery, signal: AbortSignal): Promise<Page<Thread>> {
    if (user !== undefined) throw refused('this server cannot filter threads by user.', 'user');
    const ask = (after: string | undefined) => this.#ask('threads.list', pageParams(query, after), signal);
    const reading = this.#reading.at({ command: 'threads.list' });
    return fetchServerPage(query, ask, (raw) => toServerThread(raw, reading, 'list'), this.#log);
  }

  async getThread(threadId: string, signal: AbortSignal): Promise<Thread> {
    const reading = this.#reading.at({ command: 'threads.get_by_id', threadId });
    return toThread(await this.#ask('threads.get_by_id', { thread_id: threadId }, signal), reading);
  }

  async listItems(threadId: string, query: PageQuery, signal: AbortSignal): Promise<Page<ThreadItem>> {
    const ask = (after: string | undefined) =>
      this.#ask('items.list', { thread_id: threadId, ...pageParams(query, after) }, signal);
    const reading = this.#reading.at({ command: 'items.list', threadId });
    return fetchServerPage(query, ask, (raw) => toServerItem(raw, threadId, reading), this.#log);
  }

  async deleteThread(threadId: string, signal: AbortSignal): Promise<void> {
    if (this.#connection.readOnly === true) throw readOnlyError();
    await this.#ask('threads.delete', { thread_id: threadId }, signal);
  }

  /** Sends a command that is idempotent. */
  #ask(type: string, params: Readonly<Record<string, string | number>>, signal: AbortSignal): Promise<JsonResponse> {
    return this.#client.call({ type, params }, 'whenBusy', signal);
  }
}

/** The order is always sent, because the default differs between ports (chatkit-api 5.4). */
function pageParams({ limit, order, before }: PageQuery, after: string | undefined): Record<string, string | number> {
  if (before !== undefined) throw refused('this server cannot page backwards.', 'before');
  return { limit, order, ...(after === undefined ? {} : { after }) };
}

function toThread({ json, details }: JsonResponse, reading: Reading): Thread {
  const thread = toServerThread(json, reading, 'single');
  if (thread === null) throw new SourceError('invalidResponse', 'The answer is not a ChatKit thread.', details);
  return thread;
}

function refused(message: string, param: string): SourceError {
  return new SourceError('invalidRequest', `Nothing was sent: ${message}`, { param, mayHaveArrived: false });
}

import type { Connection } from '../../chatkit/common/connection.ts';
import { readOnlyError, SourceError } from '../../chatkit/common/errors.ts';
import { Emitter } from '../../base/common/events.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { SessionSource } from '../../chatkit/common/sessions/sessionSource.ts';
import type { ConversationApi } from '../../chatkit/common/stream/conversationApi.ts';
import type { Capabilities, Page, PageQuery, ThreadQuery, ThreadSource } from '../../chatkit/common/threadSource.ts';
import { capabilitiesOf } from './capabilities.ts';
import { lazyConversationApi } from './lazyConversationApi.ts';

/**
 * A source that opens at its first request, so that nothing of the network is loaded before. It is also where a
 * read-only connection refuses whatever changes or sends, whoever asks.
 */
export class LazySource implements ThreadSource {
  readonly cursors: ThreadSource['cursors'];
  readonly sessions?: SessionSource;
  readonly conversation?: ConversationApi;
  readonly renameThread?: NonNullable<ThreadSource['renameThread']>;
  readonly #supposed: Capabilities;
  readonly #open: () => Promise<ThreadSource>;
  readonly #changed = new Emitter<void>();
  readonly onDidChangeCapabilities = this.#changed.on;
  #opened: Promise<ThreadSource> | undefined;
  /** The same, once it is there. */
  #live: ThreadSource | undefined;

  constructor(connection: Connection, open: () => Promise<ThreadSource>) {
    this.#supposed = capabilitiesOf(connection);
    this.cursors = connection.kind === 'openai' ? 'itemId' : 'opaque';
    this.#open = open;
    if (this.capabilities.sessions) {
      this.sessions = {
        create: async (body, signal, onWait) => (await this.#sessions()).create(body, signal, onWait),
        cancel: async (sessionId, signal) => (await this.#sessions()).cancel(sessionId, signal),
      };
    }
    if (this.capabilities.send) {
      this.conversation = lazyConversationApi(
        async () => had((await this.#source()).conversation),
        () => this.#live?.conversation,
      );
    }
    if (this.capabilities.rename) {
      this.renameThread = async (...args) => {
        const source = await this.#source();
        return had(source.renameThread).apply(source, args);
      };
    }
  }

  /** By the settings, until the source is open and knows better. */
  get capabilities(): Capabilities {
    return this.#live?.capabilities ?? this.#supposed;
  }

  async listThreads(query: ThreadQuery, signal: AbortSignal): Promise<Page<Thread>> {
    return (await this.#source()).listThreads(query, signal);
  }

  async getThread(threadId: string, signal: AbortSignal): Promise<Thread> {
    return (await this.#source()).getThread(threadId, signal);
  }

  async listItems(threadId: string, query: PageQuery, signal: AbortSignal): Promise<Page<ThreadItem>> {
    return (await this.#source()).listItems(threadId, query, signal);
  }

  async deleteThread(threadId: string, signal: AbortSignal): Promise<void> {
    if (this.capabilities.readOnly) throw readOnlyError();
    await (await this.#source()).deleteThread(threadId, signal);
  }

  async #source(): Promise<ThreadSource> {
    this.#opened ??= this.#open();
    try {
      const source = await this.#opened;
      if (this.#live === undefined) this.#attend(source);
      return source;
    } catch (error) {
      // Opening may be tried again: the next request does.
      this.#opened = undefined;
      throw error;
    }
  }

  async #sessions(): Promise<SessionSource> {
    return had((await this.#source()).sessions);
  }

  #attend(source: ThreadSource): void {
    this.#live = source;
    source.onDidChangeCapabilities?.(() => this.#changed.fire());
  }
}

/** What the settings promised of a source, and the source has. */
function had<T>(part: T | undefined): T {
  if (part === undefined) throw new SourceError('invalidRequest', 'This connection cannot do that.');
  return part;
}

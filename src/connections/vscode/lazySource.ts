import * as l10n from '@vscode/l10n';
import type { Capabilities, Page, PageQuery, ThreadQuery, ThreadSource } from '../../chatkit/common/threadSource.ts';
import { capabilitiesOf } from '../../chatkit/common/capabilities.ts';
import { SourceError, readOnlyError } from '../../chatkit/common/errors.ts';
import type { Connection } from '../../chatkit/common/connection.ts';
import { Emitter } from '../../base/common/events.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { SessionSource } from '../../chatkit/common/sessionSource.ts';
import type { ConversationApi } from '../../chatkit/common/stream/conversationApi.ts';

/**
 * A source that opens on its first request, so that the network bundle is not loaded earlier. It also enforces
 * read-only connections: it rejects every change and message, regardless of the caller.
 */
export class LazySource implements ThreadSource {
  readonly cursors: ThreadSource['cursors'];
  readonly sessions?: SessionSource;
  readonly conversation?: ConversationApi;
  readonly renameThread?: NonNullable<ThreadSource['renameThread']>;
  readonly #configured: Capabilities;
  readonly #open: () => Promise<ThreadSource>;
  readonly #changed = new Emitter<void>();
  readonly onDidChangeCapabilities = this.#changed.on;
  #opening: Promise<ThreadSource> | undefined;
  /** The result of `#opening`. */
  #opened: ThreadSource | undefined;

  constructor(connection: Connection, open: () => Promise<ThreadSource>) {
    this.#configured = capabilitiesOf(connection);
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
        async () => required((await this.#source()).conversation),
        () => this.#opened?.conversation,
      );
    }
    if (this.capabilities.rename) {
      this.renameThread = async (...args) => {
        const source = await this.#source();
        return required(source.renameThread).apply(source, args);
      };
    }
  }

  /** Capabilities according to the settings until the source is open, then those of the source. */
  get capabilities(): Capabilities {
    return this.#opened?.capabilities ?? this.#configured;
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
    this.#opening ??= this.#open();
    try {
      const source = await this.#opening;
      if (this.#opened === undefined) this.#setOpened(source);
      return source;
    } catch (error) {
      // The next request tries to open the source again.
      this.#opening = undefined;
      throw error;
    }
  }

  async #sessions(): Promise<SessionSource> {
    return required((await this.#source()).sessions);
  }

  #setOpened(source: ThreadSource): void {
    this.#opened = source;
    source.onDidChangeCapabilities?.(() => this.#changed.fire());
  }
}

/**
 * Returns a part of the source that exists according to the settings. Throws SourceError `invalidRequest` when it
 * does not.
 */
function required<T>(part: T | undefined): T {
  if (part === undefined)
    throw new SourceError('invalidRequest', l10n.t('This connection does not support this action.'));
  return part;
}

/** Returns a ConversationApi that opens its source on first use. Until then it reports every feature as supported. */
function lazyConversationApi(
  open: () => Promise<ConversationApi>,
  opened: () => ConversationApi | undefined,
): ConversationApi {
  return {
    supports: (feature) => opened()?.supports(feature) ?? true,
    send: async function* (command, signal, context) {
      yield* (await open()).send(command, signal, context);
    },
    syncAction: async (action, signal) => (await open()).syncAction(action, signal),
    sendFeedback: async (...feedback) => (await open()).sendFeedback(...feedback),
    upload: async (file, signal, directUrl) => (await open()).upload(file, signal, directUrl),
    deleteAttachment: async (attachmentId, signal) => (await open()).deleteAttachment(attachmentId, signal),
    transcribe: async (audio, signal) => (await open()).transcribe(audio, signal),
  };
}

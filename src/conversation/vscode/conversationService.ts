import type * as vscode from 'vscode';
import { SourceError } from '../../chatkit/common/errors.ts';
import { Emitter } from '../../base/common/events.ts';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import type { StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';
import type { Connections } from '../../connections/vscode/types.ts';
import { isNewThread } from './newThread.ts';
import { ResponseStream } from './responseStream.ts';
import { Conversation, type StartResponse } from './conversation.ts';

type ConversationConnections = Pick<Connections, 'source' | 'store' | 'onDidChange'>;

/** The conversations of this window, one per thread. A stream continues when its panel is closed. */
export class ConversationService implements vscode.Disposable {
  readonly #connections: ConversationConnections;
  readonly #conversations = new Set<Conversation>();
  readonly #byThread = new Map<string, Conversation>();
  readonly #started = new Emitter<ResponseStream>();
  readonly #created = new Emitter<ThreadRef>();
  readonly #subscription: vscode.Disposable;
  #lastResponseId = 0;

  /** Emitted when a response starts, before its first event. */
  readonly onDidStart = this.#started.on;
  /** Emitted when the first message of a conversation has created its thread. */
  readonly onDidCreate = this.#created.on;

  constructor(connections: ConversationConnections) {
    this.#connections = connections;
    // A changed connection gets a new store, so responses that write to the old store are stopped.
    this.#subscription = connections.onDidChange(({ connectionIds }) => {
      for (const conversation of this.#conversations)
        if (connectionIds.includes(conversation.connectionId)) conversation.stop();
    });
  }

  /** Returns the conversation of a thread (or of a placeholder id): always the same object. */
  of({ connectionId, threadId }: ThreadRef): Conversation {
    const key = keyOf(connectionId, threadId);
    const known = this.#byThread.get(key);
    if (known !== undefined) return known;
    const isNew = isNewThread(threadId);
    const conversation = new Conversation(
      connectionId,
      isNew ? null : threadId,
      this.#responseStarter(connectionId, threadId),
    );
    this.#conversations.add(conversation);
    this.#byThread.set(key, conversation);
    if (isNew) {
      conversation.onDidCreate((created) => {
        this.#byThread.set(keyOf(connectionId, created), conversation);
        this.#created.fire({ connectionId, threadId: created });
      });
    }
    return conversation;
  }

  /** Sends a command. Throws `SourceError` `conflict` during another response, `invalidRequest` if the connection cannot send. */
  sendCommand(ref: ThreadRef, command: StreamCommand): ResponseStream {
    return this.of(ref).sendCommand(command);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const conversation of this.#conversations) conversation.stop();
    this.#conversations.clear();
    this.#byThread.clear();
  }

  #responseStarter(connectionId: string, threadKey: string): StartResponse {
    return (threadId, command, onCreated) => {
      const { conversation: api } = this.#connections.source(connectionId);
      if (api === undefined) {
        throw new SourceError('invalidRequest', 'This connection cannot send messages.', { mayHaveArrived: false });
      }
      const store = this.#connections.store(connectionId);
      this.#lastResponseId += 1;
      const response = new ResponseStream({
        id: this.#lastResponseId,
        connectionId,
        threadId,
        threadKey,
        command,
        api,
        store,
        onCreated,
      });
      this.#started.fire(response);
      return response;
    };
  }
}

function keyOf(connectionId: string, threadId: string): string {
  return JSON.stringify([connectionId, threadId]);
}

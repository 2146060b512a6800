import type * as vscode from 'vscode';
import { SourceError, isSourceError } from '../../chatkit/common/errors.ts';
import { Emitter } from '../../base/common/events.ts';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import type { StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';
import type { Connections } from '../../connections/vscode/services.ts';
import { toWireCommand } from '../../chatkit/common/wire/server/command.ts';
import { type ProblemReporter, ignoreProblems, reportAt } from '../../chatkit/common/protocolProblems/problem.ts';
import { checkTurn } from './checkTurn.ts';
import { isNewThread } from './newThread.ts';
import { ResponseStream } from './responseStream.ts';
import { Conversation, type StartResponse } from './conversation.ts';

type ConversationConnections = Pick<Connections, 'source' | 'store' | 'onDidChange'>;

/** Time limit for reading a thread again after a response, ms. */
const checkTimeoutMs = 60_000;

/** The conversations of this window, one per thread. A stream continues when its panel is closed. */
export class ConversationService implements vscode.Disposable {
  readonly #connections: ConversationConnections;
  readonly #problems: (connectionId: string) => ProblemReporter;
  readonly #conversations = new Set<Conversation>();
  readonly #byThread = new Map<string, Conversation>();
  readonly #started = new Emitter<ResponseStream>();
  readonly #created = new Emitter<ThreadRef>();
  readonly #subscription: vscode.Disposable;
  readonly #disposed = new AbortController();
  #lastResponseId = 0;

  /** Emitted when a response starts, before its first event. */
  readonly onDidStart = this.#started.on;
  /** Emitted when the first message of a conversation has created its thread. */
  readonly onDidCreate = this.#created.on;

  /** `problems`: receives the deviations that are found by reading a thread again after a response. */
  constructor(
    connections: ConversationConnections,
    problems: (connectionId: string) => ProblemReporter = () => ignoreProblems,
  ) {
    this.#connections = connections;
    this.#problems = problems;
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
    this.#disposed.abort();
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
      response.onDidEnd(({ reason }) => {
        if ((reason === 'done' || reason === 'fault') && response.accepted) void this.#check(response, store);
      });
      return response;
    };
  }

  /** See `checkTurn`. Best effort: failures are ignored, and a later refresh shows the same. */
  async #check(response: ResponseStream, store: ThreadStore): Promise<void> {
    const { connectionId, command, threadId } = response;
    const report = reportAt(this.#problems(connectionId), { command: toWireCommand(command).type });
    const signal = AbortSignal.any([this.#disposed.signal, AbortSignal.timeout(checkTimeoutMs)]);
    try {
      if (threadId !== null && !response.announced) {
        store.putThread(await this.#connections.source(connectionId).getThread(threadId, signal));
      }
      await checkTurn(response, { store, report, signal });
    } catch (error) {
      if (!isSourceError(error)) throw error;
    }
  }
}

function keyOf(connectionId: string, threadId: string): string {
  return JSON.stringify([connectionId, threadId]);
}

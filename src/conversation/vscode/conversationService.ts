import type * as vscode from 'vscode';
import { SourceError } from '../../chatkit/common/errors.ts';
import { Emitter } from '../../base/common/events.ts';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import type { StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';
import type { Connections } from '../../connections/vscode/types.ts';
import { isNewThread } from './newThread.ts';
import { ResponseStream } from './responseStream.ts';
import { Conversation, type StartRun } from './conversation.ts';

type ConversationConnections = Pick<Connections, 'source' | 'store' | 'onDidChange'>;

/** Everything that is said to servers in this window, thread by thread. A stream goes on when its panel is closed. */
export class ConversationService implements vscode.Disposable {
  readonly #connections: ConversationConnections;
  readonly #talks = new Set<Conversation>();
  readonly #byThread = new Map<string, Conversation>();
  readonly #started = new Emitter<ResponseStream>();
  readonly #subscription: vscode.Disposable;
  #runs = 0;

  /** A run began; nothing of it has come yet. */
  readonly onDidStart = this.#started.on;

  constructor(connections: ConversationConnections) {
    this.#connections = connections;
    // A connection that changed has another store; whoever talks through the old one would talk to nobody.
    this.#subscription = connections.onDidChange(({ connectionIds }) => {
      for (const talk of this.#talks) if (connectionIds.includes(talk.connectionId)) talk.stop();
    });
  }

  /** The conversation with a thread, also one that is yet to be made: always the same object. */
  of({ connectionId, threadId }: ThreadRef): Conversation {
    const key = keyOf(connectionId, threadId);
    const known = this.#byThread.get(key);
    if (known !== undefined) return known;
    const isNew = isNewThread(threadId);
    const talk = new Conversation(connectionId, isNew ? null : threadId, this.#starter(connectionId, threadId));
    this.#talks.add(talk);
    this.#byThread.set(key, talk);
    if (isNew) talk.onDidCreate((created) => this.#byThread.set(keyOf(connectionId, created), talk));
    return talk;
  }

  /** Runs a command in a thread. Throws `SourceError` while another runs there, or where nothing can be said. */
  run(ref: ThreadRef, command: StreamCommand): ResponseStream {
    return this.of(ref).run(command);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const talk of this.#talks) talk.stop();
    this.#talks.clear();
    this.#byThread.clear();
  }

  #starter(connectionId: string, place: string): StartRun {
    return (threadId, command, onCreated) => {
      const { conversation: talk } = this.#connections.source(connectionId);
      if (talk === undefined) {
        throw new SourceError('invalidRequest', 'This connection cannot send messages.', { mayHaveArrived: false });
      }
      const store = this.#connections.store(connectionId);
      this.#runs += 1;
      const run = new ResponseStream({
        id: this.#runs,
        connectionId,
        threadId,
        place,
        command,
        talk,
        store,
        onCreated,
      });
      this.#started.fire(run);
      return run;
    };
  }
}

function keyOf(connectionId: string, threadId: string): string {
  return JSON.stringify([connectionId, threadId]);
}

import type { Page } from '@playwright/test';
import type { SourceError } from '../../../src/chatkit/common/errors.ts';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import type { ReceivedEvent, StreamEvent } from '../../../src/chatkit/common/stream/events.ts';
import type { ConversationApi } from '../../../src/chatkit/common/stream/conversationApi.ts';
import { readOnlyCapabilities } from '../../../src/chatkit/common/threadSource.ts';
import { ResponseStream } from '../../../src/conversation/vscode/responseStream.ts';
import { Conversation, toConversationView } from '../../../src/conversation/vscode/conversation.ts';
import type { InspectorState } from '../../../src/inspector/common/protocol.ts';
import type { ConversationError } from '../../../src/conversation/common/protocol.ts';
import { FakeHost, type FakeHostOptions } from './fakeHost.ts';

type Part = readonly StreamEvent[] | SourceError | null;

/** A server whose stream contains the events that a test pushes. */
class ScriptedServer {
  #parts: Part[] = [];
  #wake: () => void = () => undefined;

  readonly source = {
    send: (_command, signal) => this.#run(signal),
  } as Pick<ConversationApi, 'send'> as ConversationApi;

  /** Events that arrive together; an error breaks the stream, null ends it. */
  push(part: Part): void {
    this.#parts.push(part);
    this.#wake();
  }

  async *#run(signal: AbortSignal): AsyncGenerator<readonly ReceivedEvent[], void, void> {
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    for (;;) {
      const part = this.#parts.shift();
      if (part === null || signal.aborted) return;
      if (part instanceof Error) throw part;
      if (part !== undefined) yield part.map((event) => ({ at: 0, bytes: 0, raw: null, event }));
      else await Promise.race([aborted, new Promise<void>((resolve) => (this.#wake = resolve))]);
    }
  }
}

/** The host of the inspector with a conversation: the real streams and page, and a server that a test scripts. */
export class ConversationHost {
  readonly host: FakeHost;
  readonly conversation: Conversation;
  readonly #script = new ScriptedServer();
  #error: ConversationError | null = null;
  options = { model: '', tool: '' };

  constructor(options: FakeHostOptions) {
    const { conversation } = this.#createConversation();
    this.conversation = conversation;
    this.host = new FakeHost({
      ...options,
      state0: {
        conversation: this.view(),
        capabilities: { ...readOnlyCapabilities, readOnly: false, send: true },
        ...options.state0,
      },
      handlers: {
        sendMessage: ({ text, quote }) => {
          const { input, sent } = conversation.draft.takeInput(text, quote, { model: null, toolChoice: null });
          conversation.sendMessage({ type: 'addUserMessage', threadId: this.host.threadId, input }, sent);
        },
        stop: () => conversation.stop(),
        sendAgain: ({ on }) => conversation.setSendAgain(on),
        dismiss: () => conversation.dismiss(),
        draft: ({ text, quote }) => conversation.draft.write(text, quote),
        detach: ({ key }) => void conversation.draft.remove(key),
        ...options.handlers,
      },
    });
    conversation.onDidChange(() => this.sendState());
    conversation.draft.onDidChange(() => this.sendState());
    conversation.onDidAppendText((deltas) => this.host.notify('appendText', deltas));
  }

  view(): InspectorState['conversation'] {
    const { conversation, options } = this;
    return toConversationView({
      response: conversation.last,
      unfinished: conversation.unfinished,
      error: this.#error,
      dismissed: conversation.dismissed,
      draft: conversation.draft,
      options,
      sendAgain: conversation.sendAgain,
    });
  }

  sendState(error = this.#error): void {
    this.#error = error;
    const view = this.view();
    if (view !== null) this.host.notify('conversation', view);
  }

  async open(page: Page): Promise<this> {
    await this.host.open(page);
    return this;
  }

  events(...events: readonly StreamEvent[]): void {
    this.#script.push(events);
  }

  end(how: SourceError | null = null): void {
    this.#script.push(how);
  }

  /** Starts a response item; `grow` appends text by its ID. */
  begin(item: ThreadItem): void {
    this.events({ type: 'itemAdded', item });
  }

  appendText(itemId: string, delta: string): void {
    this.events({ type: 'itemUpdated', itemId, update: { type: 'textDelta', index: 0, delta } });
  }

  #createConversation(): { readonly conversation: Conversation } {
    let runs = 0;
    const conversation = new Conversation('fake', 'cthr_abc123', (threadId, command, onCreated) => {
      runs += 1;
      const { store } = this.host;
      const { source } = this.#script;
      return new ResponseStream({ id: runs, connectionId: 'fake', threadId, command, api: source, store, onCreated });
    });
    return { conversation };
  }
}

import type { ThreadStore } from '../../src/chatkit/common/store/types.ts';
import type { TextDelta } from '../../src/chatkit/common/stream/applyUpdate.ts';
import type { ConversationApi } from '../../src/chatkit/common/stream/conversationApi.ts';
import { ResponseStream } from '../../src/conversation/vscode/responseStream.ts';
import { createServerSource } from '../../src/chatkit/node/server/serverSource.ts';
import type { Transport } from '../../src/chatkit/node/transport/types.ts';
import { beginning, growing } from './deltas.ts';

/** ms since the epoch, with fractions: comparable with the clock of a page on this machine. */
export const epochNow = (): number => performance.timeOrigin + performance.now();

const encoder = new TextEncoder();
const eventOf = (data: string): Uint8Array => encoder.encode(`data: ${data}\n\n`);

export interface PacedRun {
  /** When the bytes of each delta arrived, ms since the epoch. */
  readonly arrived: readonly number[];
  readonly ended: Promise<unknown>;
}

/**
 * Sends a message to a server whose answer grows by `count` numbered words, `perSecond` of them, each in its own chunk.
 * From the received bytes on, everything works as in the extension. `onGrow` receives the updates for the page.
 */
export function pacedRun(options: {
  readonly store: ThreadStore;
  readonly threadId: string;
  readonly count: number;
  readonly perSecond: number;
  readonly onAppendText: (deltas: readonly TextDelta[]) => void;
}): PacedRun & { readonly run: ResponseStream } {
  const { store, threadId, count, perSecond, onAppendText: onGrow } = options;
  const arrived: number[] = [];
  async function* chunks(): AsyncGenerator<Uint8Array, void, void> {
    yield eventOf(JSON.stringify(beginning(threadId)));
    const lines = Array.from({ length: count }, (_, index) => eventOf(growing(word(index))));
    const start = performance.now();
    for (const [index, line] of lines.entries()) {
      const due = start + (index * 1000) / perSecond;
      while (performance.now() < due) {
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      }
      arrived.push(epochNow());
      yield line;
    }
  }
  const run = new ResponseStream({
    id: 1,
    connectionId: 'bench',
    threadId,
    command: {
      type: 'addUserMessage',
      threadId,
      input: {
        content: [{ type: 'text', text: 'Go' }],
        attachments: [],
        quotedText: null,
        model: null,
        toolChoice: null,
      },
    },
    api: conversationOver(chunks),
    store,
    onCreated: () => undefined,
  });
  run.onDidAppendText(onGrow);
  return { arrived, ended: run.ended, run };
}

/** The nth word of an answer. */
export const word = (index: number): string => `w${index} `;

/** Number of words of a text, which is the number of the next one. */
export const wordsIn = (text: string): number => text.split(' ').length - 1;

function conversationOver(chunks: () => AsyncIterable<Uint8Array>): ConversationApi {
  const transport: Transport = {
    request: () => Promise.reject(new Error('Only streams are asked for')),
    stream: () =>
      Promise.resolve({
        status: 200,
        headers: { 'content-type': 'text/event-stream' },
        requestId: null,
        chunks: chunks(),
      }),
    routeTo: () => null,
    close: () => Promise.resolve(),
  };
  const { conversation } = createServerSource({
    connection: { id: 'bench', name: 'bench', kind: 'server', url: 'http://127.0.0.1/chatkit' },
    transport,
    credentials: { headersFor: () => Promise.resolve({}) },
  });
  if (conversation === undefined) throw new Error('The source has no conversations');
  return conversation;
}

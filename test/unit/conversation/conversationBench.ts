// Conversations with the sandbox's server, or with one whose answers the test defines, through the real source and store.
import type { TestContext } from 'node:test';
import { createThreadStore } from '../../../src/chatkit/common/store/threadStore.ts';
import type { ThreadStore } from '../../../src/chatkit/common/store/types.ts';
import type { TextDelta } from '../../../src/chatkit/common/stream/textDelta.ts';
import type { ConnectionsChange } from '../../../src/connections/vscode/types.ts';
import { ConversationService } from '../../../src/conversation/vscode/conversationService.ts';
import { startSandbox, type SandboxOptions } from '../../../src/sandbox/node/sandbox.ts';
import { createServerSource } from '../../../src/chatkit/node/server/serverSource.ts';
import { rig } from '../chatkit/transport/client.ts';

export const signal = new AbortController().signal;

export interface TalkBench {
  readonly talks: ConversationService;
  readonly store: ThreadStore;
  /** Changes the connection, as an edit of its settings does. */
  readonly change: () => void;
}

export function talkBench(t: TestContext, url: string, key = 'k'): TalkBench {
  const { transport, log } = rig(t);
  const source = createServerSource({
    connection: { id: 'c', name: 'Mine', kind: 'server', url },
    transport,
    credentials: { headersFor: async () => ({ authorization: `Bearer ${key}` }) },
    log,
  });
  const store = createThreadStore(source, { pageSize: () => 50 });
  const listeners = new Set<(change: ConnectionsChange) => void>();
  const talks = new ConversationService({
    source: () => source,
    store: () => store,
    onDidChange: (listener) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  });
  t.after(() => talks.dispose());
  return { talks, store, change: () => listeners.forEach((listener) => listener({ connectionIds: ['c'] })) };
}

export async function sandboxBench(t: TestContext, options: SandboxOptions = {}): Promise<TalkBench> {
  const sandbox = await startSandbox({ seed: 7, pace: 0, threads: 4, ...options });
  t.after(() => sandbox.close());
  return talkBench(t, sandbox.serverUrl, sandbox.apiKey);
}

export const grownText = (growth: readonly TextDelta[]): string => growth.map(({ update }) => update.delta).join('');

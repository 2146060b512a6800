// Conversations with the sandbox's server, or with one whose answers the test defines, through the real source and store.
import type { TestContext } from 'node:test';
import type { ProblemReporter } from '../../../src/chatkit/common/protocolProblems/problem.ts';
import { type RuleId, type RuleName, ruleIds } from '../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { createThreadStore } from '../../../src/chatkit/common/store/threadStore.ts';
import type { ThreadStore } from '../../../src/chatkit/common/store/types.ts';
import type { TextDelta } from '../../../src/chatkit/common/stream/applyUpdate.ts';
import type { ConnectionsChange } from '../../../src/connections/vscode/services.ts';
import { ConversationService } from '../../../src/conversation/vscode/conversationService.ts';
import { type SandboxOptions, startSandbox } from '../../../src/sandbox/node/sandbox.ts';
import { createServerSource } from '../../../src/chatkit/node/server/serverSource.ts';
import { rig } from '../chatkit/transport/client.ts';

const names = new Map<RuleId, RuleName>(Object.entries(ruleIds).map(([name, id]) => [id, name as RuleName]));

export const signal = new AbortController().signal;

export interface ConversationFixture {
  readonly conversations: ConversationService;
  readonly store: ThreadStore;
  /** Changes the connection, as an edit of its settings does. */
  readonly change: () => void;
  /** Names of the rules that were violated, sorted, each once. */
  readonly rules: () => readonly RuleName[];
}

export function conversationFixture(t: TestContext, url: string, key = 'k'): ConversationFixture {
  const { transport } = rig(t);
  const found = new Set<RuleName>();
  const problems: ProblemReporter = { report: (rule) => void found.add(names.get(rule) as RuleName) };
  const source = createServerSource({
    connection: { id: 'c', name: 'Mine', kind: 'server', url },
    transport,
    credentials: { headersFor: async () => ({ authorization: `Bearer ${key}` }) },
    problems,
  });
  const store = createThreadStore(source, { pageSize: () => 50 });
  const listeners = new Set<(change: ConnectionsChange) => void>();
  const connections = {
    source: () => source,
    store: () => store,
    onDidChange: (listener: (change: ConnectionsChange) => void) => {
      listeners.add(listener);
      return { dispose: () => listeners.delete(listener) };
    },
  };
  const conversations = new ConversationService(connections, () => problems);
  t.after(() => conversations.dispose());
  return {
    conversations,
    store,
    change: () => listeners.forEach((listener) => listener({ connectionIds: ['c'] })),
    rules: () => [...found].sort(),
  };
}

export async function sandboxFixture(t: TestContext, options: SandboxOptions = {}): Promise<ConversationFixture> {
  const sandbox = await startSandbox({ seed: 7, pace: 0, threads: 4, ...options });
  t.after(() => sandbox.close());
  return conversationFixture(t, sandbox.serverUrl, sandbox.apiKey);
}

export const textOfDeltas = (deltas: readonly TextDelta[]): string => deltas.map(({ update }) => update.delta).join('');

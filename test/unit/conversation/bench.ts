// Scripts and tests against the sandbox's server, through the real source, or against a source that a test writes itself.
import type { TestContext } from 'node:test';
import type { ReceivedEvent } from '../../../src/chatkit/common/stream/events.ts';
import type { StreamCommand, ConversationApi } from '../../../src/chatkit/common/stream/conversationApi.ts';
import { readOnlyCapabilities, type ThreadSource } from '../../../src/chatkit/common/threadSource.ts';
import type { ScriptClock } from '../../../src/conversation/common/script/types.ts';
import { startSandbox, type SandboxOptions } from '../../../src/sandbox/node/sandbox.ts';
import { createServerSource } from '../../../src/chatkit/node/server/serverSource.ts';
import { rig } from '../chatkit/transport/client.ts';

export const { signal } = new AbortController();

export const realClock: ScriptClock = {
  now: () => performance.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

/** A clock that changes only when it is moved. */
export class ManualClock implements ScriptClock {
  #now = 0;
  #timers: { readonly at: number; readonly callback: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, callback };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  move(ms: number): void {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { callback } of due) callback();
  }

  get pending(): number {
    return this.#timers.length;
  }
}

export async function sandboxSource(t: TestContext, options: SandboxOptions = {}): Promise<ThreadSource> {
  const sandbox = await startSandbox({ seed: 7, pace: 0, threads: 1, ...options });
  t.after(() => sandbox.close());
  const { transport } = rig(t);
  return createServerSource({
    connection: { id: 'c', name: 'Mine', kind: 'server', url: sandbox.serverUrl },
    transport,
    credentials: { headersFor: async () => ({ authorization: `Bearer ${sandbox.apiKey}` }) },
  });
}

export const everything = {
  ...readOnlyCapabilities,
  readOnly: false,
  rename: true,
  send: true,
  retry: true,
  customActions: true,
  syncActions: true,
  answerForms: true,
  feedback: true,
};

/** A source that answers commands with what `send` yields, and has nothing else. */
export function answeringSource(
  send: (command: StreamCommand, signal: AbortSignal) => AsyncIterable<readonly ReceivedEvent[]>,
): ThreadSource {
  return {
    capabilities: everything,
    cursors: 'opaque',
    conversation: { send, supports: () => true } as Partial<ConversationApi> as ConversationApi,
  } as Partial<ThreadSource> as ThreadSource;
}

// The REST source against a server that answers whatever a test wants.
import type { TestContext } from 'node:test';
import type { Connection } from '../../../../src/chatkit/common/connection.ts';
import { isSourceError, type SourceError } from '../../../../src/chatkit/common/errors.ts';
import type { ThreadSource } from '../../../../src/chatkit/common/threadSource.ts';
import { createOpenAiSource } from '../../../../src/chatkit/node/openai/openAiSource.ts';
import { rig, type Rig, type RigOptions } from '../transport/client.ts';
import { httpServer, type Handler, type Server } from '../transport/servers.ts';

export const key = 'sk-proj-canary-000111222';
export const signal = new AbortController().signal;
export const thread = {
  id: 'cthr_1',
  object: 'chatkit.thread',
  created_at: 1,
  title: 'T',
  status: { type: 'active' },
  user: 'u',
};
export const item = (id: string) => ({
  id,
  object: 'chatkit.thread_item',
  created_at: 1,
  thread_id: 'cthr_1',
  type: 'chatkit.task',
  task_type: 'custom',
  heading: id,
  summary: null,
});
export const session = {
  id: 'cksess_1',
  object: 'chatkit.session',
  client_secret: 'ek_canary_secret',
  expires_at: 1735689600,
  workflow: { id: 'wf_1', version: null, state_variables: null, tracing: { enabled: true } },
  user: 'user_1',
  rate_limits: { max_requests_per_1_minute: 10 },
  max_requests_per_1_minute: 10,
  status: 'active',
  chatkit_configuration: {},
};
export const list = (data: readonly { id: string }[], has_more = false) => ({
  object: 'list',
  data,
  first_id: data[0]?.id ?? null,
  last_id: data.at(-1)?.id ?? null,
  has_more,
});

export interface Bench extends Rig {
  readonly source: ThreadSource;
  readonly server: Server;
}

export async function bench(
  t: TestContext,
  handler: Handler,
  connection: Partial<Connection> = {},
  options: RigOptions = {},
): Promise<Bench> {
  const server = await httpServer(t, handler);
  return { server, ...sourceFor(t, `${server.url}/v1`, connection, options) };
}

export function sourceFor(t: TestContext, url: string, connection: Partial<Connection> = {}, options: RigOptions = {}) {
  const tools = rig(t, options);
  const source = createOpenAiSource({
    connection: { id: 'c', name: 'Mine', kind: 'openai', url, ...connection },
    transport: tools.transport,
    credentials: { headersFor: async () => ({ authorization: `Bearer ${key}` }) },
  });
  return { source, ...tools };
}

export async function errorOf(promise: Promise<unknown>): Promise<SourceError> {
  try {
    await promise;
  } catch (error) {
    if (isSourceError(error)) return error;
    throw error;
  }
  throw new Error('it worked');
}

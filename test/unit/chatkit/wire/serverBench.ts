// The source of self-hosted servers against one that answers whatever a test wants.
import type { TestContext } from 'node:test';
import type { Connection, CredentialProvider } from '../../../../src/chatkit/common/connection.ts';
import { ruleOf } from '../../../../src/chatkit/common/protocolProblems/catalogue/catalogue.ts';
import type { RuleName } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { type SourceError, isSourceError } from '../../../../src/chatkit/common/errors.ts';
import type { ThreadSource } from '../../../../src/chatkit/common/threadSource.ts';
import type { ServerClientOptions } from '../../../../src/chatkit/node/server/client.ts';
import { createServerSource } from '../../../../src/chatkit/node/server/serverSource.ts';
import { type Rig, type RigOptions, rig } from '../transport/client.ts';
import { type Handler, type Server, httpServer } from '../transport/servers.ts';

export const secret = 'tenant-canary-8899';
export const { signal } = new AbortController();
export const thread = {
  id: 'thr_1',
  title: 'T',
  created_at: '2026-01-02T03:04:05',
  status: { type: 'active' },
  metadata: {},
  items: { data: [], has_more: false },
};
export const item = (id: string) => ({
  id,
  thread_id: 'thr_1',
  created_at: '2026-01-02T03:04:05',
  type: 'end_of_turn',
});

export interface Bench extends Rig {
  readonly source: ThreadSource;
  readonly server: Server;
  /** Names of the rules that were reported, each once. */
  readonly rules: () => readonly RuleName[];
}

export async function bench(
  t: TestContext,
  handler: Handler,
  connection: Partial<Connection> = {},
  options: RigOptions &
    Pick<ServerClientOptions, 'confirmUpload'> & {
      readonly user?: string;
      readonly credentials?: CredentialProvider;
    } = {},
): Promise<Bench> {
  const server = await httpServer(t, handler);
  const { user, confirmUpload, credentials, ...settings } = options;
  const tools = rig(t, settings);
  const reported = new Set<RuleName>();
  const source = createServerSource({
    connection: { id: 'c', name: 'Mine', kind: 'server', url: `${server.url}/support/chatkit`, ...connection },
    transport: tools.transport,
    credentials: credentials ?? { headersFor: async () => ({ 'x-tenant-key': secret }) },
    actingUser: () => user ?? null,
    confirmUpload,
    problems: { report: (rule) => void reported.add(ruleOf(rule).name) },
  });
  return { server, source, rules: () => [...reported].sort(), ...tools };
}

export async function errorOf(promise: Promise<unknown> | undefined): Promise<SourceError> {
  try {
    await promise;
  } catch (error) {
    if (isSourceError(error)) return error;
    throw error;
  }
  throw new Error('it worked');
}

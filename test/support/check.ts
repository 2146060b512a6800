// A check of a server with the real transport.
import { createTransport } from '../../src/chatkit/node/transport/transport.ts';
import type { Connection } from '../../src/chatkit/common/connection.ts';
import { checkServer, type CheckOptions } from '../../src/check/node/checkServer.ts';
import type { CheckReport } from '../../src/check/common/checkReport.ts';
import { silentLog } from './silentLog.ts';

interface Checked extends Partial<Omit<CheckOptions, 'connection' | 'transport' | 'credentials'>> {
  readonly connection?: Partial<Connection>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Checks the server at a URL. `headers`: its credentials. */
export async function check(url: string, { connection, headers = {}, ...options }: Checked = {}): Promise<CheckReport> {
  const transport = createTransport(
    {
      timeoutMs: 30_000,
      maxRetries: 0,
      maxBodyBytes: 64 * 1024 * 1024,
      userAgent: 'test',
      allowInsecureHttp: () => false,
      network: { proxySupport: 'off', proxy: null, proxyAuthorization: null, noProxy: [], strictSsl: true, env: {} },
    },
    silentLog,
  );
  try {
    return await checkServer({
      connection: { id: 'checked', name: 'Checked', kind: 'server', url, ...connection },
      transport,
      credentials: { headersFor: async () => headers },
      ...options,
    });
  } finally {
    await transport.close();
  }
}

/** Ids of the failed rules. */
export function failedRules({ rules }: CheckReport): readonly string[] {
  return rules.filter(({ verdict }) => verdict === 'failed').map(({ id }) => id);
}

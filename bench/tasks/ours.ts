import type { Log } from '../../src/domain/log.ts';
import type { ThreadSource } from '../../src/domain/threadSource.ts';
import { createOpenAiSource } from '../../src/io/openai/openAiSource.ts';
import { createTransport } from '../../src/io/transport/transport.ts';
import type { TransportSettings } from '../../src/io/transport/types.ts';

export const quietLog: Log = {
  request: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** As the extension has them where nobody changed a setting. */
export const transportSettings: TransportSettings = {
  timeoutMs: 30_000,
  maxRetries: 2,
  maxBodyBytes: 64 * 1024 * 1024,
  userAgent: 'bench',
  allowInsecureHttp: () => false,
  network: { proxySupport: 'off', proxy: null, proxyAuthorization: null, noProxy: [], strictSsl: true, env: {} },
};

/** Our client of the API at a base URL. */
export function sourceAt(url: string, apiKey: string): { readonly source: ThreadSource; close(): Promise<void> } {
  const transport = createTransport(transportSettings, quietLog);
  const source = createOpenAiSource({
    connection: { id: 'bench', name: 'bench', kind: 'openai', url },
    transport,
    credentials: { headersFor: () => Promise.resolve({ authorization: `Bearer ${apiKey}` }) },
    log: quietLog,
  });
  return { source, close: () => transport.close() };
}

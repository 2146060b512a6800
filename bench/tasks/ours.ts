import type { Log } from '../../src/base/common/log.ts';
import type { ThreadSource } from '../../src/chatkit/common/threadSource.ts';
import { createOpenAiSource } from '../../src/chatkit/node/openai/openAiSource.ts';
import { createTransport } from '../../src/chatkit/node/transport/transport.ts';
import type { TransportSettings } from '../../src/chatkit/node/transport/types.ts';

export const quietLog: Log = {
  request: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** The default settings of the extension. */
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
  });
  return { source, close: () => transport.close() };
}

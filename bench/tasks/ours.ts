import type { Log } from '../../src/domain/log.ts';
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

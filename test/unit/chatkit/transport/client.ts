// A transport under test, with a clock that never really sleeps and a log that can be looked at.
import type { TestContext } from 'node:test';
import type { Log, RequestRecord } from '../../../../src/base/common/log.ts';
import type { SourceError } from '../../../../src/chatkit/common/errors.ts';
import { isSourceError } from '../../../../src/chatkit/common/errors.ts';
import { createTransport, type Clock } from '../../../../src/chatkit/node/transport/transport.ts';
import type {
  HttpRequest,
  HttpResponse,
  NetworkSettings,
  Transport,
  TransportSettings,
} from '../../../../src/chatkit/node/transport/types.ts';

export const noProxies: NetworkSettings = {
  proxySupport: 'on',
  proxy: null,
  proxyAuthorization: null,
  noProxy: [],
  strictSsl: true,
  env: {},
};

export interface Rig {
  readonly transport: Transport;
  readonly log: Log;
  readonly records: RequestRecord[];
  /** Every line of the log that is not a request. */
  readonly lines: string[];
  /** Every wait that was slept, ms. */
  readonly slept: number[];
  /** Asks with sensible values for all that is not given. */
  get(url: string, rest?: Partial<HttpRequest>): Promise<HttpResponse>;
  /** Asks and gives the error; throws where there is none. */
  failure(url: string, rest?: Partial<HttpRequest>): Promise<SourceError>;
}

export type RigOptions = Partial<Omit<TransportSettings, 'network'>> & {
  readonly network?: Partial<NetworkSettings>;
  readonly clock?: Partial<Clock>;
};

export function rig(t: TestContext, { network, clock, ...settings }: RigOptions = {}): Rig {
  const records: RequestRecord[] = [];
  const lines: string[] = [];
  const slept: number[] = [];
  const log: Log = {
    request: (record) => void records.push(record),
    debug: (message) => void lines.push(message),
    info: (message) => void lines.push(message),
    warn: (message) => void lines.push(message),
    error: (message, error) => void lines.push(`${message} ${String(error)}`),
  };
  const transport = createTransport(
    {
      timeoutMs: 5000,
      maxRetries: 0,
      maxBodyBytes: 1024 * 1024,
      userAgent: 'tests',
      allowInsecureHttp: () => false,
      network: { ...noProxies, ...network },
      ...settings,
    },
    log,
    {
      now: () => 1_000_000,
      random: () => 0,
      sleep: async (ms) => void slept.push(ms),
      ...clock,
    },
  );
  // Not waited for: what a test left open ends when its servers do.
  t.after(() => void transport.close());
  const get = (url: string, rest: Partial<HttpRequest> = {}) =>
    transport.request({
      method: 'GET',
      url,
      headers: {},
      secretHeaders: {},
      retry: 'idempotent',
      signal: new AbortController().signal,
      ...rest,
    });
  const failure = async (url: string, rest?: Partial<HttpRequest>) => {
    try {
      const { status } = await get(url, rest);
      throw new Error(`answered ${status}`);
    } catch (error) {
      if (isSourceError(error)) return error;
      throw error;
    }
  };
  return { transport, log, records, lines, slept, get, failure };
}

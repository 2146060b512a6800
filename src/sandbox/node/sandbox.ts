import { getRequestListener } from '@hono/node-server';
import { randomBytes, randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sandboxApp } from './app.ts';

export interface SandboxOptions {
  /** Default 0: a free port. A free port is also used if the requested one is in use. */
  readonly port?: number;
  /** Total number of threads; default 72. */
  readonly threads?: number;
  /** Adds a thread with this number of items. */
  readonly items?: number;
  /** Starts without threads. */
  readonly empty?: boolean;
  /** The same `seed` and `startedAt` produce the same IDs and times. */
  readonly seed?: number;
  /** Start time in ms since the epoch; default now. */
  readonly startedAt?: number;
  readonly apiKey?: string;
  /** Factor for the delays of the scripted agent; 1 = realistic, 0 = none. */
  readonly pace?: number;
  /** Returns the current time in ms since the epoch. */
  readonly now?: () => number;
}

/** A running sandbox. Both APIs use the same key. */
export interface Sandbox {
  /** Base URL of the hosted API: `http://127.0.0.1:<port>/v1`. */
  readonly baseUrl: string;
  /** Endpoint of the self-hosted protocol: `http://127.0.0.1:<port>/chatkit`. */
  readonly serverUrl: string;
  readonly apiKey: string;
  readonly port: number;
  readonly seed: number;
  readonly startedAt: number;
  /** Closes all connections; resolves when the port is free. */
  close(): Promise<void>;
}

/** Starts the local ChatKit API on loopback. Pass `seed`, `startedAt`, `apiKey` and `port` of an earlier sandbox to restore it. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const now = options.now ?? Date.now;
  const seed = options.seed ?? randomInt(1, 1_000_000);
  const startedAt = options.startedAt ?? now();
  const apiKey = options.apiKey ?? `sk-sandbox-${randomBytes(24).toString('hex')}`;

  // Listen first, because the responses contain the address of the sandbox.
  const server = createServer();
  const port = await listen(server, options.port ?? 0);
  const origin = `http://127.0.0.1:${port}`;
  const app = sandboxApp({
    seed,
    startedAt,
    origin,
    apiKey,
    now,
    pace: options.pace ?? 1,
    empty: options.empty ?? false,
    threads: options.threads ?? 72,
    items: options.items ?? 0,
  });
  server.on('request', getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  return {
    baseUrl: `${origin}/v1`,
    serverUrl: `${origin}/chatkit`,
    apiKey,
    port,
    seed,
    startedAt,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Resolves with the port: the requested one, or a free one if it is in use. */
async function listen(server: Server, port: number): Promise<number> {
  try {
    await listening(server, port);
  } catch (error) {
    if (port === 0) throw error;
    await listening(server, 0);
  }
  return (server.address() as AddressInfo).port;
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

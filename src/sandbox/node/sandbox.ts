import { getRequestListener } from '@hono/node-server';
import { randomBytes, randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sandboxApp } from './app.ts';

export interface SandboxOptions {
  /** 0 or none: a free one. Where it is taken, a free one too. */
  readonly port?: number;
  /** Threads in all; default 72. */
  readonly threads?: number;
  /** Adds a thread of so many items. */
  readonly items?: number;
  /** No threads at all. */
  readonly empty?: boolean;
  /** With the same `seed` and `startedAt` come the same ids and times. */
  readonly seed?: number;
  /** ms since the epoch; default now. */
  readonly startedAt?: number;
  readonly apiKey?: string;
  /** Multiplies the delays of the scripted agent; 1 = lifelike, 0 = none. */
  readonly pace?: number;
  /** The clock, ms since the epoch. */
  readonly now?: () => number;
}

/** A running sandbox. The same key opens both faces. */
export interface Sandbox {
  /** The hosted API: `http://127.0.0.1:<port>/v1`. */
  readonly baseUrl: string;
  /** The self-hosted protocol's one endpoint: `http://127.0.0.1:<port>/chatkit`. */
  readonly serverUrl: string;
  readonly apiKey: string;
  readonly port: number;
  readonly seed: number;
  readonly startedAt: number;
  /** Ends every connection; resolves when the port is free. */
  close(): Promise<void>;
}

/** Starts the local ChatKit API on loopback. Give back `seed`, `startedAt`, `apiKey` and `port` to have the same one again. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const now = options.now ?? Date.now;
  const seed = options.seed ?? randomInt(1, 1_000_000);
  const startedAt = options.startedAt ?? now();
  const apiKey = options.apiKey ?? `sk-sandbox-${randomBytes(24).toString('hex')}`;

  // Listening comes first: what the sandbox says contains its own address.
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

/** Resolves with the port: the one asked for, or a free one where that is taken. */
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

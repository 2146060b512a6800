import { randomBytes, randomInt } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Hono, type MiddlewareHandler } from 'hono';
import { getRequestListener } from '@hono/node-server';
import { controlApp } from './control/app.ts';
import { applyFault, pickFault } from './control/applyFaults.ts';
import { Faults, type SandboxEnv } from './control/faults.ts';
import { RequestLog } from './control/requestLog.ts';
import { restApp } from './rest/app.ts';
import { Sessions } from './rest/sessions.ts';
import { serverApp } from './server/app.ts';
import { photo } from './seed/builders/art.ts';
import { Uploads, uploadsApp } from './server/uploads.ts';
import { type SeedOptions, seedThreads } from './seed/seed.ts';
import { Conversations } from './model/store.ts';

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

const loopback = /^(localhost|([a-z0-9-]+\.)+localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Rejects requests whose Host header is not a loopback name. Otherwise a web page whose name resolves to 127.0.0.1 (DNS
 * rebinding) could access the sandbox from a browser.
 */
const requireLoopbackHost: MiddlewareHandler = async ({ req, text }, next) => {
  if (!loopback.test(req.header('host') ?? '')) return text('This server accepts only loopback host names.', 403);
  return next();
};

interface AppOptions extends SeedOptions {
  readonly apiKey: string;
  /** Factor for the delays of the scripted agent. */
  readonly pace: number;
}

/** Creates the app with all routes of the sandbox. Both APIs share one set of conversations. */
function sandboxApp(options: AppOptions): Hono<SandboxEnv> {
  const { apiKey, seed, now, origin, pace } = options;
  const conversations = new Conversations(seedThreads(options), seed, now);
  const uploads = new Uploads(conversations, origin);
  const [faults, requestLog] = [new Faults(), new RequestLog()];

  const app = new Hono<SandboxEnv>();
  app.use(requireLoopbackHost);
  app.route('/sandbox/files', filesApp());
  app.route('/sandbox/uploads', uploadsApp(uploads));
  app.route('/sandbox', controlApp({ conversations, faults, requestLog, apiKey }));
  app.use(pickFault(faults), requestLog.middleware(apiKey, now), applyFault);
  app.route('/v1', restApp({ threads: conversations.threads, sessions: new Sessions(seed, now), apiKey }));
  app.route('/chatkit', serverApp({ conversations, uploads, apiKey, pace }));
  return app;
}

/** Serves the images that users attached in the seeded conversations, without authentication, like preview URLs. */
function filesApp(): Hono {
  const app = new Hono();
  app.get('/:name', (context) => {
    const png = photo(context.req.param('name'));
    if (png === null) return context.text('Not found', 404);
    return context.body(new Uint8Array(png), 200, { 'content-type': 'image/png', 'x-content-type-options': 'nosniff' });
  });
  return app;
}

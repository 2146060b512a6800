import { Hono, type MiddlewareHandler } from 'hono';
import { controlApp } from './control/app.ts';
import { applyFault, pickFault } from './control/applyFaults.ts';
import { Faults, type SandboxEnv } from './control/faults.ts';
import { RequestLog } from './control/requestLog.ts';
import { restApp } from './rest/app.ts';
import { Sessions } from './rest/sessions.ts';
import { serverApp } from './server/app.ts';
import { photo } from './seed/art/photos.ts';
import { Uploads, uploadsApp } from './server/uploads.ts';
import { seedThreads, type SeedOptions } from './seed/seed.ts';
import { Conversations } from './store/conversations.ts';

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
export function sandboxApp(options: AppOptions): Hono<SandboxEnv> {
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

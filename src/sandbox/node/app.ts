import { Hono } from 'hono';
import { controlApp } from './control/app.ts';
import { applyFault, pickFault } from './control/applyFaults.ts';
import type { SandboxEnv } from './control/env.ts';
import { Faults } from './control/faults.ts';
import { filesApp } from './control/files.ts';
import { Journal } from './control/journal.ts';
import { onlyLoopback } from './control/loopback.ts';
import { restApp } from './rest/app.ts';
import { Sessions } from './rest/sessions.ts';
import { serverApp } from './server/app.ts';
import { Uploads } from './server/uploads.ts';
import { uploadsApp } from './server/uploadsApp.ts';
import { seedThreads, type SeedOptions } from './seed/seed.ts';
import { Conversations } from './store/conversations.ts';

export interface AppOptions extends SeedOptions {
  readonly apiKey: string;
  /** Multiplies the delays of the scripted agent. */
  readonly pace: number;
}

/** Everything the sandbox answers, on one set of conversations. */
export function sandboxApp(options: AppOptions): Hono<SandboxEnv> {
  const { apiKey, seed, now, origin, pace } = options;
  const conversations = new Conversations(seedThreads(options), seed, now);
  const uploads = new Uploads(conversations, origin);
  const [faults, journal] = [new Faults(), new Journal()];

  const app = new Hono<SandboxEnv>();
  app.use(onlyLoopback);
  app.route('/sandbox/files', filesApp());
  app.route('/sandbox/uploads', uploadsApp(uploads));
  app.route('/sandbox', controlApp({ conversations, faults, journal, apiKey }));
  app.use(pickFault(faults), journal.middleware(apiKey, now), applyFault);
  app.route('/v1', restApp({ threads: conversations.threads, sessions: new Sessions(seed, now), apiKey }));
  app.route('/chatkit', serverApp({ conversations, uploads, apiKey, pace }));
  return app;
}

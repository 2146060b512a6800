import { Hono } from 'hono';
import { onlyLoopback } from './control/loopback.ts';
import { restApp } from './rest/app.ts';
import { Sessions } from './rest/sessions.ts';
import { seedThreads, type SeedOptions } from './seed/seed.ts';
import { Threads } from './store/threads.ts';

export interface AppOptions extends SeedOptions {
  readonly apiKey: string;
}

/** Everything the sandbox answers, on one set of conversations. */
export function sandboxApp(options: AppOptions): Hono {
  const threads = new Threads(seedThreads(options));
  const sessions = new Sessions(options.seed, options.now);
  const app = new Hono();
  app.use(onlyLoopback);
  app.route('/v1', restApp({ threads, sessions, apiKey: options.apiKey }));
  return app;
}

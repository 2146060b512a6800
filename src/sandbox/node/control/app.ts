import { Hono } from 'hono';
import * as z from 'zod';
import { requireKey } from '../rest/auth.ts';
import { ApiError, notFound } from '../rest/errors.ts';
import { restThread } from '../rest/fromStore.ts';
import type { Conversations } from '../store/conversations.ts';
import type { Faults, SandboxEnv } from './faults.ts';
import type { RequestLog } from './requestLog.ts';
import { newThread, threadChange } from './threadBody.ts';

interface ControlOptions {
  readonly conversations: Conversations;
  readonly faults: Faults;
  readonly requestLog: RequestLog;
  readonly apiKey: string;
}

/** The control routes of the sandbox, separate from both APIs: recorded requests, faults, and new conversations. */
export function controlApp({ conversations, faults, requestLog, apiKey }: ControlOptions): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
  // The key is required here too, because any web page can send a simple POST request to a loopback port.
  app.use(async ({ req }, next) => {
    requireKey(req.header('authorization'), apiKey);
    await next();
  });

  app.get('/requests', (context) => context.json({ requests: requestLog.requests }));
  app.delete('/requests', (context) => {
    requestLog.clear();
    return context.body(null, 204);
  });

  app.get('/faults', (context) => context.json({ faults: faults.all }));
  app.post('/faults', async (context) => context.json(faults.add(await context.req.json()), 201));
  app.delete('/faults', (context) => {
    faults.clear();
    return context.body(null, 204);
  });
  app.delete('/faults/:id', (context) =>
    context.body(null, faults.remove(Number(context.req.param('id'))) ? 204 : 404),
  );

  app.post('/threads', async (context) => {
    const { created_at, items, ...rest } = newThread.parse(await context.req.json());
    const thread = conversations.createThread({ ...rest, ...(created_at && { createdAt: created_at * 1000 }) });
    for (const item of items) conversations.append(thread, { format: 'rest', body: item.body }, ms(item.created_at));
    return context.json(restThread(thread), 201);
  });
  app.post('/threads/:id', async (context) => {
    const id = context.req.param('id');
    const thread = conversations.threads.find(id);
    if (thread === undefined) throw notFound('Thread', id);
    const { items, title, status } = threadChange.parse(await context.req.json());
    if (title !== undefined) thread.title = title;
    if (status !== undefined) thread.status = status;
    for (const item of items) conversations.append(thread, { format: 'rest', body: item.body }, ms(item.created_at));
    return context.json(restThread(thread));
  });

  app.onError((error, context) => {
    if (error instanceof ApiError) return context.json(error.body, error.status);
    const message = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
    return context.json({ error: { message } }, 400);
  });
  return app;
}

function ms(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { UnknownCursor, slice } from '../model/sequence.ts';
import type { StoredThread, Threads } from '../model/store.ts';
import type { RestItem, RestList, RestThread, RestThreadDeleted } from '../model/restTypes.ts';
import { requireBeta, requireKey } from './auth.ts';
import { ApiError, invalidMethod, invalidUrl, notFound } from './errors.ts';
import { isOnRest, restItems, restThread } from './fromStore.ts';
import { pageRequest, readJson, userFilter } from './readRequest.ts';
import { type Sessions, parseSessionBody } from './sessions.ts';

interface RestOptions {
  readonly threads: Threads;
  readonly sessions: Sessions;
  readonly apiKey: string;
}

/** The six operations of the hosted API (chatkit-api 1.3), mounted at `/v1`. */
export function restApp({ threads, sessions, apiKey }: RestOptions): Hono {
  const app = new Hono();

  app.use(async (context, next) => {
    const started = performance.now();
    context.header('x-request-id', `req_${randomBytes(16).toString('hex')}`);
    context.header('openai-version', '2020-10-01');
    await next();
    context.header('openai-processing-ms', String(Math.round(performance.now() - started)));
  });
  app.use(async ({ req }, next) => {
    requireKey(req.header('authorization'), apiKey);
    await next();
  });
  app.use('/chatkit/*', async ({ req }, next) => {
    requireBeta(req.header('openai-beta'));
    await next();
  });

  app.post('/chatkit/sessions', async (context) => {
    const body = parseSessionBody(await readJson(context.req));
    return context.json(sessions.create(body));
  });
  app.post('/chatkit/sessions/:id/cancel', (context) => context.json(sessions.cancel(context.req.param('id'))));

  app.get('/chatkit/threads', (context) => {
    const query = (name: string) => context.req.query(name);
    const page = pageRequest(query);
    const user = userFilter(query);
    const { data, hasMore } = slice(threads, page, (thread) => user === null || thread.user === user);
    return context.json<RestList<RestThread>>(list(data.map(restThread), hasMore));
  });
  app.get('/chatkit/threads/:id', (context) => context.json<RestThread>(restThread(find(context.req.param('id')))));
  app.delete('/chatkit/threads/:id', (context) => {
    const { id } = find(context.req.param('id'));
    threads.delete(id);
    return context.json<RestThreadDeleted>({ id, object: 'chatkit.thread.deleted', deleted: true });
  });
  app.get('/chatkit/threads/:id/items', (context) => {
    const { id, items } = find(context.req.param('id'));
    const page = pageRequest((name) => context.req.query(name));
    const { data, hasMore } = slice(items, page, isOnRest);
    return context.json<RestList<RestItem>>(list(restItems(id, data), hasMore));
  });

  for (const path of [
    '/chatkit/sessions',
    '/chatkit/sessions/:id/cancel',
    '/chatkit/threads',
    '/chatkit/threads/:id',
    '/chatkit/threads/:id/items',
  ]) {
    app.all(path, ({ req }) => {
      throw invalidMethod(req.method, req.path);
    });
  }
  app.all('*', ({ req }) => {
    throw invalidUrl(req.method, req.path);
  });
  app.onError((error, context) => {
    const { status, body } = toApiError(error);
    return context.json(body, status);
  });
  return app;

  function find(id: string): StoredThread {
    const thread = threads.find(id);
    if (thread === undefined) throw notFound('Thread', id);
    return thread;
  }
}

function list<T extends { id: string }>(data: T[], hasMore: boolean): RestList<T> {
  return { object: 'list', data, first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null, has_more: hasMore };
}

function toApiError(error: Error): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof UnknownCursor) {
    return new ApiError(400, `Invalid '${error.param}': no element with id '${error.id}'.`, { param: error.param });
  }
  return new ApiError(500, 'The server had an error while processing your request. Sorry about that!', {
    type: 'server_error',
  });
}

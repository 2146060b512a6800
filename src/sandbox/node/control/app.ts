import * as z from 'zod';
import { Hono } from 'hono';
import type { RestBody, RestThreadStatus } from '../model/restTypes.ts';
import { requireKey } from '../rest/auth.ts';
import { ApiError, notFound } from '../rest/errors.ts';
import { restThread } from '../rest/fromStore.ts';
import type { Conversations } from '../model/store.ts';
import type { Faults, SandboxEnv } from './faults.ts';
import type { RequestLog } from './requestLog.ts';

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

const tasks = ['custom', 'thought'] as const;
const line = z.string().nullable();

/** The six item types, as strict as the schema of the hosted API (chatkit-api 4). */
const body: z.ZodType<RestBody> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('chatkit.user_message'),
    content: z.array(z.strictObject({ type: z.enum(['input_text', 'quoted_text']), text: z.string() })),
    attachments: z.array(
      z.strictObject({
        type: z.enum(['image', 'file']),
        id: z.string(),
        name: z.string(),
        mime_type: z.string(),
        preview_url: z.string().nullable(),
      }),
    ),
    inference_options: z
      .strictObject({ model: z.string().nullable(), tool_choice: z.strictObject({ id: z.string() }).nullable() })
      .nullable(),
  }),
  z.strictObject({
    type: z.literal('chatkit.assistant_message'),
    content: z.array(
      z.strictObject({
        type: z.literal('output_text'),
        text: z.string(),
        annotations: z.array(
          z.discriminatedUnion('type', [
            z.strictObject({
              type: z.literal('file'),
              source: z.strictObject({ type: z.literal('file'), filename: z.string() }),
            }),
            z.strictObject({
              type: z.literal('url'),
              source: z.strictObject({ type: z.literal('url'), url: z.string() }),
            }),
          ]),
        ),
      }),
    ),
  }),
  z.strictObject({ type: z.literal('chatkit.widget'), widget: z.string() }),
  z.strictObject({
    type: z.literal('chatkit.client_tool_call'),
    status: z.enum(['in_progress', 'completed']),
    call_id: z.string(),
    name: z.string(),
    arguments: z.string(),
    output: z.string().nullable(),
  }),
  z.strictObject({ type: z.literal('chatkit.task'), task_type: z.enum(tasks), heading: line, summary: line }),
  z.strictObject({
    type: z.literal('chatkit.task_group'),
    tasks: z.array(z.strictObject({ type: z.enum(tasks), heading: line, summary: line })),
  }),
]);

const status: z.ZodType<RestThreadStatus> = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('active') }),
  z.strictObject({ type: z.literal('locked'), reason: line }),
  z.strictObject({ type: z.literal('closed'), reason: line }),
]);

/** Times are in unix seconds, as in the hosted API; the default is now. */
const items = z.array(z.strictObject({ created_at: z.int().optional(), body }));

/** Body of `POST /sandbox/threads`. */
const newThread = z.strictObject({
  user: z.string().min(1),
  title: line.default(null),
  status: status.default({ type: 'active' }),
  created_at: z.int().optional(),
  items: items.default([]),
});

/** Body of `POST /sandbox/threads/:id`: appends the items and changes the given properties. */
const threadChange = z.strictObject({
  title: line.optional(),
  status: status.optional(),
  items: items.default([]),
});

import { setTimeout } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { bearerOf, sameSecret } from '../rest/auth.ts';
import { users } from '../seed/builders/buildThread.ts';
import type { Conversations } from '../store/store.ts';
import { ServerFailure, anyCommand, isStreaming } from './protocol/commands.ts';
import { executeJsonCommand } from './jsonCommands.ts';
import { prepareStream } from './streamCommands.ts';
import type { Uploads } from './uploads.ts';

/** Identifies the end user of a request. */
const userHeader = 'x-user-id';

interface ServerOptions {
  readonly conversations: Conversations;
  readonly uploads: Uploads;
  readonly apiKey: string;
  readonly pace: number;
}

/** A self-hosted ChatKit server: one POST endpoint, and a second one for direct uploads (chatkit-api 5). */
export function serverApp({ conversations, uploads, apiKey, pace }: ServerOptions): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(async (context, next) => {
    const key = bearerOf(context.req.header('authorization'));
    if (key === null || !sameSecret(key, apiKey)) return context.text('Unauthorized', 401);
    return next();
  });

  app.post('/', async (context) => {
    const command = anyCommand.safeParse(await context.req.json());
    if (!command.success) throw new ServerFailure('Invalid request');
    const user = context.req.header(userHeader) || null;
    if (!isStreaming(command.data)) {
      return context.json(executeJsonCommand(command.data, { threads: conversations.threads, uploads, user }));
    }
    const respond = prepareStream(command.data, { conversations, uploads, user, defaultUser: users.visitor });
    return eventStream(
      (send, signal) => respond({ send, signal, pace }),
      () => context.env.incoming.socket.destroy(),
    );
  });

  app.post('/upload', async (context) => {
    const { file } = await context.req.parseBody();
    if (!(file instanceof File)) throw new ServerFailure('No file');
    const type = file.type || 'application/octet-stream';
    return context.json(uploads.add(file.name, type, new Uint8Array(await file.arrayBuffer())));
  });

  app.all('/', (context) => context.json({ detail: 'Method Not Allowed' }, 405));
  app.all('*', (context) => context.json({ detail: 'Not Found' }, 404));
  // Like the default error response of a web framework: a status and a text.
  app.onError((error, context) =>
    context.text(
      error instanceof ServerFailure ? `Internal Server Error: ${error.message}` : 'Internal Server Error',
      500,
    ),
  );
  return app;
}

/**
 * Returns an event stream in the framing of the SDK: `data: <one line of JSON>` and a blank line; the end of the stream is
 * the end of the connection (chatkit-api 5.1).
 *
 * @param run sends the events; its signal is aborted when the client disconnects. If it throws, `disconnect` is called.
 */
function eventStream(
  run: (send: (event: object) => void, signal: AbortSignal) => Promise<void>,
  disconnect: () => void,
): Response {
  const disconnected = new AbortController();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (event: object): void => {
        if (!disconnected.signal.aborted) controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
      };
      // Not awaited: the stream can be cancelled only after `start` returns.
      void run(send, disconnected.signal).then(
        () => disconnected.signal.aborted || controller.close(),
        // Wait until the last bytes are sent.
        () => setTimeout(20).then(disconnect),
      );
    },
    cancel: () => disconnected.abort(),
  });
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
  });
}

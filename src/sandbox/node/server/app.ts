import { Hono } from 'hono';
import type { SandboxEnv } from '../control/env.ts';
import { bearerOf, sameSecret } from '../rest/auth.ts';
import { users } from '../seed/builders/users.ts';
import type { Conversations } from '../store/conversations.ts';
import { anyCommand, isStreaming } from './protocol/commands.ts';
import { ServerFailure } from './protocol/failure.ts';
import { answerPlain } from './plain.ts';
import { eventStream } from './sse.ts';
import { prepareStream } from './streaming.ts';
import type { Uploads } from './uploads.ts';

/** Names the end user of a request, as an operator's own header would. */
export const userHeader = 'x-user-id';

export interface ServerParts {
  readonly conversations: Conversations;
  readonly uploads: Uploads;
  readonly apiKey: string;
  readonly pace: number;
}

/** A self-hosted ChatKit server: one POST endpoint, and a second one for direct uploads (chatkit-api 5). */
export function serverApp({ conversations, uploads, apiKey, pace }: ServerParts): Hono<SandboxEnv> {
  const app = new Hono<SandboxEnv>();
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
      return context.json(answerPlain(command.data, { threads: conversations.threads, uploads, user }));
    }
    const run = prepareStream(command.data, { conversations, uploads, user, defaultUser: users.visitor });
    return eventStream(
      (send, signal) => run({ send, signal, pace }),
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
  // What a framework makes of an exception: a status, and a text for people.
  app.onError((error, context) =>
    context.text(
      error instanceof ServerFailure ? `Internal Server Error: ${error.message}` : 'Internal Server Error',
      500,
    ),
  );
  return app;
}

import { setTimeout } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { UnknownCursor, slice } from '../model/sequence.ts';
import type { Conversations, StoredThread, Threads } from '../model/store.ts';
import type {
  Json,
  ServerAttachment,
  ServerBodyOf,
  ServerItem,
  ServerPage,
  ServerThread,
} from '../model/serverTypes.ts';
import { bearerOf, sameSecret } from '../rest/auth.ts';
import { users } from '../seed/builders/buildThread.ts';
import { executeSyncAction } from './agent/actions.ts';
import {
  type JsonCommand,
  ServerFailure,
  type StreamCommand,
  type StructuredSubmission,
  type UserInput,
  anyCommand,
  isStreaming,
} from './protocol/commands.ts';
import { isHidden, serverBody, serverItem, serverThread } from './protocol/fromStore.ts';
import type { Uploads } from './uploads.ts';
import { respondToAction, respondToForm, respondToMessage, respondToToolOutput } from './agent/agent.ts';
import { Turn, type TurnOptions, runTurn } from './protocol/turn.ts';

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

interface StreamContext {
  readonly conversations: Conversations;
  readonly uploads: Uploads;
  readonly user: string | null;
  /** End user of a new thread if the request names none. */
  readonly defaultUser: string;
}

/** Where the events of a stream are sent. */
type StreamTarget = Pick<TurnOptions, 'send' | 'signal' | 'pace'>;
type Respond = (target: StreamTarget) => Promise<void>;

/**
 * Validates a command whose response is a stream (chatkit-api 5.3) and returns the function that runs it. Throws
 * `ServerFailure` before anything is changed.
 */
function prepareStream(command: StreamCommand, context: StreamContext): Respond {
  const { conversations, user } = context;
  const { type, params } = command;
  if (type === 'threads.create') {
    const message = userMessage(params.input, context.uploads);
    return async (target) => {
      const thread = conversations.createThread({ user: user ?? context.defaultUser });
      target.send({ type: 'thread.created', thread: serverThread(thread) });
      await receiveMessage(thread, message, conversations, target);
    };
  }
  const thread = findThread(conversations.threads, params.thread_id, user);
  const respond = (target: StreamTarget, run: (turn: Turn) => Promise<void>) =>
    runTurn(new Turn({ conversations, thread, ...target }), target.signal, run);
  switch (type) {
    case 'threads.add_user_message': {
      const message = userMessage(params.input, context.uploads);
      return (target) => receiveMessage(thread, message, conversations, target);
    }
    case 'threads.add_client_tool_output':
      completeToolCall(thread, params.result);
      return (target) => respond(target, (turn) => respondToToolOutput(turn, params.result));
    case 'threads.add_structured_input': {
      const id = params.item_id;
      const form = submit(findItem(thread, id, 'structured_input'), params.input);
      return (target) =>
        respond(target, async (turn) => {
          turn.replace(id, form);
          await respondToForm(turn, form);
        });
    }
    case 'threads.retry_after_item': {
      const message = findItem(thread, params.item_id, 'user_message');
      return (target) => {
        thread.items.truncate(thread.items.indexOf(params.item_id) + 1);
        return respond(target, (turn) => respondToMessage(turn, message));
      };
    }
    case 'threads.custom_action': {
      const id = params.item_id ?? null;
      const item = id === null ? undefined : thread.items.find(id);
      if (id !== null && item === undefined) throw new ServerFailure(`Item ${id} not found`);
      const widget = item && serverBody(item);
      if (widget !== undefined && widget.type !== 'widget') {
        return async (target) => target.send({ type: 'error', code: 'stream.error', allow_retry: false });
      }
      return (target) => respond(target, (turn) => respondToAction(turn, params.action, id, widget ?? null));
    }
  }
}

/** Saves and reports the message of the user, then responds to it. Reports an error if the thread accepts no messages. */
async function receiveMessage(
  thread: StoredThread,
  message: ServerBodyOf<'user_message'>,
  conversations: Conversations,
  target: StreamTarget,
): Promise<void> {
  if (thread.status.type !== 'active') {
    target.send({ type: 'error', code: `thread.${thread.status.type}`, allow_retry: false });
    return;
  }
  const item = conversations.append(thread, { format: 'server', body: message });
  target.send({ type: 'thread.item.done', item: serverItem(thread.id, item) });
  await runTurn(new Turn({ conversations, thread, ...target }), target.signal, (turn) =>
    respondToMessage(turn, message),
  );
}

function userMessage(input: UserInput, uploads: Uploads): ServerBodyOf<'user_message'> {
  const { tool_choice, model } = input.inference_options;
  return {
    type: 'user_message',
    content: input.content,
    attachments: input.attachments.map((id) => uploads.find(id).attachment),
    inference_options: { ...(tool_choice && { tool_choice }), ...(model && { model }) },
    ...(input.quoted_text && { quoted_text: input.quoted_text }),
  };
}

/** Sets the output of the last item. Throws `ServerFailure` if it is not an open tool call. */
function completeToolCall(thread: StoredThread, output: Json): void {
  const { items } = thread;
  const last = items.length === 0 ? undefined : items.at(items.length - 1);
  const body = last && serverBody(last);
  if (last === undefined || body?.type !== 'client_tool_call' || body.status !== 'pending') {
    throw new ServerFailure(`Last thread item in ${thread.id} was not a ClientToolCallItem`);
  }
  items.replace({
    id: last.id,
    createdAt: last.createdAt,
    format: 'server',
    body: { ...body, status: 'completed', output },
  });
}

function submit(
  form: ServerBodyOf<'structured_input'>,
  { status, answers }: StructuredSubmission,
): ServerBodyOf<'structured_input'> {
  if (form.status !== 'pending') throw new ServerFailure('Structured input item is not pending');
  const inputs = form.inputs.map((input) => {
    const answer = answers[input.id];
    if (status === 'skipped' || answer === undefined || answer.skipped || answer.values.length === 0) {
      return { ...input, answer: { values: [], skipped: true } };
    }
    const one = input.type === 'multiple_choice' && !input.multiple;
    return { ...input, answer: { values: one ? answer.values.slice(0, 1) : answer.values, skipped: false } };
  });
  return { ...form, status, inputs };
}

function findItem<Type extends 'user_message' | 'structured_input'>(
  thread: StoredThread,
  id: string,
  type: Type,
): ServerBodyOf<Type> {
  const item = thread.items.find(id);
  const body = item && serverBody(item);
  if (body?.type !== type) throw new ServerFailure(`Item ${id} not found, or not a ${type}`);
  return body as ServerBodyOf<Type>;
}

interface PageParams {
  readonly limit?: number | null | undefined;
  readonly order: 'asc' | 'desc';
  readonly after?: string | null | undefined;
}

interface CommandContext {
  readonly threads: Threads;
  readonly uploads: Uploads;
  /** End user whose conversations are visible; null = all users. */
  readonly user: string | null;
}

type Reply =
  | ServerThread
  | ServerPage<ServerThread>
  | ServerPage<ServerItem>
  | ServerAttachment
  | { text: string }
  | { updated_item?: ServerItem }
  | Record<string, never>;

/** Executes a command whose response is JSON (chatkit-api 5.3). Throws `ServerFailure`. */
function executeJsonCommand(command: JsonCommand, { threads, uploads, user }: CommandContext): Reply {
  const { type, params } = command;
  switch (type) {
    case 'threads.list': {
      const { data, ...rest } = page(threads, params, (thread) => user === null || thread.user === user);
      return { data: data.map((thread) => serverThread(thread)), ...rest };
    }
    case 'threads.get_by_id': {
      const thread = findThread(threads, params.thread_id, user);
      return serverThread(thread, itemPage(thread, { order: 'asc' }));
    }
    case 'items.list':
      return itemPage(findThread(threads, params.thread_id, user), params);
    case 'threads.update': {
      const thread = findThread(threads, params.thread_id, user);
      thread.title = params.title;
      return serverThread(thread);
    }
    case 'threads.delete':
      threads.delete(findThread(threads, params.thread_id, user).id);
      return {};
    case 'items.feedback': {
      const { items } = findThread(threads, params.thread_id, user);
      const missing = params.item_ids.find((id) => items.find(id) === undefined);
      if (missing !== undefined) throw new ServerFailure(`Item ${missing} not found`);
      return {};
    }
    case 'threads.sync_custom_action':
      return executeSyncAction(findThread(threads, params.thread_id, user), params.item_id ?? null, params.action);
    case 'attachments.create':
      return uploads.announce(params.name, params.mime_type);
    case 'attachments.delete':
      uploads.delete(params.attachment_id);
      return {};
    case 'input.transcribe': {
      const bytes = Buffer.from(params.audio_base64, 'base64').byteLength;
      return { text: `Where is my order? (${bytes} bytes of ${params.mime_type.split(';')[0] ?? 'audio'})` };
    }
  }
}

/** Returns a thread. Throws `ServerFailure` if it does not exist or belongs to another user. */
function findThread(threads: Threads, id: string, user: string | null): StoredThread {
  const thread = threads.find(id);
  if (thread === undefined || (user !== null && thread.user !== user))
    throw new ServerFailure(`Thread ${id} not found`);
  return thread;
}

/** Removes hidden items after slicing, so a page may be shorter than the limit, or empty, without being the last. */
function itemPage(thread: StoredThread, params: PageParams): ServerPage<ServerItem> {
  const { data, ...rest } = page(thread.items, params);
  return { data: data.filter((item) => !isHidden(item)).map((item) => serverItem(thread.id, item)), ...rest };
}

function page<T extends { readonly id: string }>(
  sequence: Parameters<typeof slice<T>>[0],
  { limit, order, after }: PageParams,
  visible?: (element: T) => boolean,
): ServerPage<T> {
  try {
    const cursor = after === null || after === undefined ? undefined : decodeCursor(after);
    const { data, hasMore } = slice(sequence, { limit: limit || 20, order, after: cursor }, visible);
    const last = data.at(-1);
    return { data, has_more: hasMore, ...(hasMore && last !== undefined && { after: encodeCursor(last.id) }) };
  } catch (error) {
    if (error instanceof UnknownCursor) throw new ServerFailure('Unknown cursor');
    throw error;
  }
}

/** Returns an opaque cursor. */
function encodeCursor(id: string): string {
  return Buffer.from(`after:${id}`).toString('base64url');
}

/** Returns the ID in a cursor. Throws `ServerFailure` if no page returned the cursor. */
function decodeCursor(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString();
  if (!text.startsWith('after:') || encodeCursor(text.slice(6)) !== cursor) throw new ServerFailure('Unknown cursor');
  return text.slice(6);
}

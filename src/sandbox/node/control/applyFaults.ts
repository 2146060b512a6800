import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler, Next } from 'hono';
import * as z from 'zod';
import type { Fault, Faults, SandboxEnv } from './faults.ts';

const html = `<!DOCTYPE html>
<html><head><title>502 Bad Gateway</title></head>
<body><center><h1>502 Bad Gateway</h1></center><hr><center>cloudflare</center></body></html>
`;

/** Returns the response that replaces the correct one (chatkit-api 4A.1); null for other kinds of faults. */
function faultReply(fault: Fault): Response | null {
  switch (fault.kind) {
    case 'rate_limit':
      return errorReply(
        429,
        'Rate limit reached for requests. Please try again later.',
        'requests',
        'rate_limit_exceeded',
        retryHeaders(fault),
      );
    case 'insufficient_quota':
      return errorReply(
        429,
        'You exceeded your current quota, please check your plan and billing details.',
        'insufficient_quota',
        'insufficient_quota',
      );
    case 'forbidden':
      return errorReply(
        403,
        'You have insufficient permissions for this operation. Missing scopes: api.chatkit.read.',
        'invalid_request_error',
        'missing_scope',
      );
    case 'server_error':
      return errorReply(
        fault.status,
        'The server had an error while processing your request. Sorry about that!',
        'server_error',
        null,
        retryHeaders(fault),
      );
    case 'html':
      return reply(fault.status, html, { 'content-type': 'text/html' });
    case 'empty':
      return reply(fault.status, fault.status === 204 || fault.status === 304 ? null : '', {});
    case 'reply':
      return reply(fault.status, fault.body, fault.headers);
    default:
      return null;
  }
}

interface RetryHints {
  readonly retry_after_ms?: number | undefined;
  readonly retry_after?: string | undefined;
  readonly should_retry?: boolean | undefined;
}

function retryHeaders({ retry_after_ms, retry_after, should_retry }: RetryHints): Record<string, string> {
  return {
    ...(retry_after_ms === undefined ? {} : { 'retry-after-ms': String(retry_after_ms) }),
    ...(retry_after === undefined ? {} : { 'retry-after': retry_after }),
    ...(should_retry === undefined ? {} : { 'x-should-retry': String(should_retry) }),
  };
}

function errorReply(
  status: number,
  message: string,
  type: string,
  code: string | null,
  headers: Record<string, string> = {},
): Response {
  const body = JSON.stringify({ error: { message, type, param: null, code } });
  return reply(status, body, { 'content-type': 'application/json', ...headers });
}

function reply(status: number, body: string | null, headers: Record<string, string>): Response {
  return new Response(body, {
    status,
    headers: { 'x-request-id': `req_${randomBytes(16).toString('hex')}`, ...headers },
  });
}

const jsonObject = z.record(z.string(), z.unknown());
const cursorBody = z.object({ params: z.object({ after: z.string() }) });

/** Selects the fault for a request; the following middlewares read it from the context. */
export function pickFault(faults: Faults): MiddlewareHandler<SandboxEnv> {
  return async (context, next) => {
    context.set('fault', faults.take(context.req.method, context.req.path));
    await next();
  };
}

/** Applies the selected fault to a request. */
export const applyFault: MiddlewareHandler<SandboxEnv> = async (context, next) => {
  const fault = context.get('fault');
  if (fault === null) return next();
  const disconnected = socketClosed(context);
  switch (fault.kind) {
    case 'drop_unread':
    case 'drop_read':
      return drop(context);
    case 'drop_processed':
      await next();
      context.res = drop(context);
      return undefined;
    case 'hang':
      await new Promise((resolve) => disconnected.addEventListener('abort', resolve, { once: true }));
      return RESPONSE_ALREADY_SENT;
    case 'slow_headers':
      await setTimeout(fault.ms, undefined, { signal: disconnected }).catch(() => undefined);
      return next();
    case 'slow_body': {
      await next();
      const bytes = new Uint8Array(await context.res.arrayBuffer());
      rewrite(context, drip(bytes, fault.chunks, fault.ms, disconnected));
      return undefined;
    }
    case 'cut':
      await next();
      rewrite(
        context,
        cutAfter(context.res.body, fault.bytes, () => context.env.incoming.socket.destroy()),
      );
      return undefined;
    case 'malformed_event':
      await next();
      rewrite(context, corruptAfterEvents(context.res.body, fault.events));
      return undefined;
    default:
      return faultReply(fault) ?? change(context, next, fault);
  }
};

async function change(context: Context<SandboxEnv>, next: Next, fault: Fault): Promise<undefined> {
  await next();
  const apply = faultChange(fault, await cursorOf(context));
  if (apply === null || !/json/.test(context.res.headers.get('content-type') ?? '')) return;
  rewrite(context, JSON.stringify(apply(jsonObject.parse(await context.res.json()))));
}

/** Returns the cursor of the request, in either API. */
async function cursorOf({ req }: Context<SandboxEnv>): Promise<string | null> {
  if (req.method !== 'POST') return req.query('after') ?? null;
  const body = cursorBody.safeParse(await req.json().catch(() => null));
  return body.data?.params.after ?? null;
}

/** Closes the connection without sending further bytes. */
function drop(context: Context<SandboxEnv>): Response {
  context.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

function rewrite(context: Context<SandboxEnv>, body: ConstructorParameters<typeof Response>[0]): void {
  const { status, headers } = context.res;
  headers.delete('content-length');
  context.res = new Response(body, { status, headers });
}

function socketClosed({ env }: Context<SandboxEnv>): AbortSignal {
  const closed = new AbortController();
  env.incoming.socket.once('close', () => closed.abort());
  return closed.signal;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** Returns a stream that sends the bytes in `chunks` pieces, one every `ms` milliseconds. */
function drip(bytes: Bytes, chunks: number, ms: number, disconnected: AbortSignal): ReadableStream<Bytes> {
  const size = Math.max(1, Math.ceil(bytes.byteLength / chunks));
  let sent = 0;
  return new ReadableStream({
    async pull(controller) {
      if (sent > 0) await setTimeout(ms, undefined, { signal: disconnected }).catch(() => undefined);
      if (disconnected.aborted || sent >= bytes.byteLength) return controller.close();
      controller.enqueue(bytes.slice(sent, sent + size));
      sent += size;
    },
  });
}

/** Returns the first `bytes` bytes of a body, then calls `disconnect`. */
function cutAfter(body: ReadableStream<Bytes> | null, bytes: number, disconnect: () => void): ReadableStream<Bytes> {
  const reader = body?.getReader();
  let left = bytes;
  return new ReadableStream({
    async pull(controller) {
      const next = left > 0 ? await reader?.read() : undefined;
      if (next?.value !== undefined) {
        controller.enqueue(next.value.slice(0, left));
        left -= next.value.byteLength;
        return;
      }
      // Wait until the last bytes are sent.
      await setTimeout(20);
      await reader?.cancel();
      disconnect();
    },
    cancel: () => reader?.cancel(),
  });
}

/** Returns an event stream whose event after the first `events` events is not valid JSON. */
function corruptAfterEvents(body: ReadableStream<Bytes> | null, events: number): ReadableStream<Bytes> {
  let seen = 0;
  const corrupt = new TransformStream<Bytes, Bytes>({
    transform(chunk, controller) {
      if (seen === events) controller.enqueue(new TextEncoder().encode('data: {"type":"thread.item.upd\n\n'));
      seen += new TextDecoder().decode(chunk).split('\n\n').length - 1;
      controller.enqueue(chunk);
    },
  });
  return (body ?? new Blob([]).stream()).pipeThrough(corrupt);
}

type Loose = Record<string, unknown>;

/**
 * Returns the change that a fault makes to the body of the correct response; null for other kinds of faults.
 *
 * @param cursor the cursor of the request, or null
 */
function faultChange(fault: Fault, cursor: string | null): ((body: Loose) => Loose) | null {
  switch (fault.kind) {
    case 'unknown_item':
      return firstElement((item) => ({ ...item, type: 'chatkit.hologram', hologram: { angle: 45 } }));
    case 'unprefixed_type':
      return everyElement((item) => ({ ...item, type: String(item['type']).replace(/^chatkit\./, '') }));
    case 'broken_item':
      return firstElement(({ id, object, type }) => ({ id, object, type, content: 'not a list' }));
    case 'malformed_widget':
      return everyElement((item) => ('widget' in item ? { ...item, widget: '{"type":"Card","children":[' } : item));
    case 'double_encoded':
      return everyElement((item) => mapKeys(item, ['widget', 'arguments', 'output'], (text) => JSON.stringify(text)));
    case 'missing_first_id':
      return ({ first_id: _first, ...rest }) => rest;
    case 'repeated_cursor':
      // A first page has no cursor to repeat.
      if (cursor === null) return (body) => body;
      return (body) => ({ ...body, has_more: true, ...('object' in body ? { last_id: cursor } : { after: cursor }) });
    case 'extra_fields':
      return (body) =>
        everyElement((item) => ({ ...item, added_later: true }))({ ...body, added_later: { since: 2027 } });
    case 'empty_secret':
      return (body) => ('client_secret' in body ? { ...body, client_secret: '' } : body);
    case 'oversized':
      return (body) => ({ ...body, padding: 'x'.repeat(fault.bytes) });
    default:
      return null;
  }
}

function everyElement(change: (element: Loose) => Loose): (body: Loose) => Loose {
  return (body) => (Array.isArray(body['data']) ? { ...body, data: body['data'].map(change) } : body);
}

function firstElement(change: (element: Loose) => Loose): (body: Loose) => Loose {
  return (body) =>
    Array.isArray(body['data'])
      ? { ...body, data: body['data'].map((element: Loose, index) => (index === 0 ? change(element) : element)) }
      : body;
}

function mapKeys(item: Loose, keys: readonly string[], change: (text: string) => string): Loose {
  return Object.fromEntries(
    Object.entries(item).map(([key, value]) => [
      key,
      keys.includes(key) && typeof value === 'string' ? change(value) : value,
    ]),
  );
}

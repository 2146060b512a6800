import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler, Next } from 'hono';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { faultChange } from './faultChanges.ts';
import { faultReply } from './faultReplies.ts';
import type { Fault, Faults, SandboxEnv } from './faults.ts';
import { corruptAfterEvents, cutAfter, drip } from './streams.ts';

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

import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, MiddlewareHandler, Next } from 'hono';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import type { SandboxEnv } from './env.ts';
import { faultChange } from './faultChanges.ts';
import { faultReply } from './faultReplies.ts';
import type { Fault, Faults } from './faults.ts';
import { corruptAfterEvents, cutAfter, drip } from './streams.ts';

const jsonObject = z.record(z.string(), z.unknown());
const cursorBody = z.object({ params: z.object({ after: z.string() }) });

/** Picks the fault that a request meets; everything after it only reads what was picked. */
export function pickFault(faults: Faults): MiddlewareHandler<SandboxEnv> {
  return async (context, next) => {
    context.set('fault', faults.take(context.req.method, context.req.path));
    await next();
  };
}

/** Does to a request what the picked fault says. */
export const applyFault: MiddlewareHandler<SandboxEnv> = async (context, next) => {
  const fault = context.get('fault');
  if (fault === null) return next();
  const gone = socketClosed(context);
  switch (fault.kind) {
    case 'drop_unread':
    case 'drop_read':
      return drop(context);
    case 'drop_processed':
      await next();
      context.res = drop(context);
      return undefined;
    case 'hang':
      await new Promise((resolve) => gone.addEventListener('abort', resolve, { once: true }));
      return RESPONSE_ALREADY_SENT;
    case 'slow_headers':
      await setTimeout(fault.ms, undefined, { signal: gone }).catch(() => undefined);
      return next();
    case 'slow_body': {
      await next();
      const bytes = new Uint8Array(await context.res.arrayBuffer());
      rewrite(context, drip(bytes, fault.chunks, fault.ms, gone));
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

/** The cursor that the request went on from, on either face. */
async function cursorOf({ req }: Context<SandboxEnv>): Promise<string | null> {
  if (req.method !== 'POST') return req.query('after') ?? null;
  const body = cursorBody.safeParse(await req.json().catch(() => null));
  return body.data?.params.after ?? null;
}

/** Drops the connection without another byte. */
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

import * as z from 'zod';
import type { Json } from '../../../base/common/json.ts';
import { timeToMs } from './time.ts';

/** Unix seconds, or ISO text; anything else reads as "not said" rather than as a broken element. */
export const wireTime = z.union([z.number(), z.string()]).nullish().catch(null);

/** What every thread item carries (chatkit-api 4). Old samples lack `created_at` and `thread_id`. */
export const itemBaseShape = {
  id: z.string().min(1),
  object: z.string().nullish(),
  created_at: wireTime,
  thread_id: z.string().nullish(),
};

type WireBase = z.output<z.ZodObject<typeof itemBaseShape>>;

/** Where an item was found: what came, and the thread that was asked for. */
export interface ItemContext {
  readonly raw: Json;
  readonly threadId: string;
}

export function baseOf(wire: WireBase, { raw, threadId }: ItemContext) {
  return { id: wire.id, threadId: wire.thread_id ?? threadId, createdAt: timeToMs(wire.created_at), raw };
}

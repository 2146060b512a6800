import * as z from 'zod';
import type { Json } from '../../../base/common/json.ts';
import type { Reading } from './reading.ts';
import { timeToMs } from './time.ts';

/** Unix seconds, or ISO text; any other value is read as missing, so that the element remains valid. */
export const wireTime = z.union([z.number(), z.string()]).nullish().catch(null);

/** The fields of every thread item (chatkit-api 4). Old samples lack `created_at` and `thread_id`. */
export const itemBaseShape = {
  id: z.string().min(1),
  object: z.string().nullish(),
  created_at: wireTime,
  thread_id: z.string().nullish(),
};

type WireBase = z.output<z.ZodObject<typeof itemBaseShape>>;

/** The context of an item: its JSON and the requested thread. */
export interface ItemContext {
  readonly raw: Json;
  readonly threadId: string;
  readonly reading: Reading;
}

export function baseOf(wire: WireBase, { raw, threadId }: ItemContext) {
  return { id: wire.id, threadId: wire.thread_id ?? threadId, createdAt: timeToMs(wire.created_at), raw };
}

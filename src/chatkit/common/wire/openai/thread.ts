import * as z from 'zod';
import type { Json } from '../../../../base/common/json.ts';
import type { Thread, ThreadStatus } from '../../model/thread.ts';
import { timeToMs } from '../time.ts';
import { wireTime } from '../itemBase.ts';
import { plainReading, type Reading } from '../reading.ts';

export const threadStatusSchema = z.object({ type: z.string(), reason: z.string().nullish().catch(null) });

/** `ChatKitThread` (chatkit-api 3.1). Only the id is required. Keeps all readable fields. */
export const threadSchema = z.object({
  id: z.string().min(1),
  object: z.string().nullish().catch(null),
  created_at: wireTime,
  title: z.string().nullish().catch(null),
  status: threadStatusSchema.nullish().catch(null),
  user: z.string().nullish().catch(null),
});

/** One thread of the REST API as our model; null for what has no id and so can be neither opened nor named. */
export function toThread(raw: Json, _reading: Reading = plainReading): Thread | null {
  const parsed = threadSchema.safeParse(raw);
  if (!parsed.success) return null;
  const wire = parsed.data;
  return {
    id: wire.id,
    title: wire.title ?? null,
    createdAt: timeToMs(wire.created_at),
    status: toThreadStatus(wire.status),
    user: wire.user ?? null,
    imageDomains: null,
    raw,
  };
}

export function toThreadStatus(wire: z.output<typeof threadStatusSchema> | null | undefined): ThreadStatus {
  switch (wire?.type) {
    case 'active':
      return { type: 'active' };
    case 'locked':
    case 'closed':
      return { type: wire.type, reason: wire.reason ?? null };
    default:
      return { type: 'unknown', name: wire?.type ?? '' };
  }
}

/** `ThreadDeleteResponse` (chatkit-api 3.2). */
export const threadDeletedSchema = z.object({
  id: z.string(),
  object: z.string().nullish(),
  deleted: z.boolean(),
});

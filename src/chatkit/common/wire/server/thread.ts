import * as z from 'zod';
import type { Json } from '../../../../base/common/json.ts';
import type { Thread } from '../../model/thread.ts';
import { wireTime } from '../itemBase.ts';
import { plainReading, type Reading } from '../reading.ts';
import { threadStatusSchema, toThreadStatus } from '../openai/thread.ts';
import { timeToMs } from '../time.ts';

/** `Thread` (chatkit-api 5.4). Only the id is required. Keeps all readable fields. */
const threadSchema = z.object({
  id: z.string().min(1),
  title: z.string().nullish().catch(null),
  created_at: wireTime,
  status: threadStatusSchema.nullish().catch(null),
  allowed_image_domains: z.array(z.string()).nullish().catch(null),
});

/** One thread of a self-hosted server as our model; null for what has no id. These servers do not report the user. */
export function toServerThread(raw: Json, _reading: Reading = plainReading): Thread | null {
  const parsed = threadSchema.safeParse(raw);
  if (!parsed.success) return null;
  const wire = parsed.data;
  return {
    id: wire.id,
    title: wire.title ?? null,
    createdAt: timeToMs(wire.created_at),
    status: toThreadStatus(wire.status),
    user: null,
    imageDomains: wire.allowed_image_domains ?? null,
    raw,
  };
}

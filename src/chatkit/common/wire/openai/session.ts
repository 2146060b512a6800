import * as z from 'zod';
import type { ErrorDetails } from '../../errors.ts';
import { isJsonObject, type Json } from '../../../../base/common/json.ts';
import type { Session } from '../../sessions/sessionSource.ts';
import { readWith } from '../readWith.ts';
import { timeToMs } from '../time.ts';

const rateLimitsSchema = z.object({ max_requests_per_1_minute: z.number().nullish() });

const workflowSchema = z.object({
  id: z.string(),
  version: z.string().nullish(),
  state_variables: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
    .nullish()
    .catch(null),
  tracing: z.object({ enabled: z.boolean().nullish() }).nullish().catch(null),
});

const configurationSchema = z.object({
  automatic_thread_titling: z.object({ enabled: z.boolean().nullish() }).nullish(),
  file_upload: z
    .object({
      enabled: z.boolean().nullish(),
      max_file_size: z.number().nullish(),
      max_files: z.number().nullish(),
    })
    .nullish(),
  history: z.object({ enabled: z.boolean().nullish(), recent_threads: z.number().nullish() }).nullish(),
});

/** `ChatSession` (chatkit-api 2.2). The spec's own sample leaves out parts of `workflow`, so little is insisted on. */
export const sessionSchema = z.object({
  id: z.string().min(1),
  object: z.string().nullish(),
  /** Empty after a cancel (chatkit-api 2.4). */
  client_secret: z.string().nullish(),
  expires_at: z.union([z.number(), z.string()]).transform(timeToMs).pipe(z.number()),
  max_requests_per_1_minute: z.number().nullish(),
  rate_limits: rateLimitsSchema.nullish().catch(null),
  status: z.string(),
  user: z.string(),
  workflow: workflowSchema,
  chatkit_configuration: configurationSchema.nullish().catch(null),
});

/**
 * Returns a session and, separately, its secret. Throws `SourceError` `invalidResponse` when the JSON is not a session.
 */
export function toSession(raw: Json, details: ErrorDetails): { session: Session; clientSecret: string } {
  const wire = readWith(sessionSchema, raw, 'a ChatKit session', details);
  return {
    clientSecret: wire.client_secret ?? '',
    session: {
      id: wire.id,
      status: wire.status,
      expiresAt: wire.expires_at,
      user: wire.user,
      workflowId: wire.workflow.id,
      workflowVersion: wire.workflow.version ?? null,
      maxRequestsPerMinute: wire.rate_limits?.max_requests_per_1_minute ?? wire.max_requests_per_1_minute ?? null,
      raw: withoutSecret(raw),
    },
  };
}

function withoutSecret(raw: Json): Json {
  if (!isJsonObject(raw)) return raw;
  const { client_secret: _secret, ...rest } = raw;
  return rest;
}

import * as l10n from '@vscode/l10n';
import * as z from 'zod';
import type { ErrorDetails } from '../../errors.ts';
import { type Json, isJsonObject } from '../../../../base/common/json.ts';
import type { Session } from '../../sessionSource.ts';
import { readWith } from '../readWith.ts';

const isoPattern = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,](\d+))?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const maxMs = 8.64e15;

/**
 * Returns a received time in ms since the epoch; null if it cannot be read. Numbers are unix seconds (REST, chatkit-api
 * 1.6). Text is ISO 8601 with up to any number of decimals; without a zone it is read as UTC (self-hosted servers,
 * chatkit-api 5.2).
 */
export function timeToMs(value: unknown): number | null {
  if (typeof value === 'number') return withinDates(value * 1000);
  if (typeof value !== 'string') return null;
  const parts = isoPattern.exec(value.trim());
  if (parts === null) return null;
  const [, day, clock, fraction = '', zone = 'Z'] = parts;
  // `Date` promises milliseconds only, so microseconds are cut rather than left to the engine.
  const seconds = clock?.length === 5 ? `${clock}:00` : clock;
  const colonZone = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone.toUpperCase();
  return withinDates(Date.parse(`${day}T${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${colonZone}`));
}

function withinDates(ms: number): number | null {
  return Number.isFinite(ms) && Math.abs(ms) <= maxMs ? Math.round(ms) : null;
}

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
  const wire = readWith(sessionSchema, raw, l10n.t('a ChatKit session'), details);
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

// zod/mini, because activation loads this file.
import * as z from 'zod/mini';
import { type Json, type JsonObject, isJsonObject, mapTexts, valueAt } from '../../base/common/json.ts';
import type { SessionRef } from '../../chatkit/common/model/thread.ts';
import { segmentsOf } from '../../base/common/placeholders.ts';
import type { Session } from '../../chatkit/common/sessionSource.ts';
import type { Template } from './template.ts';

/**
 * Saved data of a session, because the API can neither list sessions nor read one (chatkit-api 2.4). One small file per
 * session. Contains no secret and no state variable that was read from the environment or entered.
 */
export interface SessionRecord {
  readonly format: 'chatkit-inspector/session';
  readonly version: 1;
  readonly id: string;
  readonly connectionId: string;
  /** Name at creation; the connection may no longer exist. */
  readonly connectionName: string;
  /** When the response was received, ms since the epoch. The API does not report the creation time. */
  readonly createdAt: number;
  /** The request with its placeholders. */
  readonly template: Template;
  /** The session in the last server response. */
  readonly session: Session;
  /** When the server reported that the session does not exist, ms since the epoch. */
  readonly goneAt: number | null;
}

const jsonObject = z.custom<JsonObject>((value) => isJsonObject(value));

const recordSchema = z.object({
  format: z.literal('chatkit-inspector/session'),
  version: z.literal(1),
  id: z.string().check(z.minLength(1)),
  connectionId: z.string(),
  connectionName: z.string(),
  createdAt: z.number(),
  template: jsonObject,
  session: z.object({
    id: z.string(),
    status: z.string(),
    expiresAt: z.number(),
    user: z.string(),
    workflowId: z.string(),
    workflowVersion: z.nullable(z.string()),
    maxRequestsPerMinute: z.nullable(z.number()),
    raw: jsonObject,
  }),
  goneAt: z.nullable(z.number()),
}) satisfies z.ZodMiniType<SessionRecord>;

/**
 * Returns the unique key of a session. Servers assign session IDs, so two connections can have sessions with the same
 * ID. Connection IDs contain no spaces.
 */
export function sessionKey({ connectionId, sessionId }: SessionRef): string {
  return `${connectionId} ${sessionId}`;
}

export function refOf({ connectionId, id }: SessionRecord): SessionRef {
  return { connectionId, sessionId: id };
}

/** Returns undefined for text that is not a valid record (another version, a truncated file, another format). */
export function parseRecord(text: string): SessionRecord | undefined {
  try {
    const result = recordSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the record of a new session that was created from `template`. */
export function newRecord(
  connection: { readonly id: string; readonly name: string },
  template: Template,
  session: Session,
  createdAt: number,
): SessionRecord {
  return {
    format: 'chatkit-inspector/session',
    version: 1,
    id: session.id,
    connectionId: connection.id,
    connectionName: connection.name,
    createdAt,
    template,
    session: withoutReadValues(session, template),
    goneAt: null,
  };
}

/** Returns the record with a newer state of the session, without values that must not be saved. */
export function withSession(record: SessionRecord, session: Session): SessionRecord {
  return { ...record, session: withoutReadValues(session, record.template) };
}

export type SessionStatus = 'active' | 'expired' | 'cancelled' | 'gone' | 'other';

/** Returns the last status that the server reported; `active` becomes `expired` according to the clock. */
export function statusOf({ goneAt, session }: SessionRecord, now: number): SessionStatus {
  if (goneAt !== null) return 'gone';
  switch (session.status) {
    case 'active':
      return session.expiresAt <= now ? 'expired' : 'active';
    case 'expired':
    case 'cancelled':
      return session.status;
    default:
      return 'other';
  }
}

/** Returns true when the client secret is no longer valid. A session with an unknown status ends when it expires. */
export function hasEnded(record: SessionRecord, now: number): boolean {
  const status = statusOf(record, now);
  return status === 'other' ? record.session.expiresAt <= now : status !== 'active';
}

/**
 * Replaces state variables in the server response by their placeholders, so that values that were read or entered are
 * never saved. User, workflow and version are preserved, because they identify the session.
 */
function withoutReadValues(session: Session, template: Template): Session {
  const path = ['workflow', 'state_variables'];
  const raw = mapTexts(session.raw, (text, at): Json => {
    if (at.length !== 3 || path.some((key, i) => at[i] !== key)) return text;
    const requested = valueAt(template, at);
    const hasPlaceholder = typeof requested === 'string' && segmentsOf(requested).some(({ kind }) => kind !== 'text');
    return hasPlaceholder ? requested : text;
  });
  return { ...session, raw };
}

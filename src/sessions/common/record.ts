// zod/mini: part of what activation loads.
import * as z from 'zod/mini';
import { isJsonObject, type Json, type JsonObject } from '../../base/common/json.ts';
import type { SessionRef } from '../../chatkit/common/refs.ts';
import { segmentsOf } from './placeholders.ts';
import { mapTexts, valueAt } from '../../chatkit/common/sessions/jsonPath.ts';
import type { Session } from '../../chatkit/common/sessions/sessionSource.ts';
import type { Template } from './template.ts';

/**
 * What is remembered of a session, because the API can neither list nor read one again (chatkit-api 2.4). One small file
 * each. Holds no secret, and no value that was read from the environment or asked for as a state variable.
 */
export interface SessionRecord {
  readonly format: 'chatkit-inspector/session';
  readonly version: 1;
  readonly id: string;
  readonly connectionId: string;
  /** As it was called then; the connection may be gone. */
  readonly connectionName: string;
  /** When the answer came, ms since the epoch; the API tells no time of creation. */
  readonly createdAt: number;
  /** What was asked for, with its placeholders. */
  readonly template: Template;
  /** As the server last told it. */
  readonly session: Session;
  /** When the server said that it knows no such session, ms since the epoch. */
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
 * What a session is known by: servers choose the ids, so two connections may have sessions with the same one. Connection
 * ids contain no spaces.
 */
export function sessionKey({ connectionId, sessionId }: SessionRef): string {
  return `${connectionId} ${sessionId}`;
}

export function refOf({ connectionId, id }: SessionRecord): SessionRef {
  return { connectionId, sessionId: id };
}

/** Reads a record back; undefined for what is none (another version, a file cut short, somebody else's). */
export function parseRecord(text: string): SessionRecord | undefined {
  try {
    const result = recordSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}

/** The record of a session that was just created from `template`. */
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

/** The record after the server told about the session again; what is not to be saved stays out. */
export function withSession(record: SessionRecord, session: Session): SessionRecord {
  return { ...record, session: withoutReadValues(session, record.template) };
}

export type SessionStatus = 'active' | 'expired' | 'cancelled' | 'gone' | 'other';

/** What is true of a session now: the server's last word, and the clock where that was `active`. */
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

/** True once the client secret is of no use. A status that nobody knows yet ends with its time. */
export function hasEnded(record: SessionRecord, now: number): boolean {
  const status = statusOf(record, now);
  return status === 'other' ? record.session.expiresAt <= now : status !== 'active';
}

/**
 * The server echoes state variables. Where one came from a placeholder, the placeholder is kept in its place: values that
 * were read or asked for are never saved. User, workflow and version stay, they are what the session is known by.
 */
function withoutReadValues(session: Session, template: Template): Session {
  const path = ['workflow', 'state_variables'];
  const raw = mapTexts(session.raw, (text, at): Json => {
    if (at.length !== 3 || path.some((key, i) => at[i] !== key)) return text;
    const asked = valueAt(template, at);
    return typeof asked === 'string' && segmentsOf(asked).some(({ kind }) => kind !== 'text') ? asked : text;
  });
  return { ...session, raw };
}

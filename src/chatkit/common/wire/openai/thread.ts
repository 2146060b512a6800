import * as z from 'zod';
import { type Json, type JsonObject, isJsonObject } from '../../../../base/common/json.ts';
import { withFields } from '../../../../base/common/parseJson.ts';
import type { Thread, ThreadStatus } from '../../model/thread.ts';
import { ruleIds } from '../../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../../protocolProblems/problem.ts';
import { readTime, wireTime, createdAtOf, idIn, withId } from '../itemBase.ts';
import { type Reading, plainReading } from '../reading.ts';

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

/** `ThreadDeleteResponse` (chatkit-api 3.2). */
export const threadDeletedSchema = z.object({
  id: z.string().nullish().catch(null),
  object: z.string().nullish().catch(null),
  deleted: z.boolean(),
});

/** One thread of the REST API (chatkit-api 3.1) as our model; null for what has no id. */
export function toThread(raw: Json, reading: Reading = plainReading): Thread | null {
  const base = readThreadBase(raw, reading);
  if (base === null || !isJsonObject(raw)) return null;
  const { object, user } = raw;
  const where = (field: string) => ({ threadId: base.id, field });
  if (object == null) reading.report(ruleIds.missingField, where('object'));
  if (user == null) reading.report(ruleIds.missingField, where('user'));
  else if (typeof user !== 'string') reading.report(ruleIds.wrongFieldType, where('user'), user);
  const name = typeof user === 'number' ? String(user) : user;
  return { ...base, user: typeof name === 'string' ? name : null, imageDomains: null, raw };
}

/**
 * The fields of threads of both protocols. Null for what has no id and so can be neither opened nor named; everything
 * else that cannot be read is missing. Reports every deviation.
 */
export function readThreadBase(
  raw: Json,
  reading: Reading,
): Pick<Thread, 'id' | 'title' | 'createdAt' | 'timeSource' | 'status'> | null {
  if (!isJsonObject(raw)) {
    reading.report(ruleIds.invalidElement, {}, raw);
    return null;
  }
  const { id: own } = raw;
  let placed = raw;
  if (own === undefined || own === null || own === '') {
    const other = ['thread_id', '_id', 'uuid'].map((key) => idIn(raw, key)).find((id) => id !== null);
    reading.report(ruleIds.missingId, { field: 'id' });
    if (other === undefined || other === null) return null;
    if (typeof other !== 'string') reading.report(ruleIds.numericId, { threadId: String(other), field: 'id' }, other);
    placed = withFields(raw, { id: String(other) });
  }
  const identified = withId(placed, (rule, { itemId, ...more } = {}, value) =>
    reading.report(rule, itemId === undefined ? more : { threadId: itemId, ...more }, value),
  );
  const { id } = identified;
  const report: ReportHere = (rule, more, value) => reading.report(rule, { threadId: id, ...more }, value);
  const wire = threadSchema.parse({ ...identified, created_at: createdAtOf(identified, report) });
  return {
    id,
    title: wire.title ?? readOddTitle(identified, report),
    ...readTime(wire.created_at, { ...reading, report }),
    status: wire.status
      ? toThreadStatus(wire.status.type, wire.status.reason ?? null, report)
      : readOddStatus(identified['status'], report),
  };
}

/** A title that is no text, or has another name. */
function readOddTitle({ title, name }: JsonObject, report: ReportHere): string | null {
  if (title === undefined && typeof name === 'string' && name !== '') {
    report(ruleIds.otherFieldName, { field: 'name' }, name);
    return name;
  }
  if (title === undefined || title === null) return null;
  report(ruleIds.titleNotText, { field: 'title' }, title);
  return typeof title === 'number' ? String(title) : null;
}

function readOddStatus(status: Json | undefined, report: ReportHere): ThreadStatus {
  const field = 'status';
  if (status === undefined || status === null) {
    report(ruleIds.missingStatus, { field });
    return { type: 'unknown', name: '' };
  }
  if (typeof status === 'string') {
    report(ruleIds.statusAsText, { field }, status);
    return toThreadStatus(status, null, report);
  }
  report(ruleIds.unknownStatus, { field }, status);
  return { type: 'unknown', name: '' };
}

function toThreadStatus(name: string, reason: string | null, report: ReportHere): ThreadStatus {
  // Enumerations of other languages are sent in another case.
  const type = name.toLowerCase();
  if (type !== name || !statuses.has(type)) report(ruleIds.unknownStatus, { field: 'status.type' }, name);
  if (type === 'active') return { type };
  return type === 'locked' || type === 'closed' ? { type, reason } : { type: 'unknown', name };
}

const statuses: ReadonlySet<string> = new Set(['active', 'locked', 'closed']);

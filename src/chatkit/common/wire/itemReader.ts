import type * as z from 'zod';
import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import type { ThreadItem, UnknownItem } from '../model/item.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { fitsOf, problemOf } from './readWith.ts';
import { type ItemContext, readTime, standInId, withId, withThreadId } from './itemBase.ts';
import type { Reading } from './reading.ts';
import { repair } from './repair.ts';

type ItemReader = (context: ItemContext) => ThreadItem;

/** The items of one protocol. */
export interface ItemProtocol {
  /** By the type's name without its prefix. */
  readonly readers: ReadonlyMap<string, ItemReader>;
  /** Whether types have the prefix `chatkit.` (REST). */
  readonly prefixed: boolean;
  /** Brings fields into the form that the reader takes, and reports them. Returns the same object for a correct item. */
  readonly prepare: (type: string, raw: JsonObject, report: ReportHere) => JsonObject;
  /** Reports what the reader accepts although the protocol does not allow it. */
  readonly check: (type: string, raw: JsonObject, report: ReportHere) => void;
}

/** Prefix of the REST API's type names. Old samples and self-hosted servers omit it. */
const prefix = 'chatkit.';
/** Types that are never sent to clients (chatkit-api 5.5). */
const hidden: ReadonlySet<string> = new Set(['hidden_context_item', 'sdk_hidden_context', 'hidden_context']);
/** A marker of the protocol that shows nothing. */
const endOfTurn = 'end_of_turn';

/** A reader of one type of item: checks its shape, then maps it. Invalid parts are left out and reported. */
export function itemReader<T>(schema: z.ZodType<T>, map: (wire: T, context: ItemContext) => ThreadItem): ItemReader {
  const fits = fitsOf(schema);
  return (context) => {
    const { raw, reading } = context;
    if (fits(raw)) return map(raw as T, context);
    const parsed = schema.safeParse(raw);
    if (parsed.success) return map(parsed.data, context);
    const repaired = repair(schema, raw, reading.report);
    if (repaired === null) return unknownItem(context, problemOf(parsed.error));
    return { ...map(repaired.wire, { ...context, raw: repaired.raw }), raw };
  };
}

/**
 * Never throws. An item of an unknown type becomes an `unknown` item; an item of a known type loses only what cannot be
 * read. Every deviation is reported.
 */
export function readItem(protocol: ItemProtocol, { raw, threadId, reading }: ItemContext): ThreadItem {
  if (!isJsonObject(raw)) {
    reading.report(ruleIds.invalidElement, {}, raw);
    return unknownItem({ raw, threadId, reading }, 'expected object');
  }
  const identified = withId(raw, reading.report);
  const report: ReportHere = (rule, more, value) => reading.report(rule, { itemId: identified.id, ...more }, value);
  const inner: Reading = { ...reading, report };
  const placed = withThreadId(identified, threadId, report);
  const { type } = placed;
  if (typeof type !== 'string' || type === '') {
    report(ruleIds.missingItemType, { field: 'type' }, type ?? undefined);
    return { ...unknownItem({ raw: placed, threadId, reading: inner }, 'type: expected string'), raw };
  }
  const name = type.startsWith(prefix) ? type.slice(prefix.length) : type;
  const read = protocol.readers.get(name);
  if (read === undefined) {
    if (hidden.has(name)) report(ruleIds.leakedHiddenItem, { field: 'type' }, type);
    else if (name !== endOfTurn) report(ruleIds.unknownItemType, { field: 'type' }, type);
    return { ...unknownItem({ raw: placed, threadId, reading: inner }, null), raw };
  }
  if (type.startsWith(prefix) !== protocol.prefixed) report(ruleIds.prefixedType, { field: 'type' }, type);
  const prepared = protocol.prepare(name, placed, report);
  protocol.check(name, prepared, report);
  const item = read({ raw: prepared, threadId, reading: inner });
  return prepared === raw ? item : { ...item, raw };
}

function unknownItem({ raw, threadId, reading }: ItemContext, problem: string | null): UnknownItem {
  const fields: Readonly<Record<string, Json>> = isJsonObject(raw) ? raw : {};
  const { id, type, thread_id: ownThreadId } = fields;
  return {
    kind: 'unknown',
    id: typeof id === 'string' && id !== '' ? id : standInId(raw),
    threadId: typeof ownThreadId === 'string' ? ownThreadId : threadId,
    ...(isJsonObject(raw) ? readTime(fields['created_at'], reading, String(id)) : { createdAt: null }),
    raw,
    wireType: typeof type === 'string' ? type : null,
    problem,
  };
}

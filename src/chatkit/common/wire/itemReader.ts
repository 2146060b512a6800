import type * as z from 'zod';
import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { copyJson, exactField } from '../../../base/common/parseJson.ts';
import { type RuleId, ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { type ThreadItem, type UnknownItem, endOfTurnType, hiddenItemTypes } from '../model/item.ts';
import { matcherOf, pathText, problemOf } from './readWith.ts';
import { type ItemContext, readTime, standInId, createdAtOf, withId, withThreadId } from './itemBase.ts';
import type { Reading } from './reading.ts';

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

/** A reader of one type of item: checks its shape, then maps it. Invalid parts are left out and reported. */
export function itemReader<T>(schema: z.ZodType<T>, map: (wire: T, context: ItemContext) => ThreadItem): ItemReader {
  const fits = matcherOf(schema);
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
  const inThread = withThreadId(identified, threadId, report);
  const createdAt = createdAtOf(inThread, report);
  const placed = createdAt === inThread['created_at'] ? inThread : { ...inThread, created_at: createdAt ?? null };
  const { type } = placed;
  if (typeof type !== 'string' || type === '') {
    report(ruleIds.missingItemType, { field: 'type' }, type ?? undefined);
    return { ...unknownItem({ raw: placed, threadId, reading: inner }, 'type: expected string'), raw };
  }
  const own = type.startsWith(prefix) ? type.slice(prefix.length) : type;
  const name = protocol.readers.has(own) ? own : (nameInOtherForm(own, protocol) ?? own);
  const read = protocol.readers.get(name);
  if (read !== undefined && name !== own) report(ruleIds.unknownItemType, { field: 'type' }, type);
  if (read === undefined) {
    if (hiddenItemTypes.has(name)) report(ruleIds.leakedHiddenItem, { field: 'type' }, type);
    else if (name !== endOfTurnType) report(ruleIds.unknownItemType, { field: 'type' }, type);
    return { ...unknownItem({ raw: placed, threadId, reading: inner }, null), raw };
  }
  if (type.startsWith(prefix) !== protocol.prefixed) report(ruleIds.prefixedType, { field: 'type' }, type);
  const prepared = protocol.prepare(name, placed, report);
  protocol.check(name, prepared, report);
  const item = read({ raw: prepared, threadId, reading: inner });
  return prepared === raw ? item : { ...item, raw };
}

/** The protocol's name of a type in another case, or of the role alone; null for any other. */
function nameInOtherForm(type: string, { readers }: ItemProtocol): string | null {
  const words = type.replace(/[^a-z]/gi, '').toLowerCase();
  const role = { assistant: 'assistant_message', user: 'user_message' }[words];
  return role ?? [...readers.keys()].find((name) => name.replaceAll('_', '') === words) ?? null;
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

type Path = readonly PropertyKey[];

interface Repaired<T> {
  readonly wire: T;
  /** The JSON of `wire`: the received value without its invalid parts. */
  readonly raw: Json;
}

/** Each round can reveal what was behind the invalid values of the round before. */
const maxRounds = 8;
/** Lists whose elements keep their places, because streams refer to them by index. */
const indexed: ReadonlySet<PropertyKey> = new Set(['content', 'tasks', 'inputs']);

/**
 * Reads a value that does not fit its schema without the parts that are invalid: a number in place of a text is read as
 * text, an optional field is left out, a required one is empty, and an element of a list that is no object is left out.
 * Reports each part. Returns null where nothing remains.
 */
export function repair<T>(schema: z.ZodType<T>, received: Json, report: ReportHere): Repaired<T> | null {
  if (!isJsonObject(received)) return null;
  const raw = copyJson(received as Json);
  const reported = new Set<string>();
  for (let round = 0; round < maxRounds; round += 1) {
    const parsed = schema.safeParse(raw);
    if (parsed.success) return { wire: parsed.data, raw };
    // From the end, so that removed elements do not move the others.
    const issues = parsed.error.issues.flatMap(flattened).reverse();
    for (const issue of issues) {
      const field = pathText(issue.path);
      const value = valueAt(raw, issue.path);
      if (!reported.has(field)) report(ruleFor(issue.path, value), { field }, value ?? undefined);
      reported.add(field);
      if (issue.path.length === 0 || !mend(raw, issue.path, issue.expected)) return null;
    }
  }
  return null;
}

interface Issue {
  readonly path: Path;
  /** The expected type in the words of zod; null where it is not a matter of the type. */
  readonly expected: string | null;
}

function flattened(issue: z.core.$ZodIssue): readonly Issue[] {
  const { path } = issue;
  if (issue.code === 'invalid_type') return [{ path, expected: issue.expected }];
  if (issue.code === 'too_small') return [{ path, expected: 'string' }];
  return [{ path, expected: null }];
}

function ruleFor(path: Path, value: Json | undefined): RuleId {
  if (path.includes('annotations')) return ruleIds.invalidAnnotation;
  if (path.includes('summary') && path.includes('workflow')) return ruleIds.workflowSummary;
  if (path.includes('options')) return ruleIds.formOptions;
  if (path.at(-1) === 'id' && typeof value === 'number') return ruleIds.numericId;
  if (value === undefined || value === null) return ruleIds.missingField;
  return typeof path.at(-1) === 'number' ? ruleIds.invalidElement : ruleIds.wrongFieldType;
}

/** Changes the value at a path, so that it fits better. Returns false where that is not possible. */
function mend(root: Json, path: Path, expected: string | null): boolean {
  const parent = valueAt(root, path.slice(0, -1));
  const key = path.at(-1);
  if (key === undefined || typeof parent !== 'object' || parent === null) return false;
  if (Array.isArray(parent)) return mendElement(parent as Json[], Number(key), path.at(-2), expected);
  const fields = parent as Record<PropertyKey, Json>;
  const value = fields[key];
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    fields[key] = String(exactField(parent, String(key)));
  } else if (value !== undefined && value !== null) delete fields[key];
  else fields[key] = emptyOf(expected);
  return true;
}

function mendElement(list: Json[], index: number, name: PropertyKey | undefined, expected: string | null): boolean {
  const value = list[index];
  if (value === undefined) return false;
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) {
    list[index] = String(exactField(list, String(index)));
  } else if (expected === 'object' && name !== undefined && indexed.has(name)) list[index] = {};
  else list.splice(index, 1);
  return true;
}

function emptyOf(expected: string | null): Json {
  switch (expected) {
    case 'array':
      return [];
    case 'object':
    case 'record':
      return {};
    case 'number':
    case 'int':
      return 0;
    case 'boolean':
      return false;
    case 'string':
      return '';
    default:
      // Lists are checked by a function in some schemas.
      return [];
  }
}

function valueAt(root: Json, path: Path): Json | undefined {
  let value: Json | undefined = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Readonly<Record<PropertyKey, Json>>)[key];
  }
  return value;
}

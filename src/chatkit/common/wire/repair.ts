import type * as z from 'zod';
import { type Json, isJsonObject } from '../../../base/common/json.ts';
import { type RuleId, ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import { pathText } from './readWith.ts';

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
  const raw = structuredClone(received) as Json;
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
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) fields[key] = String(value);
  else if (value !== undefined && value !== null) delete fields[key];
  else fields[key] = emptyOf(expected);
  return true;
}

function mendElement(list: Json[], index: number, name: PropertyKey | undefined, expected: string | null): boolean {
  const value = list[index];
  if (value === undefined) return false;
  if (expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')) list[index] = String(value);
  else if (expected === 'object' && name !== undefined && indexed.has(name)) list[index] = {};
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

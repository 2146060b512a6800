import * as z from 'zod';
import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { pointerStep } from '../problems.ts';
import { isAffordable } from '../schema/schemaCost.ts';

export interface DataProblem {
  /** JSON pointer into the data. */
  readonly path: string;
  /** One line in English, from the schema library. */
  readonly message: string;
}

export type DataValidation =
  | { readonly ok: true; readonly problems: readonly DataProblem[] }
  /** The data was not checked: the schema could not be read, or the check would take too many steps. */
  | { readonly ok: false; readonly reason: 'unreadable'; readonly message: string }
  | { readonly ok: false; readonly reason: 'expensive' };

/** Whether a text matches a pattern of the schema; undefined if the pattern is not supported. */
type PatternTest = (pattern: string, text: string) => boolean | undefined;

const maxSchemaDepth = 60;
/** Maximum number of problems that are listed. */
const maxProblems = 200;

/**
 * Checks the data of a widget against its `jsonSchema` (2020-12). Patterns are untrusted, like the schema: they are checked by
 * `matches`, which runs in linear time, instead of the native engine.
 */
export function validateData(schema: JsonObject, data: Json, matches: PatternTest): DataValidation {
  if (!isAffordable(schema, data)) return { ok: false, reason: 'expensive' };
  let check: z.ZodType;
  try {
    check = z.fromJSONSchema(withoutPatterns(schema, 0) as Parameters<typeof z.fromJSONSchema>[0]);
  } catch (error) {
    return { ok: false, reason: 'unreadable', message: error instanceof Error ? error.message : String(error) };
  }
  const result = check.safeParse(data);
  const problems = result.success ? [] : result.error.issues.slice(0, maxProblems).map(toProblem);
  checkPatterns(schema, data, '', 0, matches, problems);
  return { ok: true, problems };
}

function toProblem(issue: z.core.$ZodIssue): DataProblem {
  return { path: issue.path.map((step) => pointerStep(String(step))).join(''), message: issue.message };
}

/** Returns the schema without `pattern` and `patternProperties`. */
function withoutPatterns(schema: Json, depth: number): Json {
  if (depth > maxSchemaDepth) throw new Error('The schema is nested too deeply.');
  if (Array.isArray(schema)) return (schema as readonly Json[]).map((entry) => withoutPatterns(entry, depth + 1));
  if (!isJsonObject(schema)) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      // Only as keywords: a property can have the name `pattern`.
      .filter(([key, value]) => !(key === 'pattern' && typeof value === 'string') && key !== 'patternProperties')
      .map(([key, value]) => [key, withoutPatterns(value, depth + 1)]),
  );
}

/** Checks the patterns of properties and list entries that are strings in the data. */
function checkPatterns(
  schema: Json | undefined,
  data: Json | undefined,
  path: string,
  depth: number,
  matches: PatternTest,
  problems: DataProblem[],
): void {
  if (!isJsonObject(schema) || data === undefined || depth > maxSchemaDepth) return;
  if (problems.length >= maxProblems) return;
  const { pattern, properties, items } = schema;
  if (typeof pattern === 'string' && typeof data === 'string' && matches(pattern, data) === false) {
    problems.push({ path, message: `Does not match the pattern ${pattern.slice(0, 80)}` });
  }
  if (isJsonObject(properties) && isJsonObject(data)) {
    for (const [name, inner] of Object.entries(properties)) {
      if (Object.hasOwn(data, name)) {
        checkPatterns(inner, data[name], path + pointerStep(name), depth + 1, matches, problems);
      }
    }
  }
  if (isJsonObject(items) && Array.isArray(data)) {
    for (const [index, entry] of (data as readonly Json[]).entries()) {
      checkPatterns(items, entry, path + pointerStep(index), depth + 1, matches, problems);
    }
  }
}

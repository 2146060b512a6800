import { isJsonObject, type Json, type JsonObject } from '../../../base/common/json.ts';

/** JSON text whose object keys are sorted: equal for equal values. Deeper than 200 levels it is cut. */
export function stableText(value: Json, depth = 0): string {
  if (depth > 200) return '"…"';
  if (Array.isArray(value))
    return `[${(value as readonly Json[]).map((inner) => stableText(inner, depth + 1)).join()}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const fields = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${stableText((value as JsonObject)[key] ?? null, depth + 1)}`);
  return `{${fields.join()}}`;
}

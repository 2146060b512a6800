import { isJsonObject, type Json, type JsonObject } from '../../../base/common/json.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';

/** Reports each of these fields that is missing or null. */
export function reportMissing(object: JsonObject, fields: readonly string[], path: string, report: ReportHere): void {
  for (const field of fields) {
    if (object[field] == null) report(ruleIds.missingField, { field: path === '' ? field : `${path}.${field}` });
  }
}

/** Calls `check` with each object of a list, and its path. */
export function each(list: Json | undefined, path: string, check: (element: JsonObject, path: string) => void): void {
  if (!Array.isArray(list)) return;
  for (const [index, element] of (list as readonly Json[]).entries()) {
    if (isJsonObject(element)) check(element, `${path}[${index}]`);
  }
}

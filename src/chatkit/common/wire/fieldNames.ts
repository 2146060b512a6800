import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';
import type { Json, JsonObject } from '../../../base/common/json.ts';

/** Names that other APIs have for a field, by the name of the protocol. */
export type OtherNames = Readonly<Record<string, readonly string[]>>;

/** An object with the fields of the protocol where it has them under another name only. Reports each. */
export function renamed(object: JsonObject, names: OtherNames, path: string, report: ReportHere): JsonObject {
  let result = object;
  for (const [name, others] of Object.entries(names)) {
    if (object[name] !== undefined && object[name] !== null) continue;
    const other = others.find((key) => object[key] !== undefined && object[key] !== null);
    if (other === undefined) continue;
    report(ruleIds.otherFieldName, { field: path === '' ? other : `${path}.${other}` }, object[other]);
    result = { ...result, [name]: object[other] as Json };
  }
  return result;
}

/** Changes the objects of a list; returns the same list where nothing changes. */
export function mapped(list: readonly Json[], change: (element: Json, index: number) => Json): readonly Json[] {
  const changed = list.map(change);
  return changed.every((element, index) => element === list[index]) ? list : changed;
}

/** Whether a value is a list; TypeScript does not narrow readonly lists with `Array.isArray`. */
export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { ruleIds } from '../protocolProblems/catalogue/ruleIds.ts';
import type { ReportHere } from '../protocolProblems/problem.ts';

/** Values of the fields of items that have a fixed set of them (chatkit-api 5.5), beside the type of the item. */
const values: ReadonlySet<string> = new Set([
  ...['pending', 'completed', 'answered', 'skipped', 'none', 'loading', 'complete'],
  ...['input_text', 'input_tag', 'output_text', 'annotation', 'url', 'file', 'image', 'entity'],
  ...['custom', 'reasoning', 'web_search', 'thought', 'multiple_choice', 'freeform'],
]);
const fields: ReadonlySet<string> = new Set(['type', 'status', 'status_indicator']);
/** The parts of an item that have such fields. Everything else is the application's own. */
const parts: ReadonlySet<string> = new Set([
  ...['content', 'attachments', 'annotations', 'source', 'sources', 'workflow', 'tasks', 'task', 'inputs'],
]);
const maxDepth = 8;

/**
 * An item with the values of the protocol where a serialiser writes them in another form (`COMPLETED`, `OutputText`,
 * `output-text`). Reports each. Returns the same object for a correct item.
 */
export function withEnumValues(item: JsonObject, report: ReportHere): JsonObject {
  const { type, ...rest } = item;
  const changed = convert(rest, '', 0, report) as JsonObject;
  return changed === rest ? item : { ...(type === undefined ? {} : { type }), ...changed };
}

function convert(value: Json, path: string, depth: number, report: ReportHere): Json {
  if (depth > maxDepth) return value;
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    const converted = list.map((element, index) => convert(element, `${path}[${index}]`, depth + 1, report));
    return converted.every((element, index) => element === list[index]) ? value : converted;
  }
  if (!isJsonObject(value)) return value;
  let changed = false;
  const entries = Object.entries(value).map(([name, inner]): readonly [string, Json] => {
    const place = path === '' ? name : `${path}.${name}`;
    const converted = fields.has(name) && typeof inner === 'string' ? valueOf(inner) : inner;
    if (converted !== inner) report(ruleIds.valueForm, { field: place }, inner);
    const result = parts.has(name) ? convert(converted, place, depth + 1, report) : converted;
    changed ||= result !== inner;
    return [name, result];
  });
  return changed ? Object.fromEntries(entries) : value;
}

/** The protocol's value; the text itself where it is no other form of one. */
function valueOf(text: string): string {
  if (values.has(text) || text.length > 40) return text;
  const words = text.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[-\s]+/g, '_');
  const value = words.toLowerCase();
  return values.has(value) ? value : text;
}

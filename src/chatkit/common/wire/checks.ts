import { append } from '../../../base/common/lists.ts';
import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { parseJsonText } from '../../../base/common/parseJson.ts';
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

/** The components of chatkit-api 6.3. */
export const componentNames: ReadonlySet<string> = new Set([
  ...['Card', 'ListView', 'ListViewItem', 'Basic', 'Box', 'Row', 'Col', 'Form', 'Spacer', 'Divider', 'Text', 'Title'],
  ...['Caption', 'Markdown', 'Label', 'Badge', 'Icon', 'Image', 'Button', 'Chart', 'Checkbox', 'DatePicker', 'Input'],
  ...['RadioGroup', 'Select', 'Textarea', 'Table', 'Table.Row', 'Table.Cell', 'Transition'],
]);
const roots: ReadonlySet<Json | undefined> = new Set(['Card', 'ListView', 'Basic']);
const byLowerCase = new Map([...componentNames].map((name) => [name.toLowerCase(), name]));

/** Maximum number of components that are checked. */
const maxComponents = 2_000;

/**
 * Reports deviations in the form of a widget. Properties are checked where the widget is shown. `expected`: how the
 * protocol sends widgets, as an object (self-hosted) or as JSON text (REST).
 */
export function checkWidgetValue(value: Json | undefined, expected: 'object' | 'text', report: ReportHere): void {
  const field = 'widget';
  if (value === undefined || value === null) return report(ruleIds.missingField, { field });
  const parsed = parseJsonText(value);
  if (parsed.form === 'invalid') return report(ruleIds.widgetTextNotJson, { field }, value);
  if (parsed.form === 'doubleEncoded') report(ruleIds.doubleEncodedJson, { field });
  else if (expected === 'object' && parsed.form === 'text') report(ruleIds.widgetAsText, { field });
  else if (expected === 'text' && parsed.form === 'value') report(ruleIds.wrongFieldType, { field });
  if (parsed.form === 'absent') return;
  checkRoot(parsed.value, report);
}

function checkRoot(widget: Json, report: ReportHere): void {
  const type = isJsonObject(widget) ? widget['type'] : undefined;
  const isMisspelt = typeof type === 'string' && !componentNames.has(type) && byLowerCase.has(type.toLowerCase());
  if (!roots.has(type) && !isMisspelt) report(ruleIds.widgetRoot, { field: 'widget.type' }, type);
  const pending: (readonly [Json, string])[] = [[widget, 'widget']];
  for (let count = 0; count < maxComponents; count += 1) {
    const next = pending.pop();
    if (next === undefined) return;
    const [component, path] = next;
    if (isJsonObject(component)) append(pending, checkComponent(component, path, report));
  }
}

/** Returns the components inside a component. */
function checkComponent(
  component: Readonly<Record<string, Json>>,
  path: string,
  report: ReportHere,
): readonly (readonly [Json, string])[] {
  const { type, children } = component;
  if (type === undefined || type === null || type === '') {
    report(ruleIds.componentWithoutType, { field: `${path}.type` });
  } else if (typeof type === 'string' && !componentNames.has(type)) {
    const isCase = byLowerCase.has(type.toLowerCase());
    report(isCase ? ruleIds.widgetTypeCase : ruleIds.unknownComponent, { field: `${path}.type` }, type);
  }
  if (children === null && type !== 'Transition') report(ruleIds.nullChildren, { field: `${path}.children` });
  if (!Array.isArray(children)) return isJsonObject(children) ? [[children, `${path}.children`]] : [];
  return (children as readonly Json[]).map((child, index) => [child, `${path}.children[${index}]`] as const);
}

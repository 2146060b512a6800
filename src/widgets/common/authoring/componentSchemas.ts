import * as l10n from '@vscode/l10n';
import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { referenceText } from '../../../base/common/referenceText.ts';
import { componentNames, componentSpec } from '../catalogue.ts';
import { definitionName, widgetJsonSchema } from '../schema/jsonSchema.ts';
import { stringValue, typeOf, type Frame } from './structure.ts';

let cached: JsonObject | undefined;

function widgetSchema(): JsonObject {
  cached ??= widgetJsonSchema();
  return cached;
}

function definition(name: string): JsonObject | undefined {
  const { definitions } = widgetSchema();
  const found = isJsonObject(definitions) ? definitions[name] : undefined;
  return isJsonObject(found) ? found : undefined;
}

/** Follows references and unions: the schemas that a value may have. */
function alternatives(schema: Json | undefined, depth = 0): readonly JsonObject[] {
  if (!isJsonObject(schema) || depth > 12) return [];
  const { $ref: reference } = schema;
  if (typeof reference === 'string') {
    const target = definition(reference.replace('#/definitions/', ''));
    const own = typeof schema['description'] === 'string' ? { description: schema['description'] } : {};
    return alternatives(target, depth + 1).map((found) => ({ ...found, ...own }));
  }
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    const inner = schema[key];
    if (!Array.isArray(inner) || isJsonObject(schema['properties'])) continue;
    const own = typeof schema['description'] === 'string' ? { description: schema['description'] } : {};
    return (inner as readonly Json[])
      .flatMap((each) => alternatives(each, depth + 1))
      .map((each) => ({ ...each, ...own }));
  }
  return [schema];
}

/** Whether components are allowed where a frame is: at the root, or as children. */
export function isComponentPlace(frame: Frame): boolean {
  const { parent, key } = frame;
  if (parent === null) return true;
  if (key === 'children') return typeOf(parent) !== null;
  return key === null && parent.kind === 'array' && parent.key === 'children';
}

/** The component of an object; null if it is not one. */
export function componentOf(frame: Frame): string | null {
  if (frame.kind !== 'object' || !isComponentPlace(frame)) return null;
  const type = typeOf(frame);
  return type !== null && componentSpec(type) !== undefined ? type : null;
}

/** The schemas of the values of a frame's properties (objects) or of its entries (arrays, under the empty name). */
export function schemasIn(frame: Frame): ReadonlyMap<string, Json> {
  if (isComponentPlace(frame) && frame.kind === 'object') {
    const type = componentOf(frame);
    return type === null ? new Map() : propertiesOf(definition(definitionName(type)) ?? {});
  }
  const found = new Map<string, Json>();
  for (const schema of schemasOf(frame)) {
    const items = schema['items'];
    if (frame.kind === 'array' && items !== undefined) found.set('', items);
    if (frame.kind === 'object') for (const [name, inner] of propertiesOf(schema)) found.set(name, inner);
  }
  return found;
}

/** The schemas that a frame may have by its place. A discriminated one is selected by `type`. */
function schemasOf({ parent, key, properties }: Frame): readonly JsonObject[] {
  if (parent === null) return [];
  const all = alternatives(schemasIn(parent).get(key ?? ''));
  const type = properties.find((property) => stringValue(property.key) === 'type')?.value;
  const chosen = all.filter((schema) => {
    const own = propertiesOf(schema).get('type');
    return isJsonObject(own) && type?.kind === 'string' && own['const'] === stringValue(type);
  });
  return chosen.length > 0 ? chosen : all;
}

function propertiesOf(schema: JsonObject): ReadonlyMap<string, Json> {
  const { properties } = schema;
  return new Map(isJsonObject(properties) ? Object.entries(properties) : []);
}

/** Returns the description of a schema, also of one that it refers to, in the language of the editor. */
export function descriptionOf(schema: Json): string {
  if (isJsonObject(schema) && typeof schema['description'] === 'string') return referenceText(schema['description']);
  const [first] = alternatives(schema);
  return typeof first?.['description'] === 'string' ? referenceText(first['description']) : '';
}

/** Returns what a component is for, in the language of the editor; empty for an unknown component. */
export function summaryOf(component: string): string {
  const summary = componentSpec(component)?.summary;
  return summary === undefined ? '' : referenceText(summary);
}

/** A value that a schema lists. */
type ListedValue = string | number | boolean;

/** Returns the values that a schema lists, in their order. */
export function valuesOf(schema: Json): readonly ListedValue[] {
  const listed = alternatives(schema).flatMap((each): readonly ListedValue[] => {
    const values = each['enum'];
    if (Array.isArray(values)) return values as readonly ListedValue[];
    const constant = each['const'];
    if (typeof constant === 'string' || typeof constant === 'number') return [constant];
    return each['type'] === 'boolean' ? [true, false] : [];
  });
  return [...new Set(listed)];
}

/** Returns the JSON types of a schema: `string`, `number`, `object`… */
export function typesOf(schema: Json): readonly string[] {
  const types = alternatives(schema).flatMap((each) => {
    const { type } = each;
    if (typeof type === 'string') return [type];
    return Array.isArray(type) ? (type as readonly string[]) : 'enum' in each ? ['string'] : [];
  });
  return [...new Set(types)].filter((type) => type !== 'null');
}

/**
 * Returns the types of a schema as the reference of the components names them: `string`, `component`, `list of component`,
 * or the name of the only component that is allowed.
 */
export function typeTexts(schema: Json): readonly string[] {
  const texts = alternatives(schema).flatMap((each) => {
    const { type, items } = each;
    if (type === 'array') return [l10n.t('list of {0}', typeTexts(items ?? {}).join(', ') || l10n.t('values'))];
    const own = propertiesOf(each).get('type');
    if (type !== 'object' || !isJsonObject(own)) return typesOf(each);
    const { const: name, enum: names } = own;
    if (typeof name === 'string' && componentSpec(name) !== undefined) return [name];
    return Array.isArray(names) && names.length === componentNames.length ? [l10n.t('component')] : typesOf(each);
  });
  return [...new Set(texts)];
}

/** The components that may be at a place: roots at the root, those that the parent allows elsewhere. */
export function componentsAt(frame: Frame): readonly string[] {
  const { parent } = frame;
  if (parent === null) return componentNames.filter((name) => componentSpec(name)?.root === true);
  const owner = parent.kind === 'array' ? parent.parent : parent;
  const type = owner === null ? null : componentOf(owner);
  const rule = type === null ? undefined : componentSpec(type)?.children;
  if (rule?.count === 'many' && rule.only) return rule.only;
  return componentNames.filter((name) => {
    const inside = componentSpec(name)?.inside;
    return inside === undefined || (type !== null && inside.includes(type));
  });
}

/** The properties that a component requires, without `type`. */
export function requiredOf(type: string): readonly string[] {
  const required = definition(definitionName(type))?.['required'];
  return Array.isArray(required) ? (required as readonly string[]).filter((name) => name !== 'type') : [];
}

/** The schema of a property of a component. */
export function propertySchema(type: string, name: string): Json | undefined {
  return propertiesOf(definition(definitionName(type)) ?? {}).get(name);
}

/** The properties of a component with their schemas, without `type`, `key` and `id`. */
export function componentProperties(type: string): readonly (readonly [name: string, schema: Json])[] {
  return [...propertiesOf(definition(definitionName(type)) ?? {})].filter(
    ([name]) => !['type', 'key', 'id'].includes(name),
  );
}

import * as z from 'zod';
import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { catalogue, componentNames } from '../catalogue.ts';
import type { ComponentSpec } from '../components/fields.ts';

/** The URI of the JSON schema of widgets. */
const widgetSchemaId = 'chatkit://schemas/widget.json';

/**
 * Returns the JSON schema of a widget, generated from the catalogue, so that completion, hovers and validation match the
 * rendering and its problems. Draft 7 is the version that VS Code supports best.
 */
export function widgetJsonSchema(): JsonObject {
  const definitions: Record<string, Json> = {};
  for (const name of componentNames) {
    const { definitions: shared, ...schema } = componentSchema(catalogue[name]);
    // The value types that components share. Each component that uses one has the same definition.
    if (isJsonObject(shared)) Object.assign(definitions, shared);
    definitions[definitionName(name)] = schema;
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: widgetSchemaId,
    title: 'ChatKit widget',
    ...choice(componentNames.filter((name) => 'root' in catalogue[name])),
    definitions: { ...definitions, component: choice(componentNames) },
  };
}

/** A choice of components by `type`: conditions instead of `anyOf`, so that the editor reports problems of the right one. */
function choice(names: readonly string[]): JsonObject {
  return {
    type: 'object',
    required: ['type'],
    properties: { type: { enum: names, description: 'Component' } },
    allOf: names.map((name) => whenType(name, { $ref: `#/definitions/${definitionName(name)}` })),
  };
}

/** `if` and `then` of JSON Schema. Created from entries: an object literal with a `then` looks like a promise. */
function whenType(name: string, schema: JsonObject): JsonObject {
  const condition = { properties: { type: { const: name } }, required: ['type'] };
  return Object.fromEntries<Json>([
    ['if', condition],
    ['then', schema],
  ]);
}

function componentSchema(spec: ComponentSpec): JsonObject {
  const props = z.toJSONSchema(spec.props, {
    target: 'draft-7',
    io: 'input',
    unrepresentable: 'any',
  }) as unknown as JsonObject;
  const own = isJsonObject(props['properties']) ? props['properties'] : {};
  const required = Array.isArray(props['required']) ? (props['required'] as readonly Json[]) : [];
  const children = childrenSchema(spec);
  const needsChildren = spec.children.count === 'many' && spec.children.required;
  return {
    type: 'object',
    description: spec.summary,
    properties: {
      type: { const: spec.type, description: spec.summary },
      key: { type: 'string', description: 'Identifies this component among its siblings when the widget changes' },
      id: { type: 'string', description: 'Target of streaming updates; unique in the widget' },
      ...(children ? { children } : {}),
      // Optional props may be null: templates write them so.
      ...Object.fromEntries(
        Object.entries(own).map(([name, schema]) => [name, required.includes(name) ? schema : nullable(schema)]),
      ),
    },
    required: ['type', ...required, ...(needsChildren ? ['children'] : [])],
    additionalProperties: false,
    definitions: props['definitions'] ?? {},
  };
}

function childrenSchema(spec: ComponentSpec): JsonObject | undefined {
  const rule = spec.children;
  if (rule.count === 'none') return undefined;
  const inner: JsonObject =
    rule.count === 'many' && rule.only
      ? { $ref: `#/definitions/${definitionName(rule.only[0] ?? '')}` }
      : { $ref: '#/definitions/component' };
  if (rule.count === 'one') return { ...inner, description: 'The component inside' };
  return { description: 'The components inside', anyOf: [{ type: 'array', items: inner }, inner, { type: 'null' }] };
}

function nullable(schema: Json): JsonObject {
  if (!isJsonObject(schema)) return {};
  const { description, ...rest } = schema;
  return { ...(description === undefined ? {} : { description }), anyOf: [rest, { type: 'null' }] };
}

/** Returns the name of the definition of a component in the schema. */
export function definitionName(type: string): string {
  return `Component.${type}`;
}

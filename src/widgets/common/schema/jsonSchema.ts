import * as z from 'zod';
import type { Json, JsonObject } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';
import { catalogue, componentNames } from '../catalogue.ts';
import type { ComponentSpec } from '../components/spec.ts';

/** Where the schema of widgets is found by editors. */
export const widgetSchemaId = 'chatkit://schemas/widget.json';

/**
 * The JSON schema of a widget (draft 7, which VS Code's JSON editor knows best), made from the catalogue: completion,
 * hovers and squiggles come from the same source as the drawing and its problems.
 */
export function widgetJsonSchema(): JsonObject {
  const definitions: Record<string, Json> = {};
  for (const name of componentNames) {
    const { definitions: shared, ...schema } = componentSchema(catalogue[name]);
    // The value types that components share: every component that uses one says the same of it.
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

/** One of several components, told apart by `type`: the editor then speaks of the one that is meant. */
function choice(names: readonly string[]): JsonObject {
  return {
    type: 'object',
    required: ['type'],
    properties: { type: { enum: names, description: 'Component' } },
    allOf: names.map((name) => whenType(name, { $ref: `#/definitions/${definitionName(name)}` })),
  };
}

/** `if` and `then` of JSON Schema. Put together here: an object with a `then` would look like a promise. */
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
      key: { type: 'string', description: 'Tells this component from its siblings when the widget changes' },
      id: { type: 'string', description: 'Target of streaming deltas; unique in the widget' },
      ...(children ? { children } : {}),
      // Optional props may be null, as templates write them.
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

/** Name of a component's definition in the schema. */
export function definitionName(type: string): string {
  return `Component.${type}`;
}

import * as z from 'zod/mini';
import { isJsonObject, type Json, type JsonObject } from '../../base/common/json.ts';
import { createSessionSchema } from '../../chatkit/common/sessionSource.ts';
import { placeholderName } from '../../base/common/placeholders.ts';

/**
 * Returns the JSON schema of `*.chatkit-session.json`, generated from the schema that validates the request, so that
 * completion, hovers and diagnostics follow the same rules. `npm run schemas` writes it to `schemas/`.
 */
export function sessionFileSchema(): JsonObject {
  const body = z.toJSONSchema(createSessionSchema, { target: 'draft-7' }) as JsonObject;
  const { properties, required } = withPlaceholders(body) as { properties: JsonObject; required: Json };
  return withHovers({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'ChatKit session',
    description:
      'The body of the request that creates a ChatKit session. When the session is created, the editor asks for `${input:name}` and reads `${env:NAME}` from the environment.',
    type: 'object',
    properties: {
      $schema: { type: 'string', description: 'The JSON schema of this file. Not sent.' },
      connection: {
        type: 'string',
        description:
          'ID or name of the ChatKit connection to create the session on. If omitted, the editor asks for it. Not sent.',
      },
      ...properties,
    },
    required,
    defaultSnippets: [starter],
  }) as JsonObject;
}

const starter: JsonObject = {
  label: 'ChatKit session',
  description: 'A user, requested when the session is created, and a workflow.',
  body: { user: '\\${input:user}', workflow: { id: '${1:wf_}' } },
};

/** Accepts a placeholder wherever a value is not a string. */
function withPlaceholders(schema: Json): Json {
  if (!isJsonObject(schema)) return schema;
  const node = schema as JsonObject;
  if (isJsonObject(node['properties'])) {
    // The editor would only warn about an unknown property. It is reported as an error, because it cannot be sent.
    const { properties, additionalProperties, ...others } = node;
    const rest =
      additionalProperties === undefined || additionalProperties === false
        ? others
        : { ...others, additionalProperties };
    const inner = Object.entries(properties as JsonObject).map(([name, value]) => [name, withPlaceholders(value)]);
    return { ...rest, properties: Object.fromEntries(inner) as JsonObject };
  }
  const isPlain =
    node['type'] === 'integer' || node['type'] === 'number' || node['type'] === 'boolean' || 'const' in node;
  if (!isPlain) return node;
  const { description, default: defaultValue, ...value } = node;
  return {
    ...(description === undefined ? {} : { description }),
    ...(defaultValue === undefined ? {} : { default: defaultValue }),
    // The real type first: the editor reports problems of the first alternative.
    anyOf: [withoutHugeMaximum(value), { type: 'string', pattern: `^\\$\\{(input|env):${placeholderName}\\}$` }],
  };
}

/** Removes the upper bound that zod adds to integers; the API has no such limit. */
function withoutHugeMaximum(value: JsonObject): JsonObject {
  const { maximum, ...rest } = value;
  return maximum === Number.MAX_SAFE_INTEGER ? rest : value;
}

/** Adds `markdownDescription`, an extension of the editor, to descriptions that contain Markdown. */
function withHovers(schema: Json): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map(withHovers);
  if (!isJsonObject(schema)) return schema;
  const node = Object.fromEntries(Object.entries(schema as JsonObject).map(([key, value]) => [key, withHovers(value)]));
  const { description } = node;
  if (typeof description !== 'string' || !description.includes('`')) return node;
  return { ...node, description: description.replaceAll('`', ''), markdownDescription: description };
}

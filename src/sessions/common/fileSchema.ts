import * as z from 'zod/mini';
import { isJsonObject, type Json, type JsonObject } from '../../base/common/json.ts';
import { createSessionSchema } from '../../chatkit/common/sessions/createSession.ts';
import { placeholderName } from './placeholders.ts';

/**
 * The JSON schema of `*.chatkit-session.json`, made from the schema that checks the request: the editor completes, explains
 * and marks by the same rules. Written to `schemas/` by `npm run schemas`, never at run time.
 */
export function sessionFileSchema(): JsonObject {
  const body = z.toJSONSchema(createSessionSchema, { target: 'draft-7' }) as JsonObject;
  const { properties, required } = withPlaceholders(body) as { properties: JsonObject; required: Json };
  return withHovers({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'ChatKit session',
    description:
      'The body of the request that creates a ChatKit session. `${input:name}` is asked for and `${env:NAME}` is read from the environment when the session is created.',
    type: 'object',
    properties: {
      $schema: { type: 'string', description: 'The JSON schema of this file. Not sent.' },
      connection: {
        type: 'string',
        description:
          'Id or name of the ChatKit connection to create the session on. Asked for where it is left out. Not sent.',
      },
      ...properties,
    },
    required,
    additionalProperties: false,
    defaultSnippets: [starter],
  }) as JsonObject;
}

const starter: JsonObject = {
  label: 'ChatKit session',
  description: 'A user and a workflow, asked for when the session is created.',
  body: { user: '\\${input:user}', workflow: { id: '${1:wf_}' } },
};

/** Where something other than text is wanted, a text that is one whole placeholder will do. */
function withPlaceholders(schema: Json): Json {
  if (!isJsonObject(schema)) return schema;
  const node = schema as JsonObject;
  if (isJsonObject(node['properties'])) {
    const { properties, ...rest } = node;
    const inner = Object.entries(properties as JsonObject).map(([name, value]) => [name, withPlaceholders(value)]);
    return { ...rest, properties: Object.fromEntries(inner) as JsonObject };
  }
  const isPlain =
    node['type'] === 'integer' || node['type'] === 'number' || node['type'] === 'boolean' || 'const' in node;
  if (!isPlain) return node;
  const { description, default: standard, ...value } = node;
  return {
    ...(description === undefined ? {} : { description }),
    ...(standard === undefined ? {} : { default: standard }),
    // The real type first: the editor reports by the first of the alternatives that fit equally badly.
    anyOf: [withoutHugeMaximum(value), { type: 'string', pattern: `^\\$\\{(input|env):${placeholderName}\\}$` }],
  };
}

/** zod's own bound of whole numbers is no limit of the API. */
function withoutHugeMaximum(value: JsonObject): JsonObject {
  const { maximum, ...rest } = value;
  return maximum === Number.MAX_SAFE_INTEGER ? rest : value;
}

/** The editor renders Markdown in hovers where it is told that it is Markdown; plain JSON schema has no word for it. */
function withHovers(schema: Json): Json {
  if (Array.isArray(schema)) return (schema as readonly Json[]).map(withHovers);
  if (!isJsonObject(schema)) return schema;
  const node = Object.fromEntries(Object.entries(schema as JsonObject).map(([key, value]) => [key, withHovers(value)]));
  const { description } = node;
  if (typeof description !== 'string' || !description.includes('`')) return node;
  return { ...node, description: description.replaceAll('`', ''), markdownDescription: description };
}

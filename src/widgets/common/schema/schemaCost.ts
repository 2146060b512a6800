import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';

/** Maximum number of times that subschemas are applied to values in one check. */
export const maxApplications = 50_000;

const inPlaceLists = ['allOf', 'anyOf', 'oneOf'] as const;
const inPlaceSchemas = ['not', 'if', 'then', 'else'] as const;
const ofEveryEntry = ['items', 'additionalItems', 'contains', 'unevaluatedItems'] as const;
const ofEveryProperty = ['additionalProperties', 'unevaluatedProperties'] as const;

interface Application {
  readonly schema: Json | undefined;
  readonly data: Json;
}

/**
 * Whether data can be checked against a JSON Schema with at most `limit` applications of a subschema to a value. With
 * references a short schema can expand exponentially (each definition refers to the next one twice) or endlessly (a
 * definition refers to itself). The applications are counted before the check, because the check itself has no limit.
 */
export function isAffordable(schema: JsonObject, data: Json, limit: number = maxApplications): boolean {
  // An explicit stack: data can be nested more deeply than calls.
  const stack: Application[] = [{ schema, data }];
  let applied = 0;
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    applied += 1;
    for (const application of subApplications(schema, next)) {
      stack.push(application);
      if (applied + stack.length > limit) return false;
    }
  }
  return true;
}

function* subApplications(root: JsonObject, { schema, data }: Application): Iterable<Application> {
  if (!isJsonObject(schema)) return;
  const reference = schema['$ref'];
  if (typeof reference === 'string') yield { schema: definitionOf(root, reference), data };
  for (const key of inPlaceLists) for (const entry of listOf(schema[key])) yield { schema: entry, data };
  for (const key of inPlaceSchemas) if (schema[key] !== undefined) yield { schema: schema[key], data };
  if (Array.isArray(data)) yield* ofEntries(schema, data as readonly Json[]);
  else if (isJsonObject(data)) yield* ofProperties(schema, data);
}

function* ofEntries(schema: JsonObject, data: readonly Json[]): Iterable<Application> {
  for (const [index, entry] of listOf(schema['prefixItems']).entries()) {
    if (index < data.length) yield { schema: entry, data: data[index] ?? null };
  }
  for (const key of ofEveryEntry) {
    if (schema[key] !== undefined) for (const entry of data) yield { schema: schema[key], data: entry };
  }
}

function* ofProperties(schema: JsonObject, data: JsonObject): Iterable<Application> {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  for (const [name, inner] of Object.entries(properties)) {
    if (Object.hasOwn(data, name)) yield { schema: inner, data: data[name] ?? null };
  }
  for (const key of ofEveryProperty) {
    if (!isJsonObject(schema[key])) continue;
    for (const value of Object.values(data)) yield { schema: schema[key], data: value };
  }
  if (isJsonObject(schema['propertyNames'])) {
    for (const name of Object.keys(data)) yield { schema: schema['propertyNames'], data: name };
  }
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Resolves a reference within the schema; undefined for external and broken references. */
export function definitionOf(root: JsonObject, reference: string): Json | undefined {
  if (reference !== '#' && !reference.startsWith('#/')) return undefined;
  let current: Json | undefined = root;
  for (const step of reference.split('/').slice(1)) {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    current = isJsonObject(current) && Object.hasOwn(current, name) ? current[name] : undefined;
  }
  return current;
}

/** Indentation per level, in characters. */
const indent = 2;

/**
 * Returns the approximate length of a value as indented JSON, in characters, or Infinity if it is more than `max`. With deep
 * nesting the length grows with the square of the depth.
 */
export function printedSize(value: Json, max: number): number {
  let size = 0;
  // An explicit stack: values can be nested more deeply than calls.
  const stack: { readonly value: Json; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { value: current, depth } = next;
    size += depth * indent * 2 + (typeof current === 'string' ? current.length + 4 : 8);
    if (size > max) return Infinity;
    if (typeof current !== 'object' || current === null) continue;
    for (const [key, inner] of Object.entries(current)) {
      size += key.length;
      if (size + stack.length > max) return Infinity;
      stack.push({ value: inner as Json, depth: depth + 1 });
    }
  }
  return size;
}

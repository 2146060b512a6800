import type { Json, JsonObject } from '../../../base/common/json.ts';
import { isJsonObject } from '../../../base/common/json.ts';
import { printedSize } from '../schema/printedSize.ts';
import { definitionOf } from '../schema/schemaCost.ts';

const maxDepth = 12;
const maxValues = 2_000;
/** Maximum length of all values given by the schema, as indented JSON, in characters; each reference counts. */
const maxGiven = 400_000;
/** Number of entries of a list whose schema does not require more. */
const usualEntries = 3;

/** Returns data that is valid for a JSON Schema (2020-12). The same schema always has the same data. */
export function sampleData(schema: JsonObject): Json {
  return new Sampler(schema).sample(schema, 'value', 0);
}

class Sampler {
  readonly #root: JsonObject;
  #values = 0;
  #given = 0;

  constructor(root: JsonObject) {
    this.#root = root;
  }

  sample(given: Json, name: string, depth: number): Json {
    const schema = this.#resolve(given);
    this.#values += 1;
    if (!schema || depth > maxDepth || this.#values > maxValues) return null;
    const ready = readyValue(schema);
    if (ready !== undefined) return this.#affordable(ready);
    const union = firstList(schema['oneOf']) ?? firstList(schema['anyOf']);
    if (union) return this.sample(union.find((entry) => !isNull(entry)) ?? null, name, depth + 1);
    const all = firstList(schema['allOf']);
    if (all)
      return this.sample(
        merge(
          schema,
          all.map((entry) => this.#resolve(entry)),
        ),
        name,
        depth + 1,
      );
    switch (typeOf(schema)) {
      case 'object':
        return this.#object(schema, depth);
      case 'array':
        return this.#array(schema, name, depth);
      case 'number':
      case 'integer':
        return sampleNumber(schema);
      case 'boolean':
        return true;
      case 'string':
        return sampleText(schema, name);
      default:
        return null;
    }
  }

  /** Returns a value given by the schema, or null if it and the previous ones are too large in total. */
  #affordable(ready: Json): Json {
    // Not measured after the limit is reached: measuring takes time too.
    if (this.#given <= maxGiven) this.#given += printedSize(ready, maxGiven);
    return this.#given > maxGiven ? null : ready;
  }

  #object(schema: JsonObject, depth: number): Json {
    const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
    return Object.fromEntries(
      Object.entries(properties).map(([name, inner]) => [name, this.sample(inner, name, depth + 1)]),
    );
  }

  #array(schema: JsonObject, name: string, depth: number): Json {
    const prefix = firstList(schema['prefixItems']) ?? [];
    const items = schema['items'];
    const minItems = numberIn(schema, 'minItems') ?? 0;
    const maxItems = numberIn(schema, 'maxItems') ?? Infinity;
    const count = Math.min(Math.max(minItems, usualEntries), maxItems, 50);
    const rest = isJsonObject(items) ? Math.max(0, count - prefix.length) : 0;
    const singular = name.replace(/s$/, '');
    const entries = [...prefix, ...Array.from({ length: rest }, () => items ?? null)];
    return entries.map((entry, index) => {
      const sample = this.sample(entry, singular, depth + 1);
      return index === 0 ? sample : numbered(sample, asObject(this.#resolve(entry)?.['properties']), index + 1);
    });
  }

  #resolve(schema: Json | undefined): JsonObject | undefined {
    let current = schema;
    for (let hops = 0; hops < 20; hops += 1) {
      if (!isJsonObject(current)) return undefined;
      const reference = current['$ref'];
      if (typeof reference !== 'string') return current;
      current = definitionOf(this.#root, reference);
    }
    return undefined;
  }
}

function readyValue(schema: JsonObject): Json | undefined {
  if (schema['const'] !== undefined) return schema['const'];
  if (schema['default'] !== undefined) return schema['default'];
  return firstList(schema['examples'])?.[0] ?? firstList(schema['enum'])?.[0];
}

function firstList(value: Json | undefined): readonly Json[] | undefined {
  return Array.isArray(value) && value.length > 0 ? (value as readonly Json[]) : undefined;
}

function isNull(schema: Json): boolean {
  return isJsonObject(schema) && schema['type'] === 'null';
}

function typeOf(schema: JsonObject): string | undefined {
  const type = schema['type'];
  if (typeof type === 'string') return type;
  const named = firstList(type)?.find((entry) => entry !== 'null');
  if (typeof named === 'string') return named;
  if (schema['properties'] !== undefined) return 'object';
  return schema['items'] === undefined ? undefined : 'array';
}

function merge(schema: JsonObject, parts: readonly (JsonObject | undefined)[]): JsonObject {
  const { allOf: _, ...own } = schema;
  return parts.reduce<JsonObject>((merged, part) => {
    const properties = { ...asObject(merged['properties']), ...asObject(part?.['properties']) };
    return { ...merged, ...part, ...(Object.keys(properties).length > 0 ? { properties } : {}) };
  }, own);
}

function asObject(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function numberIn(schema: JsonObject, name: string): number | undefined {
  const value = schema[name];
  return typeof value === 'number' ? value : undefined;
}

function sampleNumber(schema: JsonObject): number {
  const exclusive = numberIn(schema, 'exclusiveMinimum');
  const minimum = numberIn(schema, 'minimum') ?? (exclusive === undefined ? undefined : exclusive + 1);
  const maximum = numberIn(schema, 'maximum') ?? numberIn(schema, 'exclusiveMaximum');
  const multiple = numberIn(schema, 'multipleOf');
  const usual = multiple ?? 3;
  if (minimum !== undefined && minimum > usual) return multiple ? Math.ceil(minimum / multiple) * multiple : minimum;
  return maximum !== undefined && maximum < usual ? (minimum ?? maximum) : usual;
}

const formats: Readonly<Record<string, string>> = {
  uri: 'https://example.com/picture.png',
  url: 'https://example.com/picture.png',
  email: 'ada@example.com',
  date: '2026-01-15',
  time: '09:30:00',
  'date-time': '2026-01-15T09:30:00Z',
  uuid: '00000000-0000-4000-8000-000000000000',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
};

function sampleText(schema: JsonObject, name: string): string {
  const format = schema['format'];
  const known = typeof format === 'string' && Object.hasOwn(formats, format) ? formats[format] : undefined;
  const words = known ?? (typeof schema['title'] === 'string' ? schema['title'] : titleOf(name));
  const minimum = Math.min(numberIn(schema, 'minLength') ?? 0, 1_000);
  return words.padEnd(minimum, '.').slice(0, numberIn(schema, 'maxLength') ?? undefined);
}

/** `heroImageUrl` as `Hero image url`. */
function titleOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Numbers the names of the entries of a list, so that keys made of them differ, if their schema allows any text. */
function numbered(entry: Json, properties: JsonObject, number: number): Json {
  if (!isJsonObject(entry)) return entry;
  const free = (name: string): boolean => {
    const schema = asObject(properties[name]);
    const fixed = ['enum', 'const', 'format', 'pattern', 'maxLength', 'default', 'examples', '$ref'];
    return /^(?:id|key|slug|name|title|label)$/i.test(name) && fixed.every((word) => schema[word] === undefined);
  };
  return Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [
      name,
      typeof value === 'string' && free(name) ? `${value} ${number}` : value,
    ]),
  );
}

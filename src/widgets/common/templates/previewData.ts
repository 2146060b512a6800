import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { definitionOf, printedSize } from '../schema/schemaCost.ts';
import { pointerStep } from '../problems.ts';
import type { PyDict } from '../jinja/values/dictionary.ts';
import type { DataOrigin } from '../dataOrigin.ts';
import { pythonData, pythonDataOfText } from './pythonData.ts';
import type { TemplateProblem } from './problems.ts';
import { renderTemplate } from './render.ts';
import type { WidgetFile } from './widgetFile.ts';

interface PreviewValues {
  readonly data: JsonObject;
  /** Makes the Python values. Each rendering needs its own: a template can change them. */
  readonly python: () => PyDict;
  readonly origin: DataOrigin;
  /** The problem without the optional properties that the data contains; null if it contains none. */
  readonly needed: TemplateProblem | null;
}

/** The data of a `.widget` file: the default state, otherwise data generated from the schema. */
export function previewData(file: WidgetFile): PreviewValues {
  const { studio, outputJsonPreview } = file;
  const state = studio?.defaultState;
  if (studio && state) {
    const python = () => pythonDataOfText(studio.text, state, 'defaultState');
    return { data: state, python, origin: 'defaultState', needed: null };
  }
  const values = generatedData(file);
  return outputJsonPreview === null ? values : { ...values, origin: 'outputJsonPreview' };
}

/**
 * Data generated from the schema; empty where the file has none, or one that does not describe an object. Optional properties
 * are omitted unless the template needs them.
 */
export function generatedData({ jsonSchema, template }: WidgetFile): PreviewValues {
  const sample: Json = jsonSchema ? sampleData(jsonSchema) : null;
  if (!jsonSchema || !isJsonObject(sample)) {
    return { data: {}, python: () => pythonData({}), origin: 'none', needed: null };
  }
  const result = renderTemplate(template, sample);
  if (!result.ok) {
    const complete = sampleData(jsonSchema, true);
    if (isJsonObject(complete) && renderTemplate(template, complete).ok) return generated(complete, result.problem);
  }
  return generated(sample, null);
}

function generated(data: JsonObject, needed: TemplateProblem | null): PreviewValues {
  return { data, python: () => pythonData(data), origin: 'jsonSchema', needed };
}

export interface PreviewDifference {
  /** JSON pointer. */
  readonly path: string;
  /** `missing`: only in `outputJsonPreview`; `extra`: only in the rendered widget; `changed`: different values. */
  readonly kind: 'missing' | 'extra' | 'changed';
}

const maxDifferences = 100;

/**
 * Returns the differences between a rendered widget and `outputJsonPreview` of the file. `null` counts as absent, as in the
 * output of the Python package; the order of keys does not matter.
 */
export function previewDifferences(preview: Json, rendered: Json): readonly PreviewDifference[] {
  const differences: PreviewDifference[] = [];
  compare(preview, rendered, '', differences);
  return differences;
}

function compare(preview: Json, rendered: Json, path: string, found: PreviewDifference[]): void {
  if (found.length >= maxDifferences) return;
  if (preview === null && rendered === null) return;
  if (preview === null) found.push({ path, kind: 'extra' });
  else if (rendered === null) found.push({ path, kind: 'missing' });
  else if (isJsonObject(preview) && isJsonObject(rendered)) {
    for (const key of new Set([...Object.keys(preview), ...Object.keys(rendered)])) {
      compare(own(preview, key), own(rendered, key), path + pointerStep(key), found);
    }
  } else if (Array.isArray(preview) && Array.isArray(rendered)) {
    const left = preview as readonly Json[];
    const right = rendered as readonly Json[];
    for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
      compare(left[index] ?? null, right[index] ?? null, path + pointerStep(index), found);
    }
  } else if (preview !== rendered) found.push({ path, kind: 'changed' });
}

function own(object: { readonly [key: string]: Json }, key: string): Json {
  return Object.hasOwn(object, key) ? (object[key] ?? null) : null;
}

const maxDepth = 12;
const maxValues = 2_000;
/** Printed characters of the values that a schema gives, in total; each reference to one counts. */
const maxGiven = 400_000;
/** Entries of a list whose schema asks for none. */
const usualEntries = 3;

/**
 * Data that fits a JSON Schema (2020-12), always the same for the same schema: something to draw while none is given.
 * @param withOptional includes optional properties without a default, which are omitted otherwise
 */
export function sampleData(schema: JsonObject, withOptional = false): Json {
  return new Sampler(schema, withOptional).sample(schema, 'value', 0);
}

class Sampler {
  readonly #root: JsonObject;
  readonly #withOptional: boolean;
  #values = 0;
  #given = 0;

  constructor(root: JsonObject, withOptional: boolean) {
    this.#root = root;
    this.#withOptional = withOptional;
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

  /** A value that the schema gives, or null when it and the values before it are too large. */
  #affordable(ready: Json): Json {
    // Not measured once the limit is reached: that is work too.
    if (this.#given <= maxGiven) this.#given += printedSize(ready, maxGiven);
    return this.#given > maxGiven ? null : ready;
  }

  #object(schema: JsonObject, depth: number): Json {
    const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
    const required = new Set(firstList(schema['required']));
    const hasDefault = (inner: Json) => this.#resolve(inner)?.['default'] !== undefined;
    return Object.fromEntries(
      Object.entries(properties)
        .filter(([name, inner]) => this.#withOptional || required.has(name) || hasDefault(inner))
        .map(([name, inner]) => [name, this.sample(inner, name, depth + 1)]),
    );
  }

  #array(schema: JsonObject, name: string, depth: number): Json {
    const prefix = firstList(schema['prefixItems']) ?? [];
    const items = schema['items'];
    const least = numberIn(schema, 'minItems') ?? 0;
    const most = numberIn(schema, 'maxItems') ?? Infinity;
    const wanted = Math.min(Math.max(least, usualEntries), most, 50);
    const rest = isJsonObject(items) ? Math.max(0, wanted - prefix.length) : 0;
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
    const required = [...(firstList(merged['required']) ?? []), ...(firstList(part?.['required']) ?? [])];
    return { ...merged, ...part, required, ...(Object.keys(properties).length > 0 ? { properties } : {}) };
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
  const least = numberIn(schema, 'minimum') ?? (exclusive === undefined ? undefined : exclusive + 1);
  const most = numberIn(schema, 'maximum') ?? numberIn(schema, 'exclusiveMaximum');
  const multiple = numberIn(schema, 'multipleOf');
  const usual = multiple ?? 3;
  if (least !== undefined && least > usual) return multiple ? Math.ceil(least / multiple) * multiple : least;
  return most !== undefined && most < usual ? (least ?? most) : usual;
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
  const words = known ?? (typeof schema['title'] === 'string' ? schema['title'] : wordsOf(name));
  const least = Math.min(numberIn(schema, 'minLength') ?? 0, 1_000);
  return words.padEnd(least, '.').slice(0, numberIn(schema, 'maxLength') ?? undefined);
}

/** `heroImageUrl` as `Hero image url`. */
function wordsOf(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .trim()
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Names of a list's entries differ, or keys made of them would not: those whose schema lets them be anything. */
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

import { type Json, type JsonObject, isJsonObject } from '../../../base/common/json.ts';
import { definitionOf } from '../schema/schemaCost.ts';
import { previewDifferences } from './previewData.ts';
import { renderTemplate } from './render.ts';

/** Values that are marked at most; a template with more is not solved. */
const maxMarks = 600;
const maxDepth = 8;
/** Renderings at most: each one can show values that depend on those before. */
const maxRounds = 4;
/** Maximum number of elements of a derived list. */
const maxEntries = 200;
/** Entries of a list whose length is not known yet: two show which part of the output repeats. */
const firstEntries = 2;
/** Characters of all renderings at most. The picture of a larger widget is shown without its data. */
const maxPrinted = 3_000_000;
/** Combinations at most of values that only decide what is printed. */
const maxCombinations = 24;

type Path = readonly (string | number)[];

/**
 * Returns the data with which a template produces `outputJsonPreview` of its file, or null unless exactly one explains it. Each
 * value of the schema is rendered as a mark; where the output contains a mark, the picture contains its value. Values that are
 * not printed are found by trying those that their schema allows and those of other values: one of them must explain the picture.
 */
export function derivedData(template: string, schema: JsonObject, picture: Json): JsonObject | null {
  const solution = new Solution(schema);
  let printed = 0;
  const render = (data: JsonObject): Json | undefined => {
    const result = printed > maxPrinted ? null : renderTemplate(template, data);
    if (result?.ok !== true) return undefined;
    printed += result.text.length;
    return result.json;
  };
  const explains = (data: JsonObject) => {
    const json = render(data);
    return json !== undefined && previewDifferences(picture, json).length === 0;
  };
  let last = -1;
  for (let round = 0; round < maxRounds && solution.size !== last; round += 1) {
    last = solution.size;
    const marked = solution.marked();
    if (marked === null) return null;
    const json = render(marked);
    if (json !== undefined) solution.unify(json, picture);
    else if (!solution.useNumbers()) return null;
    if (solution.contradicts) return null;
    const data = solution.known();
    if (explains(data)) return data;
  }
  const explaining = solution.combinations().filter(explains);
  const [data = null] = explaining;
  // A hole that matches every text explains nothing.
  const isExact = explaining.length === 1 && printed <= maxPrinted && !JSON.stringify(data).includes(otherText);
  return isExact ? data : null;
}

/** A value that is not known yet, by the text or number that is rendered in its place. */
interface Mark {
  readonly path: Path;
  readonly type: string | undefined;
  readonly schema: Json;
}

/** The known properties of the data. */
class Solution {
  contradicts = false;
  readonly #schema: JsonObject;
  #values = new Map<string, Json>();
  readonly #lengths = new Map<string, number>();
  #marks = new Map<string | number, Mark>();
  #numbers = false;

  constructor(schema: JsonObject) {
    this.#schema = schema;
  }

  /** The number of known facts. */
  get size(): number {
    return this.#values.size + this.#lengths.size + (this.#numbers ? 1 : 0);
  }

  /** Marks numbers with numbers, for templates that calculate. Returns whether this is new. */
  useNumbers(): boolean {
    const isNew = !this.#numbers;
    this.#numbers = true;
    return isNew;
  }

  /** The data with a mark for each unknown value; null if it is too large or not an object. */
  marked(): JsonObject | null {
    this.#marks = new Map();
    const data = this.#build(this.#schema, [], (mark) => this.#mark(mark));
    return isJsonObject(data) && this.#marks.size <= maxMarks ? data : null;
  }

  /** The data without unknown values. */
  known(): JsonObject {
    const data = this.#build(this.#schema, [], () => undefined);
    return isJsonObject(data) ? data : {};
  }

  /** The known data with each combination of values for what is not known. */
  combinations(): readonly JsonObject[] {
    const open = [...this.#marks.values()].filter(({ path }) => !this.#values.has(keyOf(path)));
    const strings = [...new Set([...this.#values.values()].filter((value) => typeof value === 'string'))];
    const choices = open.map((mark) => this.#choices(mark.schema, strings));
    const count = choices.reduce((product, { length }) => product * length, 1);
    if (count > maxCombinations || count === 0) return [];
    const known = new Map(this.#values);
    return Array.from({ length: count }, (_, at) => {
      let rest = at;
      for (const [index, { path }] of open.entries()) {
        const values = choices[index] ?? [];
        this.#values.set(keyOf(path), values[rest % values.length] ?? null);
        rest = Math.floor(rest / values.length);
      }
      const data = this.known();
      this.#values = new Map(known);
      return data;
    });
  }

  /** Values that a schema allows, with one that differs from all others for the texts that are not listed. */
  #choices(given: Json, strings: readonly Json[]): readonly Json[] {
    if (!isJsonObject(given)) return [];
    const options: Json = given['anyOf'] ?? given['oneOf'] ?? [];
    if (Array.isArray(options) && options.length > 0) {
      return (options as readonly Json[]).flatMap((each) => this.#choices(each, strings));
    }
    if (Array.isArray(given['enum'])) return given['enum'] as readonly Json[];
    const types = Array.isArray(given['type']) ? (given['type'] as readonly Json[]) : [given['type'] ?? null];
    return types.flatMap((type): readonly Json[] => {
      if (type === 'null') return [null];
      if (type === 'boolean') return [true, false];
      return type === 'string' ? [...strings, otherText] : [];
    });
  }

  #mark(mark: Mark): Json {
    const number = this.#marks.size + 1;
    const isNumber = mark.type === 'number' || mark.type === 'integer';
    const value = this.#numbers && isNumber ? 7_310_000_000 + number : markText(number);
    this.#marks.set(value, mark);
    return value;
  }

  #build(given: Json, path: Path, unknown: (mark: Mark) => Json | undefined): Json | undefined {
    const known = this.#values.get(keyOf(path));
    if (known !== undefined) return known;
    const schema = this.#resolve(given);
    const type = schema === null ? undefined : typeOf(schema);
    if (schema === null || path.length > maxDepth || this.#marks.size > maxMarks)
      return unknown({ path, type: undefined, schema: given });
    if (type === 'object' && isJsonObject(schema['properties'])) {
      return Object.fromEntries(
        Object.entries(schema['properties']).flatMap(([name, inner]) => {
          const value = this.#build(inner, [...path, name], unknown);
          return value === undefined ? [] : [[name, value]];
        }),
      );
    }
    if (type === 'array' && isJsonObject(schema['items'])) {
      const length = this.#lengths.get(keyOf(path)) ?? firstEntries;
      const items = schema['items'];
      return Array.from({ length }, (_, index) => this.#build(items, [...path, index], unknown) ?? null);
    }
    return unknown({ path, type, schema: given });
  }

  #resolve(given: Json | undefined): JsonObject | null {
    let schema = given;
    for (let hops = 0; hops < 20; hops += 1) {
      if (!isJsonObject(schema)) return null;
      if (typeof schema['$ref'] === 'string') schema = definitionOf(this.#schema, schema['$ref']);
      else {
        const options: Json | undefined = schema['anyOf'] ?? schema['oneOf'];
        if (!Array.isArray(options)) return schema;
        // An optional value: null is recognised in the output.
        const given = (options as readonly Json[]).filter((each) => !isJsonObject(each) || each['type'] !== 'null');
        if (given.length !== 1) return {};
        schema = given[0];
      }
    }
    return null;
  }

  /** Compares what was rendered with marks and the picture. */
  unify(rendered: Json, picture: Json): void {
    if (typeof rendered === 'string' || typeof rendered === 'number') {
      const mark = this.#marks.get(rendered);
      if (mark !== undefined) {
        this.#assign(mark, picture);
      } else if (typeof rendered === 'string' && typeof picture === 'string') this.#unifyText(rendered, picture);
    } else if (isJsonObject(rendered) && isJsonObject(picture)) {
      for (const [key, value] of Object.entries(rendered)) {
        const other = Object.hasOwn(picture, key) ? (picture[key] ?? null) : null;
        this.unify(value, other);
      }
    } else if (Array.isArray(rendered) && Array.isArray(picture)) {
      this.#unifyLists(rendered as readonly Json[], picture as readonly Json[]);
    }
  }

  #unifyLists(rendered: readonly Json[], picture: readonly Json[]): void {
    const list = this.#repeatedIn(rendered);
    if (list !== null && !this.#lengths.has(keyOf(list.path))) {
      const length = (picture.length - list.others) / list.perEntry;
      if (Number.isInteger(length) && length >= 0 && length <= maxEntries) this.#lengths.set(keyOf(list.path), length);
      else this.contradicts = true;
      // The entries are compared when they are as many.
      if (length !== firstEntries) return;
    }
    // A condition may add entries at the end. A wrong value does not explain the picture.
    for (const [index, value] of rendered.slice(0, picture.length).entries()) {
      this.unify(value, picture[index] ?? null);
    }
  }

  /** The list of the data whose entries are the entries of an output; null if there is none or more than one. */
  #repeatedIn(rendered: readonly Json[]) {
    const lists = rendered.map((each) => this.#marksIn(each).map(({ path }) => path));
    const open = new Map<string, Path>();
    for (const path of lists.flat()) {
      for (const [at, step] of path.entries()) {
        const list = path.slice(0, at);
        if (typeof step === 'number' && !this.#lengths.has(keyOf(list))) {
          open.set(keyOf(list), list);
          break;
        }
      }
    }
    const [path, ...others] = open.values();
    if (path === undefined || others.length > 0) return null;
    const entries = lists.map(
      (paths) => new Set(paths.filter((each) => isInside(each, path)).map((each) => each[path.length])),
    );
    const perEntry = entries.filter((found) => found.size === 1 && found.has(0)).length;
    const second = entries.filter((found) => found.size === 1 && found.has(1)).length;
    const rest = entries.filter((found) => found.size === 0).length;
    // All entries are printed the same number of times, and each in its own elements: the list itself is inside otherwise.
    return perEntry > 0 && perEntry === second && perEntry + second + rest === rendered.length
      ? { path, perEntry, others: rest }
      : null;
  }

  #marksIn(value: Json): readonly Mark[] {
    if (typeof value === 'number') return [this.#marks.get(value) ?? []].flat();
    if (typeof value === 'string') return marksOf(value).flatMap(({ text }) => this.#marks.get(text) ?? []);
    if (Array.isArray(value)) return (value as readonly Json[]).flatMap((each) => this.#marksIn(each));
    return isJsonObject(value) ? Object.values(value).flatMap((each) => this.#marksIn(each)) : [];
  }

  /** A text that contains marks: known if it can be divided in one way only. */
  #unifyText(rendered: string, picture: string): void {
    const found = marksOf(rendered).filter(({ text }) => this.#marks.has(text));
    if (found.length === 0 || found.length > 8) return;
    let from = 0;
    const literals: string[] = [];
    for (const { text, at } of found) {
      literals.push(rendered.slice(from, at));
      from = at + text.length;
    }
    literals.push(rendered.slice(from));
    const first = divide(picture, literals, (text, literal, start) => text.indexOf(literal, start));
    const last = divideFromEnd(picture, literals);
    if (first === null || last === null || first.some((part, index) => part !== last[index])) return;
    for (const [index, { text }] of found.entries()) {
      const mark = this.#marks.get(text);
      const value = mark === undefined ? undefined : valueOfText(first[index] ?? '', mark.type);
      if (mark !== undefined && value !== undefined) this.#assign(mark, value);
    }
  }

  #assign({ path, type }: Mark, value: Json): void {
    const known = this.#values.get(keyOf(path));
    if (known === undefined) this.#values.set(keyOf(path), valueOfType(value, type));
    else if (previewDifferences(known, value).length > 0) this.contradicts = true;
  }
}

function keyOf(path: Path): string {
  return JSON.stringify(path);
}

function isInside(path: Path, list: Path): boolean {
  return path.length > list.length && list.every((step, index) => path[index] === step);
}

function typeOf(schema: JsonObject): string | undefined {
  const { type } = schema;
  if (typeof type === 'string') return type;
  const named = Array.isArray(type) ? (type as readonly Json[]).filter((each) => each !== 'null') : [];
  if (named.length === 1) return String(named[0]);
  return isJsonObject(schema['properties']) ? 'object' : undefined;
}

/** A text that filters change: it has blanks at its edges, both cases and characters of HTML, and is not short. */
function markText(number: number): string {
  return ` Mark ${number} <&'É${'.'.repeat(60)} `;
}

/** A text that differs from all others of the data. */
const otherText = markText(0);

function marksOf(text: string): readonly { readonly text: string; readonly at: number }[] {
  return Array.from(text.matchAll(/ Mark \d{1,4} <&'É\.{60} /g), (match) => ({
    text: match[0],
    at: match.index,
  }));
}

/** Divides a text at literals, each as early as possible. Returns what is between them; null if they are not in the text. */
function divide(
  text: string,
  [head = '', ...literals]: readonly string[],
  find: (text: string, literal: string, start: number) => number,
): readonly string[] | null {
  if (!text.startsWith(head)) return null;
  let from = head.length;
  const parts: string[] = [];
  for (const [index, literal] of literals.entries()) {
    const isLast = index === literals.length - 1;
    const at = isLast ? text.length - literal.length : find(text, literal, from);
    if (at < from || !text.startsWith(literal, at)) return null;
    parts.push(text.slice(from, at));
    from = at + literal.length;
  }
  return parts;
}

/** The same with each literal as late as possible. */
function divideFromEnd(text: string, literals: readonly string[]): readonly string[] | null {
  const parts = divide(reversed(text), literals.map(reversed).toReversed(), (all, literal, start) =>
    all.indexOf(literal, start),
  );
  return parts === null ? null : parts.map(reversed).toReversed();
}

function reversed(text: string): string {
  return Array.from({ length: text.length }, (_, index) => text.charAt(text.length - 1 - index)).join('');
}

/** The value that Jinja prints as this text; undefined if several do. */
function valueOfText(text: string, type: string | undefined): Json | undefined {
  if (type === 'string') return text;
  if (type === 'boolean') return text === 'True' ? true : text === 'False' ? false : undefined;
  if (type !== 'number' && type !== 'integer') return undefined;
  return /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text) && String(Number(text)) === text ? Number(text) : undefined;
}

/** A number that was printed between quotes is a number in the data. */
function valueOfType(value: Json, type: string | undefined): Json {
  return typeof value === 'string' && type !== 'string' ? (valueOfText(value, type) ?? value) : value;
}

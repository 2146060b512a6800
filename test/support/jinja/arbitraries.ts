import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { TemplateCase } from './python.ts';

/**
 * The grammar of generated templates: each kind of expression or statement with its forms. `<kind>` is a placeholder for a
 * generated part.
 */
const productions = JSON.parse(readFileSync(new URL('productions.json', import.meta.url), 'utf8')) as Readonly<
  Record<string, readonly string[]>
>;
const placeholder = /<(\w+)>/;
/** Kinds whose forms have no parts: they replace other kinds at the maximum depth. */
const leaves: Readonly<Record<string, string>> = {
  any: 'name',
  number: 'int',
  string: 'text',
  sequence: 'name',
  boolean: 'name',
  filtered: 'name',
  called: 'name',
  looked: 'name',
  list: 'name',
  dict: 'name',
  statement: 'name',
  body: 'name',
};
const maxDepth = 5;

/** Writes a template with choices from a sequence of numbers: few numbers make a short template. */
function expand(kind: string, next: (count: number) => number, depth: number): string {
  const leaf = leaves[kind];
  if (depth > maxDepth && leaf !== undefined) return expand(leaf, next, depth);
  const forms = productions[kind];
  // `<b>` in a text is not a part.
  if (forms === undefined) return `<${kind}>`;
  const form = forms[next(forms.length)] ?? '';
  return form
    .split(placeholder)
    .map((part, index) => (index % 2 === 1 ? expand(part, next, depth + 1) : part))
    .join('');
}

const template = fc.array(fc.nat(), { minLength: 4, maxLength: 120 }).map((choices) => {
  let used = 0;
  return expand('template', (count) => (choices[used++] ?? 0) % count, 0);
});

const number = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }).map(String),
  fc.constantFrom('0', '1.0', '2.5', '-0.75', '1e2', '1e-05', '12345678901234567890', '3.0'),
);
const text = fc.constantFrom('', 'a', 'B', 'Hello', 'a b c', '<i>&\'"', '5', 'é😀', 'k', '-2.5', 'two\nlines');
const scalar = fc.oneof(
  number,
  text.map((each) => JSON.stringify(each)),
  fc.constantFrom('null', 'true', 'false'),
);
const array = (item: fc.Arbitrary<string>) => fc.array(item, { maxLength: 4 }).map((items) => `[${items.join(', ')}]`);
const object = (fields: Readonly<Record<string, fc.Arbitrary<string>>>) =>
  fc.record(fields, { requiredKeys: [] }).map((entries) => {
    const parts = Object.entries(entries).map(([key, value]) => `${JSON.stringify(key)}: ${value}`);
    return `{${parts.join(', ')}}`;
  });
const row = object({ k: scalar, n: number, a: object({ b: scalar }) });

/** The data of a generated template: names with JSON texts. */
const data = fc
  .record({
    i: fc.integer({ min: -20, max: 300 }).map(String),
    n: number,
    f: fc.constantFrom('2.5', '-0.5', '3.0', '1e16', '0.1'),
    s: text.map((each) => JSON.stringify(each)),
    t: text.map((each) => JSON.stringify(each)),
    e: fc.constant('""'),
    u: fc.constant('"Straße Ünï 😀"'),
    xs: array(number),
    ys: array(text.map((each) => JSON.stringify(each))),
    rows: array(row),
    d: object({ a: scalar, b: number, k: scalar, items: array(number), zz: row }),
    es: fc.constant('[]'),
    mix: array(scalar),
    p: array(fc.tuple(scalar, scalar).map((pair) => `[${pair.join(', ')}]`)),
    nn: fc.constant('null'),
    flag: fc.constantFrom('true', 'false'),
    x: scalar,
    y: row,
  })
  .map((entries) => Object.entries(entries));

/** A generated template with the data that it names, as JSON text. */
const templateCase: fc.Arbitrary<TemplateCase> = fc.tuple(template, data).map(([source, entries]) => {
  const words = new Set(source.match(/\w+/g));
  const used = entries.filter(([key]) => words.has(key)).map(([key, value]) => `${JSON.stringify(key)}: ${value}`);
  return { template: source, data: `{${used.join(', ')}}` };
});

/** Returns the same cases for the same seed. */
export function sampleCases(count: number, seed: number): TemplateCase[] {
  return fc.sample(templateCase, { numRuns: count, seed });
}

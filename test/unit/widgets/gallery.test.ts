import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isJsonObject, type Json, type JsonObject } from '../../../src/base/common/json.ts';
import { componentProperties, typeTexts } from '../../../src/widgets/common/authoring/componentSchemas.ts';
import { catalogue, componentNames } from '../../../src/widgets/common/catalogue.ts';
import { widgetGallery } from '../../../src/widgets/common/gallery.ts';
import { iconNames } from '../../../src/widgets/common/grammar/icons.ts';
import { normaliseWidget } from '../../../src/widgets/common/normalise.ts';
import { reviewWidget } from '../../../src/widgets/common/review.ts';
import { widgetJsonSchema } from '../../../src/widgets/common/schema/jsonSchema.ts';
import { widgetReference } from '../../../src/widgets/common/schema/reference.ts';

/** All values of each prop of each component in the gallery, as JSON. */
function valuesInGallery(): ReadonlyMap<string, ReadonlySet<string>> {
  const values = new Map<string, Set<string>>();
  const visit = (json: Json | undefined): void => {
    if (Array.isArray(json)) return (json as readonly Json[]).forEach(visit);
    if (!isJsonObject(json)) return;
    for (const [prop, value] of Object.entries(json)) {
      const key = `${String(json['type'])}.${prop}`;
      values.set(key, (values.get(key) ?? new Set()).add(JSON.stringify(value)));
    }
    visit(json['children']);
  };
  for (const { widget } of widgetGallery) visit(widget);
  return values;
}

/** The possible values of a prop whose schema is a short enum. */
function wordsOf(schema: Json | undefined): readonly string[] {
  if (!isJsonObject(schema)) return [];
  const own = Array.isArray(schema['enum']) ? (schema['enum'] as readonly Json[]) : [];
  const union = Array.isArray(schema['anyOf']) ? (schema['anyOf'] as readonly Json[]) : [];
  return [...own.map((word) => JSON.stringify(word)), ...union.flatMap(wordsOf)];
}

describe('the gallery', () => {
  const shown = valuesInGallery();
  const definitions = widgetJsonSchema()['definitions'] as JsonObject;

  for (const name of componentNames) {
    const definition = definitions[`Component.${name}`] as JsonObject;
    const properties = definition['properties'] as JsonObject;
    test(`shows every prop of ${name}`, () => {
      assert.deepEqual(
        Object.keys(catalogue[name].props.shape).filter((prop) => !shown.has(`${name}.${prop}`)),
        [],
      );
    });
    test(`shows every enum value of every prop of ${name}`, () => {
      const missing = Object.keys(catalogue[name].props.shape).flatMap((prop) =>
        wordsOf(properties[prop])
          .filter((word) => !shown.get(`${name}.${prop}`)?.has(word))
          .map((word) => `${prop} ${word}`),
      );
      assert.deepEqual(missing, []);
    });
  }

  test('shows every icon', () => {
    assert.deepEqual(
      iconNames.filter((name) => !shown.get('Icon.name')?.has(JSON.stringify(name))),
      [],
    );
  });

  test('has no problems except in the entry that shows them', () => {
    for (const { title, widget } of widgetGallery) {
      const tree = normaliseWidget(widget);
      const problems = [...tree.problems, ...reviewWidget(tree)].filter(({ code }) => code !== 'duplicateField');
      if (title === 'Unknown values') assert.equal(problems.length, 4);
      else assert.deepEqual(problems, [], title);
    }
  });

  test('has a title for each entry', () => {
    assert.equal(new Set(widgetGallery.map(({ title }) => title)).size, widgetGallery.length);
  });
});

test('the gallery and the reference name the types of lists and components alike', () => {
  const reference = widgetReference().split('\n');
  const rows = componentNames.flatMap((name) => {
    const first = reference.indexOf(`### ${name}`);
    const end = reference.findIndex((line, index) => index > first && line.startsWith('### '));
    const section = reference.slice(first, end < 0 ? undefined : end);
    return componentProperties(name).map(([property, schema]) => ({
      name: `${name}.${property}`,
      row: section.find((line) => line.startsWith(`| \`${property}\``))?.split(' | ')[1],
      types: typeTexts(schema).join(', '),
    }));
  });
  const lists = rows.filter(({ row }) => row?.startsWith('list of'));
  assert.ok(lists.length > 10);
  for (const { name, row, types } of lists) assert.equal(types, row, name);
  assert.deepEqual(
    rows.filter(({ types }) => types.includes('list of')).map(({ name }) => name),
    lists.map(({ name }) => name),
  );
});

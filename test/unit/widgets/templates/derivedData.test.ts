// The data of files without sample data, derived from the picture of the widget that the file contains.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import type { Json, JsonObject } from '../../../../src/base/common/json.ts';
import { derivedData } from '../../../../src/widgets/common/templates/derivedData.ts';
import { previewDifferences } from '../../../../src/widgets/common/templates/previewData.ts';
import { renderTemplate } from '../../../../src/widgets/common/templates/render.ts';
import { parseWidgetFile } from '../../../../src/widgets/common/templates/widgetFile.ts';

const text = { type: 'string' } as const;

function schemaOf(properties: JsonObject): JsonObject {
  return { type: 'object', properties, required: Object.keys(properties) };
}

/** Derives the data from what a template gives with it. */
function roundTrip(template: string, properties: JsonObject, data: JsonObject): JsonObject | null {
  const rendered = renderTemplate(template, data);
  assert.ok(rendered.ok, JSON.stringify(rendered));
  return derivedData(template, schemaOf(properties), rendered.json);
}

describe('derived data', () => {
  const list = {
    type: 'array',
    items: schemaOf({ id: text, count: { type: 'integer' } }),
  };
  const rows =
    '{"type":"Col","children":[{"type":"Spacer"}{% for row in rows %},{"type":"Text","key":{{ row.id | tojson }},"value":"{{ row.count }}"}{% endfor %}]}';
  const known: readonly (readonly [name: string, template: string, properties: JsonObject, data: JsonObject])[] = [
    ['a value', '{"value":{{ title | tojson }}}', { title: text }, { title: 'Ada "A" Lovelace' }],
    ['a text between quotes', '{"value":"{{ title }}"}', { title: text }, { title: 'Ada' }],
    ['a number between quotes', '{"value":"{{ n }}"}', { n: { type: 'integer' } }, { n: 12 }],
    ['a boolean', '{"value":{{ on | tojson }}}', { on: { type: 'boolean' } }, { on: false }],
    ['a number that is calculated with', '{"n":{{ n }},"next":{{ n + 1 }}}', { n: { type: 'integer' } }, { n: 4 }],
    ['parts of a text', '{"value":"{{ a }}, {{ b }}."}', { a: text, b: text }, { a: 'One', b: 'two' }],
    ['no entries', rows, { rows: list }, { rows: [] }],
    ['one entry', rows, { rows: list }, { rows: [{ id: 'a', count: 1 }] }],
    ['entries', rows, { rows: list }, { rows: [1, 2, 3, 4].map((count) => ({ id: `row ${count}`, count })) }],
    [
      'lists in lists',
      '{"rows":[{% for row in rows %}[{% for cell in row.cells %}{{ cell | tojson }}{{ "," if not loop.last }}{% endfor %}]{{ "," if not loop.last }}{% endfor %}]}',
      {
        rows: {
          type: 'array',
          items: schemaOf({ cells: { type: 'array', items: text } }),
        },
      },
      {
        rows: [{ cells: ['a', 'b', 'c'] }, { cells: ['d'] }, { cells: ['e', 'f'] }],
      },
    ],
    [
      'a condition',
      '{"type":"Text","value":{{ title | tojson }}{% if late %},"color":"danger"{% endif %}}',
      { title: text, late: { type: 'boolean' } },
      { title: 'Late', late: true },
    ],
  ];
  for (const [name, template, properties, data] of known) {
    test(name, () => assert.deepEqual(roundTrip(template, properties, data), data));
  }

  const unknown: readonly (readonly [name: string, template: string, properties: JsonObject, data: JsonObject])[] = [
    ['a filter that loses something', '{"value":{{ title | upper | tojson }}}', { title: text }, { title: 'Ada' }],
    ['a filter that keeps this text', '{"value":{{ title | trim | tojson }}}', { title: text }, { title: 'Ada' }],
    [
      'a text that can be divided in several ways',
      '{"value":"{{ a }} {{ b }}"}',
      { a: text, b: text },
      { a: 'a b', b: 'c' },
    ],
    ['a condition with several answers', '{"n":{{ 1 if kind else 2 }}}', { kind: text }, { kind: 'a' }],
    ['a number of which only the sign is shown', '{"up":{{ (n > 0) | tojson }}}', { n: { type: 'number' } }, { n: 2 }],
  ];
  for (const [name, template, properties, data] of unknown) {
    test(`is not guessed: ${name}`, () => assert.equal(roundTrip(template, properties, data), null));
  }

  test('is not derived from the outputJsonPreview of another template', () => {
    const schema = schemaOf({ title: text });
    assert.equal(
      derivedData('{"type":"Text","value":{{ title | tojson }}}', schema, {
        type: 'Title',
        value: 'A',
      }),
      null,
    );
    assert.equal(derivedData('{"a":{{ title | tojson }},"b":{{ title | tojson }}}', schema, { a: 'A', b: 'B' }), null);
  });

  const folder = new URL('../../../../../shared/fixtures/widgets/', import.meta.url);
  test(
    'files of the designer are rendered with the texts of their outputJsonPreview',
    { skip: !existsSync(folder) },
    () => {
      const without: string[] = [];
      for (const name of readdirSync(folder).filter((each) => each.endsWith('.widget'))) {
        const read = parseWidgetFile(readFileSync(new URL(name, folder), 'utf8'));
        assert.ok(read.ok);
        const { template, jsonSchema, outputJsonPreview } = read.file;
        const data = derivedData(template, jsonSchema ?? {}, outputJsonPreview);
        if (data === null) {
          without.push(name);
          continue;
        }
        const rendered = renderTemplate(template, data);
        assert.ok(rendered.ok);
        const differences: readonly unknown[] = previewDifferences(outputJsonPreview as Json, rendered.json);
        assert.deepEqual(differences, [], name);
      }
      // Its template reads a name that its schema does not have.
      assert.deepEqual(without, ['line_select.widget']);
    },
  );
});

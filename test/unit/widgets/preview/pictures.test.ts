// Files without sample data show every text of the picture that they contain.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { previewFile } from '../../../../src/widgets/common/preview/previewFile.ts';
import type { DataChoice } from '../../../../src/widgets/common/preview/widgetPreview.ts';

const own: DataChoice = { source: 'own' };

function fileOf(parts: Readonly<Record<string, unknown>>, state?: string): string {
  const encoded =
    state === undefined ? {} : { encodedWidget: Buffer.from(`{"defaultState":${state}}`).toString('base64url') };
  return JSON.stringify({ version: '1.0', name: 'x', ...parts, ...encoded });
}

/** The texts that a user reads in a widget. */
function textsOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' && (key === 'value' || key === 'label') ? inner : textsOf(inner),
  );
}

const string = { type: 'string' };
const sections = ['Today', 'Tomorrow', 'Later'].map((title, at) => ({
  title,
  note: at === 1 ? null : `${at + 3} open`,
  tasks: ['Call', 'Write', 'Pay'].map((verb, number) => ({ name: `${verb} ${title}`, due: `${number + 9}:30` })),
}));
const board =
  '{"type":"Card","children":[{% for s in sections %}{"type":"Title","value":{{ s.title|tojson }}}' +
  '{% if s.note %},{"type":"Badge","label":{{ s.note|tojson }}}{% endif %}{% for t in s.tasks %},{"type":"Row","children":' +
  '[{"type":"Text","value":{{ t.name|tojson }}},{"type":"Caption","value":"{{ t.due }}"}]}{% endfor %}{{ "," if not loop.last }}{% endfor %}]}';
const task = { type: 'object', properties: { name: string, due: string } };
const section = {
  type: 'object',
  properties: {
    title: string,
    note: { anyOf: [string, { type: 'null' }] },
    tasks: { type: 'array', items: { $ref: '#/$defs/task' } },
  },
};
const names = ['Ann', 'Bo', 'Cy', 'Di'];
const drawn: readonly (readonly [string, string, Record<string, unknown>, Record<string, unknown>, number])[] = [
  [
    'sections with optional notes and lists in lists',
    board,
    { properties: { sections: { type: 'array', items: section } }, $defs: { task } },
    { sections },
    23,
  ],
  [
    'texts that are collected in a list of a namespace',
    '{% set ns = namespace(rows=[]) %}{% for p in people %}{% set _ = ns.rows.append({"type":"Text","value":p.name}) %}{% endfor %}{"type":"Card","children":{{ ns.rows|tojson }}}',
    { properties: { people: { type: 'array', items: { type: 'object', properties: { name: string } } } } },
    { people: names.map((name) => ({ name })) },
    4,
  ],
];

describe('no text of the picture is lost', () => {
  for (const [name, source, rest, data, count] of drawn) {
    test(name, () => {
      const state = JSON.stringify(data);
      const rendered = previewFile(fileOf({ template: source }, state), own);
      assert.deepEqual(rendered.problems, []);
      const outputJsonPreview: unknown = JSON.parse(rendered.output ?? '');
      const file = fileOf({ template: source, jsonSchema: { type: 'object', ...rest }, outputJsonPreview });
      const preview = previewFile(file, own);
      assert.equal(textsOf(outputJsonPreview).length, count);
      assert.deepEqual(textsOf(JSON.parse(preview.output ?? '')), textsOf(outputJsonPreview));
      assert.deepEqual(
        preview.problems.filter(({ severity }) => severity !== 'info'),
        [],
      );
    });
  }
});

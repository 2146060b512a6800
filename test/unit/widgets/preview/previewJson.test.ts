import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { findWidgets, previewJson } from '../../../../src/widgets/common/preview/previewJson.ts';
import { maybeWidget } from '../../../../src/widgets/common/preview/maybeWidget.ts';
import { previewMessages } from '../../../../src/widgets/common/preview/widgetPreview.ts';
import type { Json } from '../../../../src/base/common/json.ts';

const card = { type: 'Card', children: [{ type: 'Text', value: 'hi' }] };
const options = { selected: 0, hasSchema: false };

describe('widgets in a JSON document', () => {
  const cases: readonly (readonly [string, Json, readonly string[]])[] = [
    ['the document itself', card, ['']],
    ['a component that cannot be a root, but is all there is', { type: 'Row', children: [card] }, ['']],
    ['an item of the REST API', { id: 'cti_1', type: 'chatkit.widget', widget: JSON.stringify(card) }, ['/widget']],
    ['an item of a server', { id: 'i', type: 'widget', widget: card }, ['/widget']],
    [
      'a page of items',
      { data: [{ widget: card }, { text: 'x' }, { widget: card }] },
      ['/data/0/widget', '/data/2/widget'],
    ],
    ['names that need escaping', { 'a/b': { '~': card } }, ['/a~1b/~0']],
    ['none', { type: 'person', children: [] }, []],
    ['text that only looks like it', { a: '{"type":"Card"', b: '{"type":"Row"}' }, []],
    ['no object', 7, []],
  ];
  for (const [what, json, expected] of cases) {
    test(what, () => {
      assert.deepEqual(
        findWidgets(json).map(({ pointer }) => pointer),
        expected,
      );
      const found = expected.some((pointer) => pointer !== '') || json === card;
      if (found) assert.ok(maybeWidget(JSON.stringify(json)));
    });
  }

  test('previews the selected widget, or the last one if there are fewer', () => {
    const text = JSON.stringify([card, { type: 'Basic', children: [] }]);
    assert.match(previewJson(text, { ...options, selected: 1 }).output ?? '', /Basic/);
    assert.equal(previewJson(text, { ...options, selected: 9 }).selected, 1);
    assert.deepEqual(previewJson(text, options).widgets, ['/0', '/1']);
  });

  test('reports problems in the document, also inside a JSON string', () => {
    const bad = { type: 'Card', children: [{ type: 'Text', value: 'say "hi"', weight: 'fat' }] };
    for (const [text, mark] of [
      [JSON.stringify({ widget: bad }), '"fat"'],
      [JSON.stringify({ widget: JSON.stringify(bad) }), '\\"fat\\"'],
    ] as const) {
      const [problem] = previewJson(text, options).problems;
      assert.equal(problem?.path, '/children/0/weight');
      const { offset = 0, length = 0 } = problem?.range ?? {};
      assert.equal(text.slice(offset, offset + length), mark);
    }
  });

  test('allows comments and reports errors with their position', () => {
    assert.deepEqual(previewJson(`// a card\n${JSON.stringify(card)}`, options).problems, []);
    const [problem] = previewJson('{ "type": "Card", "children": [ }', options).problems;
    assert.equal(problem?.bySchema, true);
    assert.equal(problem?.range.offset, 32);
  });

  test('marks problems that the schema reports too', () => {
    const text = JSON.stringify({ type: 'Card', sise: 1, children: [{ type: 'Icon', name: 'nope' }] });
    const marks = (hasSchema: boolean) =>
      previewJson(text, { ...options, hasSchema }).problems.map(({ bySchema }) => bySchema);
    assert.deepEqual(marks(true), [true, false]);
    assert.deepEqual(marks(false), [false, false]);
  });

  test('accepts documents that are nested more deeply than calls', () => {
    const within = (levels: number) => `${'['.repeat(levels)}${JSON.stringify(card)}${']'.repeat(levels)}`;
    assert.notEqual(previewJson(within(400), options).output, null);
    const { output, problems } = previewJson(within(20_000), options);
    assert.equal(output, null);
    assert.equal(problems[0]?.message, previewMessages.tooDeep());
    const widget = `{"type":"Card","children":${'[{"type":"Box","children":'.repeat(5_000)}[]${'}]'.repeat(5_000)}}`;
    const preview = previewJson(widget, options);
    assert.ok(preview.problems.length > 0);
  });

  test('never throws for any JSON or text', () => {
    const survives = (text: string) => void previewJson(text, options);
    fc.assert(fc.property(fc.oneof(fc.json(), fc.string()), survives), { numRuns: 300 });
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AssistantPart, Source } from '../../../src/chatkit/common/model/content.ts';
import type { StructuredInputField } from '../../../src/chatkit/common/model/item.ts';
import { ToolOutputs } from '../../../src/inspector/vscode/toolOutputs.ts';
import { footnotesOf } from '../../../src/inspector/webview/items/footnotesOf.ts';
import { answersOf, toggleOption, unansweredIds } from '../../../src/conversation/webview/items/inputAnswers.ts';
import { MementoDouble } from '../../support/memento.ts';

const file = (filename: string): Source => ({
  type: 'file',
  filename,
  title: null,
  description: null,
  timestamp: null,
  group: null,
});
const part = (...annotations: readonly (readonly [name: string, index: number | null])[]): AssistantPart => ({
  text: 'x'.repeat(100),
  annotations: annotations.map(([name, index]) => ({ source: file(name), index })),
});
const summaryOf = (parts: readonly AssistantPart[]) => {
  const { parts: places, sources } = footnotesOf(parts);
  return {
    places: places.map((notes) => notes.map(({ number, index }) => `${number}@${index}`).join(' ')),
    sources: sources.map(({ source, footnote }) => `${footnote} ${source.type === 'file' ? source.filename : ''}`),
  };
};

describe('footnotes', () => {
  for (const [what, parts, places, sources] of [
    ['have no number if no source has a position', [part(['a', null])], [''], ['null a']],
    ['are numbered in the order of the text', [part(['b', 9], ['a', 3])], ['1@3 2@9'], ['1 a', '2 b']],
    ['at the same position are combined', [part(['a', 3], ['b', 7], ['c', 3])], ['1@3 2@7'], ['1 a', '1 c', '2 b']],
    ['continue numbering in the next part', [part(['a', 3]), part(['b', 3])], ['1@3', '2@3'], ['1 a', '2 b']],
    ['are listed before sources of the whole text', [part(['a', null], ['b', 0])], ['1@0'], ['1 b', 'null a']],
  ] as const) {
    test(what, () => assert.deepEqual(summaryOf(parts), { places, sources }));
  }
});

describe('answers to a form', () => {
  const field = (id: string, multiple = false): StructuredInputField => ({
    id,
    question: id,
    type: 'multiple_choice',
    description: null,
    options: ['A', 'B'],
    multiple,
    answer: null,
  });
  const one = field('one');
  const many = field('many', true);

  test('a second option replaces the first in a single choice', () => {
    assert.deepEqual(toggleOption(one, { values: ['A'], skipped: false }, 'B').values, ['B']);
  });

  test('several options can be selected and cleared in a multiple choice', () => {
    const both = toggleOption(many, toggleOption(many, { values: [], skipped: true }, 'B'), 'A');
    assert.deepEqual(both, { values: ['B', 'A'], skipped: false });
    assert.deepEqual(toggleOption(many, both, 'B').values, ['A']);
  });

  test('reports fields that are neither answered nor skipped', () => {
    const given = { one: { values: [' '], skipped: false }, many: { values: [], skipped: true } };
    assert.deepEqual(unansweredIds([one, many, field('late')], given), ['one', 'late']);
  });

  test('a skipped field is sent without values', () => {
    const given = { one: { values: ['A'], skipped: true } };
    assert.deepEqual(answersOf([one, many], given), {
      one: { values: [], skipped: true },
      many: { values: [], skipped: false },
    });
  });
});

describe('outputs that a user entered', () => {
  test('are saved per connection and tool; the last one replaces earlier ones', async () => {
    const outputs = new ToolOutputs(new MementoDouble());
    await outputs.remember('a', 'tool', '1');
    await outputs.remember('a', 'tool', '2');
    await outputs.remember('b', 'tool', '3');
    assert.deepEqual(
      [outputs.last('a', 'tool'), outputs.last('b', 'tool'), outputs.last('a', 'other')],
      ['2', '3', null],
    );
  });

  test('are limited in number and size', async () => {
    const outputs = new ToolOutputs(new MementoDouble());
    for (let tool = 0; tool <= 50; tool += 1) await outputs.remember('a', `tool ${tool}`, '1');
    assert.deepEqual([outputs.last('a', 'tool 0'), outputs.last('a', 'tool 1')], [null, '1']);
    await outputs.remember('a', 'tool 1', `"${'x'.repeat(20_000)}"`);
    assert.equal(outputs.last('a', 'tool 1'), '1');
  });
});

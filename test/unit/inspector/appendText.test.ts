import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type TextDelta, joinTextDeltas } from '../../../src/chatkit/common/stream/applyUpdate.ts';
import { type InspectorItem, maxItemText, valueOf } from '../../../src/inspector/common/inspectorItem.ts';
import { appendTextToTranscript, fromLayout } from '../../../src/inspector/webview/state/transcript.ts';
import { IncrementalBlocks } from '../../../src/base/webview/markdown/incrementalBlocks.ts';

const bounds = { reachesStart: true, reachesEnd: true, asOf: 1, stopped: null, duplicateIds: [] };
const answer = (id: string, text = ''): InspectorItem => ({
  kind: 'assistant_message',
  id,
  threadId: 't',
  createdAt: 1,
  parts: [{ text, annotations: [] }],
});
const text = (itemId: string, delta: string, index = 0): TextDelta => ({
  itemId,
  update: { type: 'textDelta', index, delta },
});
const textOf = (item: InspectorItem | undefined) =>
  item?.kind === 'assistant_message' ? item.parts.map((part) => part.text) : [];

describe('text that is appended to items', () => {
  const start = (...windows: readonly (readonly InspectorItem[])[]) =>
    fromLayout({ windows: windows.map((items) => items.map(({ id }) => id)), ...bounds }, windows.flat());

  test('is added to the item, its window and the transcript, and nothing else changes', () => {
    const before = start([answer('a'), answer('b', 'x')], [answer('c'), answer('d')]);
    const after = appendTextToTranscript(before, [text('b', 'y'), text('d', 'z', 1), text('b', '!')]);
    assert.deepEqual(after.items.map(textOf), [[''], ['xy!'], [''], ['', 'z']]);
    assert.deepEqual(after.windows.flat(), after.items);
    assert.equal(after.byId.get('b'), after.items[1]);
    assert.equal(after.items[0], before.items[0]);
    assert.equal(after.turns, before.turns);
    assert.equal(after.keys, before.keys);
  });

  test('is ignored for an item that is missing or of another kind', () => {
    const before = start([answer('a')]);
    const widget: TextDelta = {
      itemId: 'a',
      update: { type: 'widgetText', componentId: 'w', delta: 'x', done: false },
    };
    assert.equal(appendTextToTranscript(before, [text('nowhere', 'x'), widget, text('a', 'x', -1)]), before);
  });

  test('stops at the maximum length of an item', () => {
    const before = start([answer('a', 'x'.repeat(maxItemText))]);
    const [after] = appendTextToTranscript(before, [text('a', 'more')]).items;
    assert.equal(textOf(after)[0]?.length, maxItemText);
    assert.equal(after?.clipped, true);
  });

  test('is added to the widget node with its id', () => {
    const value = { type: 'Card', children: [{ type: 'Text', id: 'w', value: 'a' }] };
    const widget: InspectorItem = {
      kind: 'widget',
      id: 'a',
      threadId: 't',
      createdAt: 1,
      copyText: null,
      widget: { form: 'json', text: JSON.stringify(value), doubleEncoded: false },
    };
    const update = { type: 'widgetText', componentId: 'w', delta: 'b', done: true } as const;
    const [after] = appendTextToTranscript(start([widget]), [{ itemId: 'a', update }]).items;
    assert.ok(after?.kind === 'widget' && after.widget.form === 'json');
    assert.deepEqual(JSON.parse(after.widget.text), {
      type: 'Card',
      children: [{ type: 'Text', id: 'w', value: 'ab', streaming: false }],
    });
    assert.equal(valueOf(after.widget), valueOf(after.widget));
  });

  test('is merged with the previous delta of the same text', () => {
    const list: TextDelta[] = [];
    for (const delta of [text('a', '1'), text('a', '2'), text('b', '3'), text('a', '4'), text('a', '5', 1)]) {
      joinTextDeltas(list, delta);
    }
    assert.deepEqual(list, [text('a', '12'), text('b', '3'), text('a', '4'), text('a', '5', 1)]);
  });
});

describe('Markdown that is still streaming', () => {
  const cases: readonly (readonly [what: string, text: string, done: readonly string[]])[] = [
    ['a paragraph ends where the next one starts', 'one\n\ntwo\n', ['one\n\n']],
    ['an incomplete line does not end a block', 'one\n\ntw', []],
    ['a list continues after an empty line', '- a\n\n- b\n\nend\n', ['- a\n\n- b\n\n']],
    ['a numbered list continues after an empty line', '1. a\n\n2. b\n', []],
    ['an indented line continues a list', '- a\n\n  more\n', []],
    ['empty lines in code do not end the block', '```js\na\n\nb\n```\n\nend\n', ['```js\na\n\nb\n```\n\n']],
    ['empty lines in formulas do not end the block', '$$\na\n\nb\n$$\n\nend\n', ['$$\na\n\nb\n$$\n\n']],
    ['a formula on one line is complete', '$$a$$\n\nend\n', ['$$a$$\n\n']],
    ['headings and paragraphs are separate blocks', '# a\n\nb\n\nc\n', ['# a\n\n', 'b\n\n']],
  ];
  for (const [what, whole, done] of cases) {
    test(what, () => {
      assert.deepEqual(new IncrementalBlocks().update(whole).done, done);
      // The result does not depend on the chunks.
      const slowly = new IncrementalBlocks();
      let last = slowly.update('');
      for (let end = 1; end <= whole.length; end += 1) {
        last = slowly.update(whole.slice(0, end));
        assert.equal([...last.done, last.rest].join(''), whole.slice(0, end));
      }
      assert.deepEqual(last.done, done);
    });
  }

  test('starts again if the text does not continue', () => {
    const blocks = new IncrementalBlocks();
    blocks.update('one\n\ntwo\n');
    assert.deepEqual(blocks.update('two'), { done: [], rest: 'two' });
  });
});

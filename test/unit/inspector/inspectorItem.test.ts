import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parseJsonText } from '../../../src/base/common/parseJson.ts';
import type { ThreadItem } from '../../../src/chatkit/common/model/item.ts';
import {
  maxItemText,
  maxJsonDepth,
  maxJsonText,
  toInspectorItem,
} from '../../../src/inspector/common/inspectorItem.ts';

const base = { id: 'i', threadId: 't', createdAt: 1, raw: { secret: 'raw' } };
const message = (...texts: string[]): ThreadItem => ({
  ...base,
  kind: 'assistant_message',
  parts: texts.map((text) => ({ text, annotations: [] })),
});
const tool = (args: string, output: unknown): ThreadItem => ({
  ...base,
  kind: 'client_tool_call',
  status: 'completed',
  wireStatus: 'completed',
  callId: 'c',
  name: 'n',
  arguments: parseJsonText(args),
  output: parseJsonText(output),
});
const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

describe('toInspectorItem', () => {
  test('removes the raw JSON and changes nothing else', () => {
    const { raw: _raw, ...view } = message('Hello') as ThreadItem & { kind: 'assistant_message' };
    assert.deepEqual(toInspectorItem(message('Hello')), view);
  });

  test('truncates a huge text and marks it', () => {
    const item = toInspectorItem(message('x'.repeat(10_000_000)));
    assert.equal(item.clipped, true);
    assert.ok(item.kind === 'assistant_message');
    assert.equal(item.parts[0]?.text.length, maxItemText);
  });

  test('limits the total length of all texts', () => {
    const item = toInspectorItem(message(...Array.from({ length: 50 }, () => 'y'.repeat(5_000))));
    assert.equal(item.clipped, true);
    assert.ok(JSON.stringify(item).length < maxItemText + 50 * 400);
  });

  test('truncates long lists', () => {
    const item = toInspectorItem(message(...Array.from({ length: 5_000 }, () => 'z')));
    assert.ok(item.kind === 'assistant_message');
    assert.equal(item.parts.length, 500);
    assert.equal(item.clipped, true);
  });

  test('does not truncate within a surrogate pair', () => {
    const item = toInspectorItem(message(`a${'😀'.repeat(maxItemText)}`));
    assert.ok(item.kind === 'assistant_message');
    assert.doesNotThrow(() => encodeURIComponent(item.parts[0]?.text ?? ''));
  });

  test('sends JSON once, as text that the page parses when it is shown', () => {
    const item = toInspectorItem(tool('{"a":1}', '"{\\"b\\":2}"'));
    assert.ok(item.kind === 'client_tool_call');
    assert.deepEqual(item.arguments, { form: 'json', text: '{"a":1}', doubleEncoded: false });
    assert.deepEqual(item.output, { form: 'json', text: '{"b":2}', doubleEncoded: true });
    assert.equal(item.clipped, undefined);
  });

  test('JSON in a large item does not count against the limit of the texts', () => {
    const item = toInspectorItem(tool(JSON.stringify({ text: 'x'.repeat(maxItemText * 2) }), null));
    assert.ok(item.kind === 'client_tool_call');
    assert.equal(item.arguments.form, 'json');
    assert.equal(item.clipped, undefined);
  });

  for (const [what, args, form] of [
    ['nothing', null, 'absent'],
    ['text that is not JSON', '{oops', 'invalid'],
    ['a real value', { a: 1 }, 'json'],
    ['too large a text', `"${'x'.repeat(maxJsonText)}"`, 'clipped'],
    ['too large a value', { x: 'x'.repeat(maxJsonText) }, 'clipped'],
    ['too large a text that is not JSON', '{'.repeat(maxJsonText + 1), 'clipped'],
    ['as deep as may be', nested(maxJsonDepth - 1), 'json'],
    ['deeper', nested(maxJsonDepth + 2), 'clipped'],
    ['deep enough to break a recursion', nested(100_000), 'clipped'],
    ['deep inside text', JSON.stringify(nested(5_000)), 'clipped'],
  ] as const) {
    test(`output that is ${what}: ${form}`, () => {
      const item = toInspectorItem(tool('{}', args));
      assert.ok(item.kind === 'client_tool_call');
      assert.equal(item.output.form, form);
      assert.equal(item.clipped, form === 'clipped' ? true : undefined);
      assert.doesNotThrow(() => JSON.stringify(item));
      assert.ok(JSON.stringify(item).length < maxJsonText * 1.1);
    });
  }

  test('does not send a large data URL', () => {
    const url = `data:image/png;base64,${'A'.repeat(500_000)}`;
    const item = toInspectorItem({ ...base, kind: 'generated_image', image: { id: 'x', url }, progress: null });
    assert.ok(item.kind === 'generated_image');
    assert.deepEqual(item.image, { id: 'x', url: null });
  });

  test('does not send a large preview of an attachment', () => {
    const item = toInspectorItem({
      ...base,
      kind: 'user_message',
      content: [],
      attachments: [
        { id: 'a', type: 'image', name: 'a.png', mimeType: 'image/png', previewUrl: `data:,${'A'.repeat(50_000)}` },
      ],
      inference: null,
    });
    assert.ok(item.kind === 'user_message');
    assert.equal(item.attachments[0]?.previewUrl, null);
    assert.equal(item.clipped, true);
  });

  test('does not change the original item', () => {
    const item = message('x'.repeat(100_000));
    const before = JSON.stringify(item);
    toInspectorItem(item);
    assert.equal(JSON.stringify(item), before);
  });
});

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
  test('leaves the raw JSON behind and the rest as it is', () => {
    const { raw: _raw, ...view } = message('Hello') as ThreadItem & { kind: 'assistant_message' };
    assert.deepEqual(toInspectorItem(message('Hello')), view);
  });

  test('a huge text travels as its first part and is marked', () => {
    const item = toInspectorItem(message('x'.repeat(10_000_000)));
    assert.equal(item.clipped, true);
    assert.ok(item.kind === 'assistant_message');
    assert.equal(item.parts[0]?.text.length, maxItemText);
  });

  test('what all texts together may hold is bounded, not each', () => {
    const item = toInspectorItem(message(...Array.from({ length: 50 }, () => 'y'.repeat(5_000))));
    assert.equal(item.clipped, true);
    assert.ok(JSON.stringify(item).length < maxItemText + 50 * 400);
  });

  test('long lists are cut', () => {
    const item = toInspectorItem(message(...Array.from({ length: 5_000 }, () => 'z')));
    assert.ok(item.kind === 'assistant_message');
    assert.equal(item.parts.length, 500);
    assert.equal(item.clipped, true);
  });

  test('a cut never tears a sign apart', () => {
    const item = toInspectorItem(message(`a${'😀'.repeat(maxItemText)}`));
    assert.ok(item.kind === 'assistant_message');
    assert.doesNotThrow(() => encodeURIComponent(item.parts[0]?.text ?? ''));
  });

  test('JSON travels once, as a value', () => {
    const item = toInspectorItem(tool('{"a":1}', '"{\\"b\\":2}"'));
    assert.ok(item.kind === 'client_tool_call');
    assert.deepEqual(item.arguments, { form: 'json', value: { a: 1 }, doubleEncoded: false });
    assert.deepEqual(item.output, { form: 'json', value: { b: 2 }, doubleEncoded: true });
    assert.equal(item.clipped, undefined);
  });

  test('JSON within a large item does not use up what the texts may hold', () => {
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

  test('a large data URL stays with the host', () => {
    const url = `data:image/png;base64,${'A'.repeat(500_000)}`;
    const item = toInspectorItem({ ...base, kind: 'generated_image', image: { id: 'x', url }, progress: null });
    assert.ok(item.kind === 'generated_image');
    assert.deepEqual(item.image, { id: 'x', url: null });
  });

  test('so does the preview of an attachment', () => {
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

  test('the item itself is not changed', () => {
    const item = message('x'.repeat(100_000));
    const before = JSON.stringify(item);
    toInspectorItem(item);
    assert.equal(JSON.stringify(item), before);
  });
});

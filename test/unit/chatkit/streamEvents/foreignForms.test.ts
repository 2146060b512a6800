// Streams of servers that were written for another API, or by hand, and how they change what is shown.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../../../../src/base/common/json.ts';
import { ruleOf } from '../../../../src/chatkit/common/protocolProblems/catalogue/catalogue.ts';
import { FrameReader } from '../../../../src/chatkit/common/streamEvents/frameReader.ts';
import { StreamState } from '../../../../src/chatkit/common/stream/streamState.ts';
import { foreignTextOf, objectsIn } from '../../../../src/chatkit/common/streamEvents/foreignForms.ts';
import { StreamReader } from '../../../../src/chatkit/common/streamEvents/streamReader.ts';
import { ServerReading } from '../../../../src/chatkit/common/wire/reading.ts';

/** The state after the events of a stream, and the rules that they violate. */
function stream(...events: readonly JsonObject[]): { readonly state: StreamState; readonly rules: readonly string[] } {
  const rules = new Set<string>();
  const problems = { report: (rule: Parameters<typeof ruleOf>[0]) => void rules.add(ruleOf(rule).name) };
  const reading = new ServerReading({ required: 'iso', problems });
  const reader = new StreamReader({ command: 'threads.custom_action', threadId: 'thr_1', reading });
  const state = new StreamState();
  const frames = new FrameReader().push(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''));
  for (const frame of frames) {
    for (const { event } of reader.read(frame).events) {
      state.apply(
        state.resolve(event, () => undefined),
        () => undefined,
      );
    }
  }
  return { state, rules: [...rules] };
}

const item = (id: string, type: string, more: JsonObject): JsonObject => ({
  ...{ id, type, thread_id: 'thr_1', created_at: '2026-01-02T03:04:05Z' },
  ...more,
});
const text = { type: 'Text', id: 't', value: 'A', color: 'info' };
const widget = item('w', 'widget', { widget: { type: 'Card', children: [text] } });
const added = (one: JsonObject): JsonObject => ({ type: 'thread.item.added', item: one });
const update = (of: JsonObject): JsonObject => ({ type: 'thread.item.updated', item_id: 'w', update: of });
const shown = (state: StreamState, id: string): unknown => {
  const found = state.item(id);
  return found?.kind === 'widget' && 'value' in found.widget ? found.widget.value : found;
};

describe('fields of events in another place', () => {
  test('a notice', () => {
    const { state, rules } = stream({ type: 'notice', notice: { level: 'warning', message: 'Slow' } });
    assert.deepEqual(state.notices, [{ level: 'warning', message: 'Slow', title: null }]);
    assert.deepEqual(rules, ['invalidEvent']);
  });

  test('progress', () => {
    const { state, rules } = stream({ type: 'progress_update', message: 'Searching', percent: 30 });
    assert.deepEqual([state.progress, rules], [{ text: 'Searching', icon: null }, ['invalidEvent']]);
  });

  test('an effect', () => {
    const { state, rules } = stream({ type: 'client_effect', effect: { name: 'open', data: { a: 1 } } });
    assert.deepEqual([state.effects, rules], [[{ name: 'open', data: { a: 1 } }], ['invalidEvent']]);
  });

  test('options', () => {
    const { state } = stream({ type: 'stream_options', options: { allow_cancel: false } });
    assert.equal(state.allowCancel, false);
  });

  for (const removal of [{ item: { id: 'w' } }, { id: 'w' }, { item: 'w' }]) {
    test(`a removal with ${JSON.stringify(removal)}`, () => {
      const { state, rules } = stream(added(widget), { type: 'thread.item.removed', ...removal });
      assert.deepEqual([state.items, [...state.removed]], [[], ['w']]);
      assert.deepEqual(rules, ['invalidEvent']);
    });
  }
});

describe('widgets', () => {
  test('a component of which only properties are sent keeps the others', () => {
    const change = { type: 'widget.component.updated', component_id: 't', properties: { value: 'B' } };
    const { state, rules } = stream(added(widget), update(change));
    assert.deepEqual(shown(state, 'w'), { type: 'Card', children: [{ ...text, value: 'B' }] });
    assert.deepEqual(rules, ['invalidUpdate']);
  });

  for (const change of [
    { type: 'widget.component.updated', component_id: 't' },
    { type: 'widget.root.updated', widget: null },
  ]) {
    test(`remains where ${change.type} contains nothing`, () => {
      const { state, rules } = stream(added(widget), update(change));
      assert.deepEqual(shown(state, 'w'), { type: 'Card', children: [text] });
      assert.deepEqual(rules, ['invalidUpdate']);
    });
  }

  test('one that replaces another with its own id removes it', () => {
    const { state, rules } = stream(added(widget), {
      type: 'thread.item.replaced',
      old_item_id: 'w',
      item: { ...widget, id: 'w2' },
    });
    assert.deepEqual([state.items.map(({ id }) => id), [...state.removed]], [['w2'], ['w']]);
    assert.deepEqual(rules, ['idChangedBeforeDone']);
  });
});

describe('text of other APIs', () => {
  const texts: readonly (readonly [JsonObject, ReturnType<typeof foreignTextOf>])[] = [
    [
      { type: 'thread.message.delta', delta: { content: [{ type: 'text', text: { value: 'Hi' } }] } },
      delta(null, 'Hi'),
    ],
    [{ type: 'response.output_text.delta', item_id: 'm', delta: 'Hi' }, delta('m', 'Hi')],
    [{ type: 'TEXT_MESSAGE_CONTENT', messageId: 'm', delta: 'Hi' }, delta('m', 'Hi')],
    [{ type: 'text-delta', id: 'm', delta: 'Hi' }, delta('m', 'Hi')],
    [{ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'Hi' } }, delta(null, 'Hi')],
    [{ type: 'token', content: 'Hi' }, delta(null, 'Hi')],
    [{ choices: [{ delta: { content: 'Hi' } }], id: 'chat_1' }, delta('chat_1', 'Hi')],
    [{ choices: [{ delta: {}, finish_reason: 'stop' }] }, { id: null, kind: 'end', text: '' }],
    [
      { type: 'thread.message.completed', message: { id: 'm', content: 'Hi' } },
      { id: 'm', kind: 'whole', text: 'Hi' },
    ],
    [
      { type: 'text-end', id: 'm' },
      { id: 'm', kind: 'end', text: '' },
    ],
    [{ type: 'reasoning-delta', delta: 'Hm' }, null],
    [{ type: 'response.function_call_arguments.delta', delta: '{' }, null],
    [{ type: 'usage', text: '3 tokens' }, null],
    [{ hello: 1 }, null],
    [{ message: 'Hi' }, null],
  ];
  for (const [event, expected] of texts) {
    test(JSON.stringify(event), () => assert.deepEqual(foreignTextOf(event), expected));
  }

  function delta(id: string | null, of: string): ReturnType<typeof foreignTextOf> {
    return { id, kind: 'delta', text: of };
  }

  test('one answer of deltas without an id, and no invented fields are reported', () => {
    const { state, rules } = stream({ delta: 'Hel' }, { delta: 'lo' });
    const [answer, ...others] = state.items;
    assert.deepEqual(answer?.kind === 'assistant_message' && answer.parts.map((part) => part.text), ['Hello']);
    assert.deepEqual([others, answer?.createdAt, state.open.size, rules], [[], null, 1, ['foreignText']]);
  });

  test('the complete text replaces the deltas', () => {
    const { state } = stream(
      { type: 'thread.message.delta', message_id: 'm', delta: { content: 'Hel' } },
      { type: 'thread.message.completed', message_id: 'm', content: 'Hello!' },
    );
    const [answer, ...others] = state.items;
    assert.deepEqual(answer?.kind === 'assistant_message' && answer.parts.map((part) => part.text), ['Hello!']);
    assert.deepEqual([others, state.open.size], [[], 0]);
  });
});

describe('objects in a text', () => {
  const texts: readonly (readonly [string, readonly unknown[] | null])[] = [
    ['data: {"a":"}"}\\n\\ndata: {"b":1}\\n\\n', [{ a: '}' }, { b: 1 }]],
    ['b\'{"a":1}\\n\\n\'', [{ a: 1 }]],
    ['{"a":1}{"b":2}', [{ a: 1 }, { b: 2 }]],
    ['{"a":1} INFO: done', null],
    ['{"a":1', null],
    ['', null],
    ['Hello', null],
  ];
  for (const [given, expected] of texts) {
    test(JSON.stringify(given), () => assert.deepEqual(objectsIn(given), expected));
  }

  test('are found in linear time', { timeout: 20_000 }, () => {
    assert.equal(objectsIn('{'.repeat(2_000_000)), null);
    assert.equal(objectsIn(`${'data:'.repeat(400_000)}x`), null);
  });
});

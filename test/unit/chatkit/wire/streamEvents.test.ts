import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../../../../src/base/common/json.ts';
import { applyUpdate } from '../../../../src/chatkit/common/stream/applyUpdate.ts';
import { toItemUpdate, toStreamEvent } from '../../../../src/chatkit/common/wire/server/event.ts';
import { toServerItem } from '../../../../src/chatkit/common/wire/server/item.ts';

const wireItem = (id: string, fields: object) =>
  ({ id, thread_id: 'thr_1', created_at: '2026-01-02T03:04:05', ...fields }) as unknown as Json;
const item = (fields: object, id = 'm') => toServerItem(wireItem(id, fields), 'thr_1');
const answer = (...texts: string[]) => ({
  type: 'assistant_message',
  content: texts.map((text) => ({ type: 'output_text', text, annotations: [] })),
});
const thread = { id: 'thr_1', created_at: '2026-01-02T03:04:05', status: { type: 'active' }, metadata: {} };

describe('events', () => {
  const rows: [raw: Json, event: object][] = [
    [
      { type: 'thread.item.removed', item_id: 'm' },
      { type: 'itemRemoved', itemId: 'm' },
    ],
    [
      { type: 'stream_options', stream_options: { allow_cancel: false } },
      { type: 'options', allowCancel: false },
    ],
    [
      { type: 'stream_options', stream_options: {} },
      { type: 'options', allowCancel: true },
    ],
    [
      { type: 'progress_update', text: 'Looking' },
      { type: 'progress', text: 'Looking', icon: null },
    ],
    [
      { type: 'progress_update', text: 'x', icon: 'search' },
      { type: 'progress', text: 'x', icon: 'search' },
    ],
    [
      { type: 'client_effect', name: 'n', data: { a: 1 } },
      { type: 'effect', name: 'n', data: { a: 1 } },
    ],
    [
      { type: 'client_effect', name: 'n' },
      { type: 'effect', name: 'n', data: {} },
    ],
    [
      { type: 'notice', level: 'warning', message: '**m**' },
      { type: 'notice', level: 'warning', message: '**m**', title: null },
    ],
    [
      { type: 'error', code: 'stream.error', allow_retry: true },
      { type: 'error', code: 'stream.error', message: null, allowRetry: true },
    ],
    [{ type: 'error' }, { type: 'error', code: 'custom', message: null, allowRetry: false }],
    [{ type: 'thread.renamed' }, { type: 'unknown', wireType: 'thread.renamed', problem: null }],
    [{ type: 'constructor' }, { type: 'unknown', wireType: 'constructor', problem: null }],
    [{}, { type: 'unknown', wireType: null, problem: 'type: expected string' }],
    [null, { type: 'unknown', wireType: null, problem: 'type: expected string' }],
    [
      { type: 'notice', level: 1 },
      { type: 'unknown', wireType: 'notice', problem: 'level: expected string, received number (and 1 more)' },
    ],
    [
      { type: 'thread.created', thread: {} },
      { type: 'unknown', wireType: 'thread.created', problem: 'thread: has no id' },
    ],
    [{ type: 'thread.item.done' }, { type: 'unknown', wireType: 'thread.item.done', problem: 'item: is missing' }],
  ];
  for (const [raw, event] of rows) {
    test(JSON.stringify(raw), () => assert.deepEqual(toStreamEvent(raw, 'thr_1'), event));
  }

  test('threads and items are converted to the model', () => {
    for (const type of ['thread.created', 'thread.updated']) {
      const event = toStreamEvent({ type, thread }, 'thr_1');
      assert.ok((event.type === 'threadCreated' || event.type === 'threadUpdated') && event.thread.id === 'thr_1');
    }
    const types = { added: 'itemAdded', done: 'itemDone', replaced: 'itemReplaced' };
    for (const [wire, type] of Object.entries(types)) {
      const raw = { type: `thread.item.${wire}`, item: wireItem('m', answer('a')) };
      assert.deepEqual(toStreamEvent(raw, 'thr_1'), { type, item: item(answer('a')) });
    }
  });

  test('an item without a thread id belongs to the current thread', () => {
    const event = toStreamEvent({ type: 'thread.item.done', item: { id: 'm', ...answer('a') } }, 'thr_asked');
    assert.ok(event.type === 'itemDone' && event.item.threadId === 'thr_asked');
  });
});

describe('changes of an item', () => {
  const card = {
    type: 'widget',
    widget: {
      type: 'Card',
      children: [
        { type: 'Text', id: 't', value: 'a', streaming: true },
        { type: 'Transition', children: { type: 'Markdown', id: 'md' } },
      ],
    },
  };
  const flow = (...titles: string[]) => ({
    type: 'workflow',
    workflow: { type: 'custom', tasks: titles.map((title) => ({ type: 'custom', title })) },
  });
  const task = (title: string) => ({ type: 'custom', title });
  const source = { type: 'annotation', source: { type: 'url', title: 'T', url: 'https://x' } };
  const part = 'assistant_message.content_part';
  const withAnnotations = (...titles: string[]) => ({
    type: 'assistant_message',
    content: [
      {
        type: 'output_text',
        text: 'a',
        annotations: titles.map((title) => ({ ...source, source: { ...source.source, title } })),
      },
    ],
  });

  const rows: [name: string, before: object, update: Json, after: object][] = [
    ['text', answer('a'), { type: `${part}.text_delta`, content_index: 0, delta: 'b' }, answer('ab')],
    [
      'text of a part that follows later',
      answer(),
      { type: `${part}.text_delta`, content_index: 1, delta: 'b' },
      answer('', 'b'),
    ],
    [
      'a new part',
      answer('a'),
      { type: `${part}.added`, content_index: 1, content: answer('b').content[0] ?? null },
      answer('a', 'b'),
    ],
    [
      'a part in its final form',
      answer('a', 'b'),
      { type: `${part}.done`, content_index: 0, content: answer('A').content[0] ?? null },
      answer('A', 'b'),
    ],
    [
      'a source in front',
      withAnnotations('T1'),
      {
        type: `${part}.annotation_added`,
        content_index: 0,
        annotation_index: 0,
        annotation: { ...source, source: { ...source.source, title: 'T0' } },
      },
      withAnnotations('T0', 'T1'),
    ],
    [
      'a source beyond the end',
      withAnnotations('T1'),
      {
        type: `${part}.annotation_added`,
        content_index: 0,
        annotation_index: 9,
        annotation: { ...source, source: { ...source.source, title: 'T2' } },
      },
      withAnnotations('T1', 'T2'),
    ],
    [
      'text of a widget',
      card,
      { type: 'widget.streaming_text.value_delta', component_id: 't', delta: 'b', done: false },
      {
        type: 'widget',
        widget: {
          type: 'Card',
          children: [{ type: 'Text', id: 't', value: 'ab', streaming: true }, card.widget.children[1]],
        },
      },
    ],
    [
      'the end of text in a single child without a value',
      card,
      { type: 'widget.streaming_text.value_delta', component_id: 'md', delta: 'x', done: true },
      {
        type: 'widget',
        widget: {
          type: 'Card',
          children: [
            card.widget.children[0],
            { type: 'Transition', children: { type: 'Markdown', id: 'md', value: 'x', streaming: false } },
          ],
        },
      },
    ],
    [
      'a component',
      card,
      { type: 'widget.component.updated', component_id: 't', component: { type: 'Title', id: 't', value: 'T' } },
      {
        type: 'widget',
        widget: { type: 'Card', children: [{ type: 'Title', id: 't', value: 'T' }, card.widget.children[1]] },
      },
    ],
    [
      'the root',
      card,
      { type: 'widget.root.updated', widget: { type: 'ListView', children: [] } },
      { type: 'widget', widget: { type: 'ListView', children: [] } },
    ],
    ['a task at the end', flow('a'), { type: 'workflow.task.added', task_index: 1, task: task('b') }, flow('a', 'b')],
    [
      'a task in between',
      flow('a', 'c'),
      { type: 'workflow.task.added', task_index: 1, task: task('b') },
      flow('a', 'b', 'c'),
    ],
    [
      'an updated task',
      flow('a', 'b'),
      { type: 'workflow.task.updated', task_index: 0, task: task('A') },
      flow('A', 'b'),
    ],
    [
      'an update of a task that was never added',
      flow(),
      { type: 'workflow.task.updated', task_index: 0, task: task('A') },
      flow('A'),
    ],
    [
      'an image',
      { type: 'generated_image' },
      { type: 'generated_image.updated', image: { id: 'i', url: 'u' } },
      { type: 'generated_image', image: { id: 'i', url: 'u' } },
    ],
  ];
  for (const [name, before, update, after] of rows) {
    test(name, () => {
      const start = item(before);
      const frozen = structuredClone(start);
      // With its JSON, which is shown and copied.
      assert.deepEqual(applyUpdate(start, toItemUpdate(update)), item(after));
      assert.deepEqual(start, frozen, 'the item before is as it was');
    });
  }

  test('progress of an image', () => {
    const update = toItemUpdate({ type: 'generated_image.updated', image: { id: 'i', url: 'u' }, progress: 0.5 });
    const after = applyUpdate(item({ type: 'generated_image' }), update);
    assert.ok(after.kind === 'generated_image' && after.progress === 0.5);
  });

  const nothing: [name: string, before: object, update: Json][] = [
    ['a change for another kind', answer('a'), { type: 'workflow.task.added', task_index: 0, task: task('b') }],
    ['text for a widget', card, { type: `${part}.text_delta`, content_index: 0, delta: 'b' }],
    ['a component that is not there', card, { type: 'widget.component.updated', component_id: 'nope', component: {} }],
    [
      'a widget that is none',
      { type: 'widget', widget: 'x' },
      { type: 'widget.component.updated', component_id: 't', component: {} },
    ],
    ['a wild index', answer('a'), { type: `${part}.text_delta`, content_index: 1e9, delta: 'b' }],
    ['an index below zero', answer('a'), { type: `${part}.text_delta`, content_index: -1, delta: 'b' }],
    ['half an index', answer('a'), { type: `${part}.text_delta`, content_index: 0.5, delta: 'b' }],
    ['a wild task', flow('a'), { type: 'workflow.task.added', task_index: -1, task: task('b') }],
    ['a change of a new type', answer('a'), { type: 'assistant_message.sung' }],
    ['a broken change', answer('a'), { type: `${part}.text_delta`, content_index: 0 }],
    ['no change at all', answer('a'), null],
  ];
  for (const [name, before, update] of nothing) {
    test(`${name} changes nothing`, () => {
      const start = item(before);
      assert.equal(applyUpdate(start, toItemUpdate(update)), start);
    });
  }

  test('a widget that is nested too deeply is not searched', () => {
    let widget: Json = { type: 'Text', id: 'deep', value: '' };
    for (let depth = 0; depth < 100_000; depth += 1) widget = { type: 'Box', children: [widget] };
    const update = toItemUpdate({ type: 'widget.streaming_text.value_delta', component_id: 'deep', delta: 'x' });
    const start = item({ type: 'widget', widget });
    assert.equal(applyUpdate(start, update), start);
  });
});

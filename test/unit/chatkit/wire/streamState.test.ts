import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Json } from '../../../../src/base/common/json.ts';
import type { ThreadItem } from '../../../../src/chatkit/common/model/item.ts';
import { StreamState, maxNotices } from '../../../../src/chatkit/common/stream/streamState.ts';
import { toStreamEvent } from '../../../../src/chatkit/common/wire/server/event.ts';
import { toServerItem } from '../../../../src/chatkit/common/wire/server/item.ts';

const wireItem = (id: string, fields: object) =>
  ({ id, thread_id: 'thr_1', created_at: '2026-01-02T03:04:05', ...fields }) as unknown as Json;
const item = (fields: object, id = 'm') => toServerItem(wireItem(id, fields), 'thr_1');
const answer = (...texts: string[]) => ({
  type: 'assistant_message',
  content: texts.map((text) => ({ type: 'output_text', text, annotations: [] })),
});
const thread = { id: 'thr_1', created_at: '2026-01-02T03:04:05', status: { type: 'active' }, metadata: {} };

describe('the state of a stream', () => {
  const run = (events: readonly Json[], known?: (id: string) => ThreadItem | undefined): StreamState => {
    const state = new StreamState();
    for (const raw of events) state.apply(toStreamEvent(raw, 'thr_1'), known);
    return state;
  };
  const added = (id: string, fields: object): Json => ({ type: 'thread.item.added', item: wireItem(id, fields) });
  const done = (id: string, fields: object): Json => ({ type: 'thread.item.done', item: wireItem(id, fields) });
  const delta = (id: string, text: string): Json => ({
    type: 'thread.item.updated',
    item_id: id,
    update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text },
  });

  test('an answer whose updates have another id is shown once, and two different ones are both shown', () => {
    const events = [added('a', answer()), delta('r', 'Hel'), delta('r', 'lo')];
    const superseded = (text: string): readonly string[] => {
      const state = new StreamState();
      for (const raw of [...events, done('a', answer(text))]) {
        state.apply(
          state.resolve(toStreamEvent(raw, 'thr_1'), () => undefined),
          () => undefined,
        );
      }
      return state.superseded();
    };
    assert.deepEqual(superseded('Hello'), ['r']);
    assert.deepEqual(superseded('Hello, world'), []);
  });

  test('contains a complete turn', () => {
    const state = run([
      { type: 'thread.created', thread },
      done('u', { type: 'user_message', content: [{ type: 'input_text', text: 'hi' }] }),
      { type: 'stream_options', stream_options: { allow_cancel: true } },
      { type: 'progress_update', text: 'Thinking' },
      added('a', answer()),
      delta('a', 'He'),
      delta('a', 'llo'),
      { type: 'thread.updated', thread: { ...thread, title: 'Greeting' } },
      { type: 'notice', level: 'info', message: 'n' },
      { type: 'client_effect', name: 'e', data: {} },
    ]);
    assert.equal(state.thread?.title, 'Greeting');
    assert.deepEqual(
      state.items.map(({ id }) => id),
      ['u', 'a'],
    );
    const [, reply] = state.items;
    assert.ok(reply?.kind === 'assistant_message' && reply.parts[0]?.text === 'Hello');
    assert.deepEqual([...state.open], ['a']);
    assert.deepEqual(state.progress, { text: 'Thinking', icon: null });
    assert.equal(state.notices.length, 1);
    assert.equal(state.effects.length, 1);

    state.apply(toStreamEvent(done('a', answer('Hello!')), 'thr_1'));
    state.end();
    assert.deepEqual([[...state.open], state.progress, state.items.length], [[], null, 2]);
    const [, final] = state.items;
    assert.ok(final?.kind === 'assistant_message' && final.parts[0]?.text === 'Hello!');
  });

  test('text that is read after each delta equals text that is read at the end', () => {
    const at = (index: number, text: string): Json => ({
      type: 'thread.item.updated',
      item_id: 'a',
      update: { type: 'assistant_message.content_part.text_delta', content_index: index, delta: text },
    });
    const events = [added('a', answer()), added('b', answer()), at(0, 'He'), at(0, 'l'), at(2, 'x'), at(0, 'lo')];
    const more = [delta('b', '1'), delta('b', '2'), at(-1, 'no'), at(2, 'y'), done('b', answer('3')), at(2, 'z')];
    const read = new StreamState();
    for (const raw of [...events, ...more]) {
      read.apply(toStreamEvent(raw, 'thr_1'));
      void read.items;
    }
    const state = run([...events, ...more]);
    assert.deepEqual(state.items, read.items);
    const [a] = state.items;
    assert.deepEqual(a?.kind === 'assistant_message' && a.parts.map(({ text }) => text), ['Hello', '', 'xyz']);
    // An earlier copy of an item does not change.
    state.apply(toStreamEvent(at(0, '!'), 'thr_1'));
    assert.deepEqual(a?.kind === 'assistant_message' && a.parts[0]?.text, 'Hello');
  });

  test('an item that is done without an added event keeps its position when it is replaced', () => {
    const state = run([
      done('a', answer('1')),
      done('b', answer('2')),
      { type: 'thread.item.replaced', item: wireItem('a', answer('3')) },
    ]);
    assert.deepEqual(
      state.items.map(({ id, kind }) => [id, kind]),
      [
        ['a', 'assistant_message'],
        ['b', 'assistant_message'],
      ],
    );
  });

  test('a removed item can be added again', () => {
    const gone = run([added('a', answer('1')), { type: 'thread.item.removed', item_id: 'a' }]);
    assert.deepEqual([gone.items.length, [...gone.removed], [...gone.open]], [0, ['a'], []]);
    const back = run([{ type: 'thread.item.removed', item_id: 'a' }, done('a', answer('1'))]);
    assert.deepEqual([back.items.length, [...back.removed]], [1, []]);
  });

  test('a change of an earlier item is applied to its last known form', () => {
    const before = item(answer('old '), 'x');
    const state = run([delta('x', 'new')], (id) => (id === 'x' ? before : undefined));
    const [changed] = state.items;
    assert.ok(changed?.kind === 'assistant_message' && changed.parts[0]?.text === 'old new');
    const widget = { type: 'widget.root.updated', widget: { type: 'Card', children: [] } };
    const event = toStreamEvent({ type: 'thread.item.updated', item_id: 'x', update: widget }, 'thr_1');
    assert.equal(new StreamState().apply(event), false, 'an item that is not known is not changed');
  });

  test('text for an item that was never added is an answer, which is incomplete until it is done', () => {
    const state = run([delta('x', 'The '), delta('x', 'answer')]);
    const [first] = state.items;
    assert.ok(first?.kind === 'assistant_message' && first.parts[0]?.text === 'The answer');
    assert.deepEqual([...state.open], ['x']);
    const complete = run([delta('x', 'The '), done('x', answer('The answer'))]);
    assert.deepEqual([complete.items.length, [...complete.open]], [1, []]);
  });

  test('an answer that is done without its text keeps the streamed text, also in its JSON', () => {
    const state = run([added('a', answer('')), delta('a', 'Text'), done('a', answer(''))]);
    const [item] = state.items;
    assert.ok(item?.kind === 'assistant_message' && item.parts[0]?.text === 'Text');
    assert.match(JSON.stringify(item.raw), /"text":"Text"/);
    assert.deepEqual([...state.open], []);
  });

  test('text that is sent after the answer that contains it is not repeated', () => {
    const late = run([added('a', answer('')), delta('a', 'no '), done('a', answer('no no')), delta('a', 'no')]);
    const [item] = late.items;
    assert.ok(item?.kind === 'assistant_message' && item.parts[0]?.text === 'no no');
    const more = run([added('a', answer('')), done('a', answer('One')), delta('a', ' two')]);
    const [longer] = more.items;
    assert.ok(longer?.kind === 'assistant_message' && longer.parts[0]?.text === 'One two');
  });

  test('an error keeps its message and the received items', () => {
    const state = run([added('a', answer('1')), { type: 'error', code: 'custom', message: 'No', allow_retry: true }]);
    assert.deepEqual(state.fault, { code: 'custom', message: 'No', allowRetry: true });
    assert.equal(state.items.length, 1);
  });

  test('keeps the latest notices and effects in new lists', () => {
    const state = new StreamState();
    const lists = new Set<readonly unknown[]>();
    for (let number = 1; number <= 30; number += 1) {
      state.apply({ type: 'notice', level: 'info', message: String(number), title: null });
      state.apply({ type: 'effect', name: String(number), data: null });
      lists.add(state.notices).add(state.effects);
    }
    assert.equal(lists.size, 60);
    assert.deepEqual([state.notices.length, state.effects.length], [maxNotices, maxNotices]);
    assert.equal(state.notices.at(-1)?.message, '30');
    assert.equal(state.effects.at(-1)?.name, '30');
  });
});

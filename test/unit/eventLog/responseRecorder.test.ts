import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { EventLogs, ResponseRecorder } from '../../../src/eventLog/common/responseRecorder.ts';
import { filterEvents } from '../../../src/eventLog/common/foldDeltas.ts';
import { lastValidEvent, toRecordedEvent } from '../../../src/eventLog/common/recordedResponse.ts';
import type { Json } from '../../../src/base/common/json.ts';
import type { ReceivedEvent } from '../../../src/chatkit/common/stream/events.ts';
import { answer, assistant, delta, received, startedAt, thread, updated } from './events.ts';

const start = { command: 'threads.create', threadId: null, startedAt };
const notJson: ReceivedEvent = {
  at: 70,
  bytes: 5,
  raw: '{oops',
  event: { type: 'unknown', wireType: null, problem: 'not valid JSON' },
};

describe('an event in the log', () => {
  const task = { type: 'thought', status_indicator: 'loading', title: 'Plan', content: 'first' };
  const rows: [raw: Json, change: string | null, itemId: string | null, text: string][] = [
    [{ type: 'thread.created', thread }, null, null, 'Orders'],
    [{ type: 'thread.updated', thread: { ...thread, title: null } }, null, null, 'thr_1'],
    [{ type: 'thread.item.added', item: assistant('m', '') }, null, 'm', ''],
    [{ type: 'thread.item.done', item: assistant('m', '**Hi**') }, null, 'm', 'Hi'],
    [{ type: 'thread.item.removed', item_id: 'm' }, null, 'm', ''],
    [delta('m', 'a\n b'), 'assistant_message.content_part.text_delta', 'm', 'a b'],
    [updated('w', { type: 'workflow.task.added', task_index: 0, task }), 'workflow.task.added', 'w', 'Plan — loading'],
    [
      updated('w', { type: 'widget.component.updated', component_id: 'c', component: {} }),
      'widget.component.updated',
      'w',
      'c',
    ],
    [updated('w', { type: 'widget.root.updated', widget: {} }), 'widget.root.updated', 'w', ''],
    [
      updated('i', { type: 'generated_image.updated', image: { id: 'g', url: 'https://x.example/g' }, progress: 0.5 }),
      'generated_image.updated',
      'i',
      '50 %',
    ],
    [{ type: 'stream_options', stream_options: { allow_cancel: false } }, null, null, 'allow_cancel: false'],
    [{ type: 'progress_update', text: 'x' }, null, null, 'x'],
    [{ type: 'client_effect', name: 'ring', data: {} }, null, null, 'ring'],
    [{ type: 'notice', level: 'info', message: 'm', title: 't' }, null, null, 't: m'],
    [{ type: 'error', code: 'custom', message: 'no' }, null, null, 'custom: no'],
    [{ type: 'brand.new' }, null, null, ''],
  ];
  for (const [raw, change, itemId, text] of rows) {
    const type = (raw as { type: string }).type;
    test(change ?? type, () => {
      const { raw: kept, ...event } = toRecordedEvent(received(raw, 5));
      assert.deepEqual(event, { at: 5, bytes: JSON.stringify(raw).length, type, change, itemId, text, problem: null });
      assert.equal(kept, raw);
    });
  }

  test('has no type if it is not valid JSON', () => {
    const { type, text, problem } = toRecordedEvent(notJson);
    assert.deepEqual([type, text, problem], [null, '{oops', 'not valid JSON']);
  });

  test('reports the problem if it cannot be read', () => {
    const lost = toRecordedEvent(received({ type: 'thread.item.updated', item_id: 7 }, 1));
    assert.deepEqual([lost.type, lost.problem === null], ['thread.item.updated', false]);
    const change = toRecordedEvent(received(delta('m', 7 as unknown as string), 1));
    assert.deepEqual([change.itemId, change.problem], ['m', 'delta: expected string, received number']);
  });

  test('truncates a long text', () => {
    assert.equal(toRecordedEvent(received(delta('m', 'x'.repeat(5000)), 1)).text.length, 120);
  });
});

describe('recording a response', () => {
  test('records latencies, items, thread and end', () => {
    const run = new ResponseRecorder('1', start);
    assert.deepEqual(run.latencies, { firstEvent: null, firstText: null, end: null });
    run.add(answer.slice(0, 3));
    assert.deepEqual(run.latencies, { firstEvent: 10, firstText: null, end: null });
    run.add(answer.slice(3));
    run.finish({ kind: 'closed', at: 65, reason: null });
    run.finish({ kind: 'failed', at: 70, reason: 'late' });
    assert.deepEqual(run.latencies, { firstEvent: 10, firstText: 40, end: 65 });
    assert.deepEqual([run.threadId, run.itemIds, run.end?.kind], ['thr_1', ['msg_1'], 'closed']);
    assert.deepEqual(
      run.events.map(({ raw }) => raw),
      answer.map(({ raw }) => raw),
    );
  });

  test('counts the first text of complete items, but not text of the user', () => {
    const item = { id: 'u', type: 'user_message', content: [{ type: 'input_text', text: 'hi' }] };
    const run = new ResponseRecorder('1', start);
    run.add([received({ type: 'thread.item.done', item }, 5), received(delta('m', ''), 6)]);
    assert.equal(run.latencies.firstText, null);
    run.add([received({ type: 'thread.item.done', item: assistant('m', 'x') }, 7)]);
    assert.equal(run.latencies.firstText, 7);
  });

  test('drops the oldest JSON first and keeps times and types', () => {
    const run = new ResponseRecorder('1', start, { jsonBytes: 250, events: 100, itemIds: 10 });
    const events = Array.from({ length: 10 }, (_, index) => received(delta('m', `${index}`), index));
    run.add(events);
    const size = events[0]?.bytes ?? 0;
    const kept = Math.floor(250 / size);
    assert.equal(run.withoutJson, 10 - kept);
    assert.deepEqual(
      run.events.map(({ raw }) => raw !== undefined),
      events.map((_, index) => index >= 10 - kept),
    );
    assert.deepEqual(
      run.events.map(({ text }) => text),
      events.map((_, index) => `${index}`),
    );
  });

  test('drops the JSON of an event that is larger than the limit', () => {
    const run = new ResponseRecorder('1', start, { jsonBytes: 100, events: 100, itemIds: 10 });
    run.add([received(delta('m', 'x'.repeat(500)), 1)]);
    assert.deepEqual([run.events.length, run.withoutJson], [1, 1]);
    run.add([received({ type: 'x' }, 2)]);
    assert.deepEqual([run.events.length, run.withoutJson, run.events[1]?.raw], [2, 1, { type: 'x' }]);
  });

  test('counts the events beyond the limit', () => {
    const run = new ResponseRecorder('1', start, { jsonBytes: 10_000, events: 4, itemIds: 1 });
    run.add(answer);
    assert.deepEqual([run.events.length, run.droppedCount, run.itemIds], [4, 2, ['msg_1']]);
    assert.equal(run.latencies.firstText, 40);
  });

  test('finds the last valid event', () => {
    const run = new ResponseRecorder('1', start);
    assert.equal(lastValidEvent(run), -1);
    run.add([...answer, notJson]);
    assert.equal(lastValidEvent(run), 5);
  });
});

describe('filtering', () => {
  const run = new ResponseRecorder('1', start);
  run.add([...answer, notJson]);
  const rows: [words: string, itemId: string | null, indices: readonly number[]][] = [
    ['', null, [0, 1, 2, 3, 4, 5, 6]],
    ['', 'msg_1', [2, 3, 4, 5]],
    ['  TEXT_delta ', null, [3, 4]],
    ['oslo', null, [4, 5]],
    ['oslo delta', null, [4]],
    ['msg_1 done', null, [5]],
    ['not json', null, [6]],
    ['oslo', 'msg_2', []],
  ];
  for (const [words, itemId, indices] of rows) {
    test(`${words || '(no words)'} of ${itemId ?? 'all'}`, () =>
      assert.deepEqual(filterEvents(run.events, { text: words, itemId }), indices));
  }
});

describe('the responses of all threads', () => {
  test('a thread has its own responses, including the one that created it', () => {
    const logs = new EventLogs();
    let notified = 0;
    logs.onDidChange(() => (notified += 1));
    const created = logs.startRecording('a', start);
    assert.deepEqual(logs.responses('a', 'thr_1'), []);
    created.add(answer);
    created.finish({ kind: 'closed', at: 60, reason: null });
    logs.startRecording('a', { ...start, threadId: 'thr_1' });
    logs.startRecording('a', { ...start, threadId: 'thr_2' });
    logs.startRecording('b', { ...start, threadId: 'thr_1' });
    assert.deepEqual(
      logs.responses('a', 'thr_1').map(({ id }) => id),
      ['1', '2'],
    );
    assert.equal(notified, 6);
  });

  test('a thread includes the responses that were rejected before it was created', () => {
    const logs = new EventLogs();
    const refused = logs.startRecording('a', start, 'new:1');
    refused.finish({ kind: 'failed', at: 1, reason: 'No.' });
    logs.startRecording('a', start, 'new:2').finish({ kind: 'failed', at: 1, reason: 'No.' });
    assert.deepEqual(logs.responses('a', 'new:1'), [refused.response]);
    const made = logs.startRecording('a', start, 'new:1');
    made.add(answer);
    assert.deepEqual(logs.responses('a', 'thr_1'), [refused.response, made.response]);
    assert.deepEqual(logs.responses('b', 'new:1'), []);
  });

  test('the oldest large responses are removed first', () => {
    const logs = new EventLogs();
    const large = { ...received({ type: 'x' }, 1), bytes: 30 * 1024 * 1024 };
    for (let count = 0; count < 5; count += 1) {
      const recording = logs.startRecording('a', { ...start, threadId: 't' });
      recording.add([large]);
      recording.finish({ kind: 'closed', at: 1, reason: null });
    }
    assert.deepEqual(
      logs.responses('a', 't').map(({ id }) => id),
      ['3', '4', '5'],
    );
  });

  test('the oldest finished response is removed first', () => {
    const logs = new EventLogs();
    const running = logs.startRecording('a', { ...start, threadId: 't' });
    for (let count = 0; count < 60; count += 1) {
      logs.startRecording('a', { ...start, threadId: 't' }).finish({ kind: 'closed', at: 1, reason: null });
    }
    assert.equal(logs.all.length, 50);
    assert.equal(logs.all[0]?.response, running.response);
    assert.equal(logs.all[1]?.response.id, '13');
  });
});

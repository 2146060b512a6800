import assert from 'node:assert/strict';
import { type TestContext, describe, test } from 'node:test';
import { eventLogLines, readEventLog } from '../../../src/eventLog/common/readEventLog.ts';
import type { RecordedEnd } from '../../../src/eventLog/common/recordedResponse.ts';
import { ResponseRecorder } from '../../../src/eventLog/common/responseRecorder.ts';
import { ReplayedResponse } from '../../../src/eventLog/vscode/replayedResponse.ts';
import { answer, startedAt } from './events.ts';

const ref = { connectionId: 'replay:file', threadId: 'thr_1' };
const { signal } = new AbortController();

function saved(end: RecordedEnd | null, events = answer) {
  const run = new ResponseRecorder('1', { command: 'threads.create', threadId: null, startedAt });
  run.add(events);
  if (end !== null) run.finish(end);
  const lines = eventLogLines(run, { connection: null, savedAt: startedAt, redact: (text) => text });
  return readEventLog([...lines].join(''));
}

function replay(t: TestContext, end: RecordedEnd | null) {
  let restarts = 0;
  const replayed = new ReplayedResponse({
    saved: saved(end),
    ref,
    name: 'a.chatkit-events.jsonl',
    incomplete: null,
    onRestart: () => (restarts += 1),
  });
  t.after(() => replayed.dispose());
  const items = () => replayed.store.items(ref.threadId).windows.flatMap((window) => window.items);
  return { replayed, items, restarts: () => restarts };
}

/** Resolves when the played events have been applied. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const closed: RecordedEnd = { kind: 'closed', at: 70, reason: null };

describe('replaying a saved response', () => {
  test('adds items to an empty thread step by step', async (t) => {
    const { replayed, items } = replay(t, closed);
    await replayed.store.loadLatest(ref.threadId, signal);
    assert.deepEqual([items(), replayed.view.position, replayed.view.mode], [[], 0, 'paused']);
    for (let step = 0; step < 3; step += 1) replayed.control({ do: 'step' });
    await settled();
    assert.deepEqual(
      items().map(({ id }) => id),
      ['msg_1'],
    );
    assert.equal(replayed.store.thread(ref.threadId)?.title, 'Orders');
    assert.equal(replayed.conversation.running?.state.progress?.text, 'Looking\nit up');
    replayed.control({ do: 'finish' });
    await replayed.conversation.last?.ended;
    const [message] = items();
    assert.ok(message?.kind === 'assistant_message' && message.parts[0]?.text === 'It is in Oslo.');
    assert.deepEqual(replayed.conversation.last?.end, { reason: 'done' });
    assert.equal(replayed.view.mode, 'ended');
  });

  test('starts playing when it is first shown', async (t) => {
    const { replayed } = replay(t, closed);
    replayed.onShown();
    assert.equal(replayed.view.mode, 'playing');
    replayed.control({ do: 'pause' });
    replayed.onShown();
    assert.equal(replayed.view.mode, 'paused');
    replayed.control({ do: 'speed', speed: 10 });
    const ended = new Promise<void>((resolve) =>
      replayed.log.onDidChange(() => {
        if (replayed.view.mode === 'ended') resolve();
      }),
    );
    replayed.control({ do: 'play' });
    await ended;
    assert.equal((await replayed.conversation.last?.ended)?.reason, 'done');
  });

  test('ends as the recorded response did', async (t) => {
    const { replayed, items } = replay(t, { kind: 'failed', at: 70, reason: 'The stream was cut off.' });
    replayed.control({ do: 'finish' });
    const end = await replayed.conversation.last?.ended;
    assert.ok(end?.reason === 'failed');
    assert.equal(end.error.message, 'The stream was cut off.');
    assert.equal(items().length, 1, 'the partial response remains');
  });

  test('restarts with the selected speed', async (t) => {
    const { replayed, items, restarts } = replay(t, closed);
    replayed.control({ do: 'speed', speed: 5 });
    replayed.control({ do: 'finish' });
    await replayed.conversation.last?.ended;
    const before = replayed.store;
    replayed.control({ do: 'restart' });
    assert.notEqual(replayed.store, before);
    assert.deepEqual([items(), replayed.conversation.last, restarts()], [[], null, 1]);
    assert.deepEqual([replayed.view.mode, replayed.view.position, replayed.view.speed], ['paused', 0, 5]);
    replayed.control({ do: 'finish' });
    await replayed.conversation.last?.ended;
    assert.equal(items().length, 1);
  });

  test('rejects every action that would send a request', (t) => {
    const { replayed } = replay(t, closed);
    const input = { content: [], attachments: [], quotedText: null, model: null, toolChoice: null };
    assert.throws(
      () => replayed.conversation.sendCommand({ type: 'addUserMessage', threadId: 'thr_1', input }),
      /cannot send messages/,
    );
    assert.equal(replayed.store.capabilities.send, false);
  });
});

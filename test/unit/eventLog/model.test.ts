import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ResponseRecorder } from '../../../src/eventLog/common/responseRecorder.ts';
import { toEventViews, toResponseView, type EventView } from '../../../src/eventLog/common/protocol.ts';
import { EventLogModel } from '../../../src/eventLog/webview/model.ts';
import { answer, delta, received, startedAt } from './events.ts';

const start = { command: 'threads.create', threadId: 't', startedAt };

function recorded(id: string, count: number): ResponseRecorder {
  const run = new ResponseRecorder(id, start);
  run.add(Array.from({ length: count }, (_, index) => received(delta('m', `${index}`), index)));
  return run;
}

const stateOf = (...runs: ResponseRecorder[]) => ({ responses: runs.map(toResponseView), replay: null });

describe('EventLogModel', () => {
  test('events are requested in parts, each part once', async () => {
    const run = recorded('1', 4500);
    const model = new EventLogModel();
    model.reset('t', stateOf(run));
    const asked: [string, string, number][] = [];
    const fetch = async (threadId: string, responseId: string, from: number) => {
      asked.push([threadId, responseId, from]);
      return toEventViews(run, from);
    };
    for (let times = 0; times < 5; times += 1) {
      await Promise.all([model.load(toResponseView(run), fetch), model.load(toResponseView(run), fetch)]);
    }
    assert.deepEqual(asked, [
      ['t', '1', 0],
      ['t', '1', 2000],
      ['t', '1', 4000],
    ]);
    assert.deepEqual(
      model.events('1').map(({ text }) => text),
      run.events.map(({ text }) => text),
    );
  });

  test('an answer that was requested before a reset is dropped', async () => {
    const run = recorded('1', 3);
    const model = new EventLogModel();
    model.reset('t', stateOf(run));
    let answer: (events: readonly EventView[]) => void = () => undefined;
    const loading = model.load(toResponseView(run), () => new Promise((resolve) => (answer = resolve)));
    model.reset('other', stateOf());
    answer(toEventViews(run, 0));
    await loading;
    assert.deepEqual(model.events('1'), []);
  });

  test('a failed request leaves the events unchanged', async () => {
    const model = new EventLogModel();
    const run = recorded('1', 3);
    model.reset('t', stateOf(run));
    await model.load(toResponseView(run), async () => {
      throw new Error('gone');
    });
    assert.deepEqual(model.events('1'), []);
  });

  test('an item leads to the newest response that contains it', () => {
    const first = new ResponseRecorder('1', start);
    first.add(answer);
    const second = recorded('2', 1);
    const model = new EventLogModel();
    model.reset('t', stateOf(first, second));
    assert.deepEqual([...model.getItems()], ['msg_1', 'm']);
    model.showItem('msg_1');
    assert.deepEqual(model.getView(), { panel: 'log', responseId: '1', itemId: 'msg_1', text: '' });
    const items = model.getItems();
    model.update(stateOf(first, second));
    assert.equal(model.getItems(), items);
    model.reset('t', stateOf(first));
    assert.equal(model.getView().panel, 'log', 'a reset of the same thread keeps the panel');
    model.reset('other', stateOf());
    assert.equal(model.getView().panel, 'transcript');
  });
});

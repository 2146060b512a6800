import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { isSourceError } from '../../../src/chatkit/common/errors.ts';
import { evenPaceMs, readEventLog } from '../../../src/eventLog/common/readEventLog.ts';
import { assistant, delta } from './events.ts';

const folder = new URL('../../../../shared/dialects/raw-stream-captures/', import.meta.url);
const events = [
  { type: 'thread.item.added', item: assistant('a', '') },
  delta('a', 'Hi.'),
  { type: 'thread.item.done', item: assistant('a', 'Hi.') },
];
const sse = events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');

describe('streams that something else recorded', () => {
  test('are played at an even pace, as they have no times', () => {
    const { response, received, capture, stoppedAt } = readEventLog(`: keep-alive\n\n${sse}data: [DONE]\n\n`);
    assert.deepEqual(
      response.events.map(({ at, type }) => [at, type]),
      events.map((event, index) => [(index + 1) * evenPaceMs, (event as { type: string }).type]),
    );
    assert.equal(received.length, 3);
    assert.deepEqual([capture, stoppedAt], [{ isTimed: false, problems: [] }, null]);
    assert.equal(response.threadId, 'thr_1');
  });

  test('have the types of their event lines', () => {
    const [first] = events;
    const { type, ...data } = first as { type: string };
    const { response } = readEventLog(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);
    assert.deepEqual([response.events[0]?.type, response.events[0]?.itemId], ['thread.item.added', 'a']);
  });

  test('need an event of ChatKit', () => {
    for (const text of ['hello', '{"a":1}\n{"b":2}\n', 'data: hello\n\n']) {
      assert.throws(
        () => readEventLog(text),
        (error) => isSourceError(error, 'invalidResponse') && /no events of ChatKit/.test(error.message),
      );
    }
  });

  const files = ['curl-N.txt', 'headers-and-body.txt', 'devtools-eventstream.txt', 'stream.ndjson', 'pretty.sse'];
  for (const name of files) {
    test(name, { skip: !existsSync(folder) && 'no ../shared/dialects' }, () => {
      const { response, received, capture } = readEventLog(readFileSync(new URL(name, folder), 'utf8'));
      assert.ok(response.events.length > 4);
      assert.ok(response.events.every(({ problem }) => problem === null));
      assert.equal(received.length, response.events.length);
      assert.equal(response.threadId, 'thr_1');
      assert.equal(capture?.isTimed, name === 'devtools-eventstream.txt');
    });
  }

  test('an invalid one: the error names the line', { skip: !existsSync(folder) && 'no ../shared/dialects' }, () => {
    const text = readFileSync(new URL('pretty-in-docs.txt', folder), 'utf8');
    assert.throws(() => readEventLog(text), /\(line \d+\)/);
  });
});

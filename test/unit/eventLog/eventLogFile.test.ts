import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isSourceError } from '../../../src/chatkit/common/errors.ts';
import { eventLogLines, readEventLog } from '../../../src/eventLog/common/readEventLog.ts';
import { ResponseRecorder } from '../../../src/eventLog/common/responseRecorder.ts';
import { secretRedactor } from '../../../src/base/common/redact.ts';
import { answer, received, startedAt } from './events.ts';

const connection = {
  name: 'Mine',
  kind: 'server',
  url: 'https://me:pw-canary@api.example/chatkit?key=q-canary#f',
} as const;
const saved = { connection, savedAt: startedAt + 60_000, redact: (text: string) => text };
const broken = {
  at: 70,
  bytes: 5,
  raw: '{oops',
  event: { type: 'unknown', wireType: null, problem: 'not valid JSON' },
} as const;

function recorded(): ResponseRecorder {
  const run = new ResponseRecorder('7', { command: 'threads.create', threadId: null, startedAt });
  run.add([...answer, broken, received('a string' as never, 80)]);
  run.finish({ kind: 'failed', at: 90, reason: 'The stream was cut off.' });
  return run;
}

const fileOf = (run = recorded()) => [...eventLogLines(run, saved)].join('');

describe('saved event logs', () => {
  test('start with a header and contain one line per event', () => {
    const lines = fileOf()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(lines[0], {
      format: 'chatkit-inspector/events',
      version: 1,
      savedAt: '2026-11-06T14:04:10.000Z',
      connection: { name: 'Mine', kind: 'server', url: 'https://api.example/chatkit' },
      command: 'threads.create',
      threadId: 'thr_1',
      startedAt: '2026-11-06T14:03:10.000Z',
    });
    assert.deepEqual(lines[2], { at: 20, bytes: answer[1]?.bytes, data: answer[1]?.raw });
    assert.deepEqual(lines[7], { at: 70, bytes: 5, text: '{oops' });
    assert.deepEqual(lines[9], { end: 'failed', at: 90, reason: 'The stream was cut off.' });
  });

  test('are read as they were recorded', () => {
    const run = recorded();
    const { response: read, received: events, connectionName, stoppedAt } = readEventLog(fileOf(run));
    assert.deepEqual(read.events, run.events);
    assert.deepEqual(
      [read.command, read.threadId, read.startedAt, read.latencies, read.end, read.itemIds],
      [run.command, run.threadId, run.startedAt, run.latencies, run.end, run.itemIds],
    );
    assert.deepEqual(events.slice(0, 6), answer);
    assert.deepEqual([connectionName, stoppedAt], ['Mine', null]);
  });

  test('contain the metadata of events without JSON and the number of dropped events', () => {
    const limits = { jsonBytes: 150, events: 5, itemIds: 9 };
    const run = new ResponseRecorder('7', { command: 'threads.create', threadId: 'thr_1', startedAt }, limits);
    run.add(answer);
    run.finish({ kind: 'closed', at: 90, reason: null });
    const { response: read, received: events } = readEventLog(fileOf(run));
    assert.ok(run.withoutJson > 1);
    assert.deepEqual(read.events, run.events);
    assert.deepEqual([read.withoutJson, read.droppedCount], [run.withoutJson, 1]);
    assert.deepEqual(
      events.map((event) => event === null),
      run.events.map(({ raw }) => raw === undefined),
    );
  });

  test('contain no secrets', () => {
    const run = new ResponseRecorder('7', { command: 'threads.create', threadId: null, startedAt });
    run.add([received({ type: 'error', message: 'tenant-canary-8899 and sk-live-canary1', headers: [] }, 1)]);
    const lines = [...eventLogLines(run, { ...saved, redact: secretRedactor(['tenant-canary-8899']) })].join('');
    assert.doesNotMatch(lines, /canary/);
    assert.match(lines, /••• and sk-•••/);
  });

  test('are read up to the point where they were truncated', () => {
    const whole = fileOf();
    const head = whole.indexOf('\n');
    for (let place = head; place <= whole.length; place += 1) {
      const { response: run, stoppedAt } = readEventLog(whole.slice(0, place));
      const lines = whole.slice(0, place).split('\n');
      const last = lines.at(-1) ?? '';
      const cut = last !== '' && last !== whole.split('\n')[lines.length - 1];
      assert.deepEqual(stoppedAt, cut ? { line: lines.length, problem: 'notJson' } : null, `cut at ${place}`);
      assert.equal(run.end === null, place < whole.length - 1);
    }
  });

  const line = (value: unknown) => `${JSON.stringify(value)}\n`;
  const head = line({
    format: 'chatkit-inspector/events',
    version: 1,
    command: 'c',
    startedAt: '2026-01-01T00:00:00Z',
  });
  const event = (at: unknown) => line({ at, bytes: 2, data: { type: 'x' } });
  const rows: [name: string, text: string, events: number, stop: object | null][] = [
    ['nothing but a head', head, 0, null],
    ['blank lines, CRLF and a byte order mark', `\uFEFF${head}\n${event(1).replace('\n', '\r\n')}\n`, 1, null],
    [
      'a line that is no event',
      `${head}${event(1)}${line({ hello: 1 })}${event(2)}`,
      1,
      { line: 3, problem: 'notAnEvent' },
    ],
    ['a negative time', `${head}${event(-1)}`, 0, { line: 2, problem: 'notAnEvent' }],
    ['an array', `${head}[]\n`, 0, { line: 2, problem: 'notAnEvent' }],
    ['anything after the end', `${head}${line({ end: 'closed', at: 5 })}${event(2)}`, 0, null],
  ];
  for (const [name, text, events, stop] of rows) {
    test(name, () => {
      const { response: run, stoppedAt } = readEventLog(text);
      assert.equal(run.events.length, events);
      assert.deepEqual(stoppedAt, stop);
    });
  }

  test('times never decrease', () => {
    const { response: run } = readEventLog(`${head}${event(50)}${event(20)}${line({ end: 'closed', at: 1 })}`);
    assert.deepEqual(
      run.events.map(({ at }) => at),
      [50, 50],
    );
    assert.equal(run.end?.at, 50);
  });

  const strangers: [name: string, text: string, message: RegExp][] = [
    ['an empty file', '', /contains no events/],
    ['text', 'hello', /contains no events of ChatKit \(line 1\)/],
    ['another format', line({ format: 'chatkit-inspector/threads', version: 1 }), /contains no events/],
    ['a newer version', head.replace('"version":1', '"version":2'), /version/],
  ];
  for (const [name, text, message] of strangers) {
    test(`${name} is not an event log`, () =>
      assert.throws(
        () => readEventLog(text),
        (error) => isSourceError(error, 'invalidResponse') && message.test(error.message),
      ));
  }
});

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type CaptureKind,
  type StreamCapture,
  clockMs,
  parseCapture,
} from '../../../../src/chatkit/common/streamEvents/capture.ts';

const folder = new URL('../../../../../shared/dialects/raw-stream-captures/', import.meta.url);
const typesOf = ({ events }: StreamCapture): unknown[] => events.map(({ data }) => (data as { type?: unknown }).type);
const problemsOf = ({ problems }: StreamCapture): [string, number][] => problems.map(({ kind, line }) => [kind, line]);

const types = [
  'thread.created',
  'thread.item.done',
  'thread.item.added',
  'thread.item.updated',
  'thread.item.updated',
  'thread.item.updated',
  'thread.item.done',
];

describe('captures of the dialect library', { skip: !existsSync(folder) && 'no ../shared/dialects' }, () => {
  const read = (name: string): StreamCapture => parseCapture(readFileSync(new URL(name, folder), 'utf8'));

  const valid: readonly [name: string, kind: CaptureKind, firstLine: number][] = [
    ['curl-N.txt', 'sse', 1],
    ['headers-and-body.txt', 'curl', 5],
    ['devtools-eventstream.txt', 'devtools', 1],
    ['stream.ndjson', 'ndjson', 1],
    ['pretty.sse', 'sse', 1],
  ];
  for (const [name, kind, firstLine] of valid) {
    test(`${name} is read completely`, () => {
      const capture = read(name);
      assert.equal(capture.kind, kind);
      assert.deepEqual(typesOf(capture), types);
      assert.deepEqual(capture.problems, []);
      assert.equal(capture.events[0]?.line, firstLine);
    });
  }

  test('rows of DevTools have their times', () => {
    const capture = read('devtools-eventstream.txt');
    assert.deepEqual(
      capture.events.map(({ at }) => at),
      [0, 1000, 2000, 3000, 4000, 5000, 6000],
    );
    assert.equal(capture.isTimed, true);
    assert.equal(read('curl-N.txt').isTimed, false);
  });

  test('pretty-in-docs.txt names the first line of each event that is not framed', () => {
    const capture = read('pretty-in-docs.txt');
    assert.deepEqual(problemsOf(capture).slice(0, 2), [
      ['lineWithoutField', 2],
      ['lineWithoutField', 20],
    ]);
    assert.deepEqual(problemsOf(capture).at(-1), ['noEvents', 1]);
  });
});

const event = '{"type":"progress_update","text":"x"}';
const data = { type: 'progress_update', text: 'x' };

describe('parseCapture', () => {
  const cases: readonly [
    name: string,
    text: string,
    kind: CaptureKind,
    lines: readonly number[],
    problems?: [string, number][],
  ][] = [
    [
      'curl -v',
      `* Connected to host\n> POST /chatkit HTTP/1.1\n> accept: */*\n>\n{ [12 bytes data]\n< HTTP/1.1 200 OK\n< content-type: text/event-stream\n<\ndata: ${event}\n\n* Connection #0 left intact\n`,
      'curl',
      [9],
    ],
    [
      'curl -i with a first response of a proxy',
      `HTTP/1.1 200 Connection established\r\n\r\nHTTP/2 200\r\ncontent-type: text/event-stream\r\n\r\ndata: ${event}\r\n\r\n`,
      'curl',
      [6],
    ],
    [
      'progress meter',
      `  % Total    % Received % Xferd  Average Speed\n                                 Dload  Upload\n  0     0    0     0    0     0      0      0\ndata: ${event}\n\n`,
      'curl',
      [4],
    ],
    ['header row and id of DevTools', `Id\tType\tData\tTime\n\tmessage\t${event}\t10:00:00.000\n`, 'devtools', [2]],
    ['list of events', `[${event},${event}]`, 'json', [1, 1]],
    ['one event over several lines', JSON.stringify(data, null, 2), 'json', [1]],
    ['one event in one line', event, 'ndjson', [1]],
    ['byte order mark', `\uFEFFdata: ${event}\n\n`, 'sse', [1]],
    ['end marker and keep-alive', `data: ${event}\n\n: ping\n\ndata: [DONE]\n\n`, 'sse', [1, 5]],
    ['cut after the event', `data: ${event}`, 'sse', [1]],
    ['cut inside the event', `data: ${event}\n\ndata: {"type":`, 'sse', [1], [['unterminated', 3]]],
    ['cut NDJSON', `${event}\n{"type":`, 'ndjson', [1], [['unterminated', 2]]],
    ['data that is not JSON', `data: {'type': 'x'}\n\n`, 'sse', [1], [['notJson', 1]]],
    ['text around the stream', `Here is the stream:\n\ndata: ${event}\n\n`, 'sse', [3], [['ignoredLine', 1]]],
    ['nothing', '', 'sse', [], [['noEvents', 1]]],
    [
      'a web page',
      '<!DOCTYPE html>\n<title>x</title>\n',
      'sse',
      [],
      [
        ['ignoredLine', 1],
        ['ignoredLine', 2],
        ['noEvents', 1],
      ],
    ],
  ];
  for (const [name, text, kind, lines, problems = []] of cases) {
    test(name, () => {
      const capture = parseCapture(text);
      assert.equal(capture.kind, kind);
      assert.deepEqual(
        capture.events.map(({ line }) => line),
        lines,
      );
      assert.deepEqual(problemsOf(capture), problems);
    });
  }

  test('keeps the name and the exact text of an event', () => {
    const { events } = parseCapture(`event: progress_update\ndata: {"text": 1.0}\n\n`);
    assert.deepEqual(events, [{ data: { text: 1 }, raw: '{"text": 1.0}', eventName: 'progress_update', line: 1 }]);
    assert.equal(parseCapture(`error\t{"a":1}\t10:00:00\n`).events[0]?.eventName, 'error');
  });

  test('reads times in front of lines, over midnight', () => {
    const text = `[23:59:59.500] data: ${event}\n[23:59:59.500] \n[00:00:00.500] : keep-alive\n[00:00:01.500] data: ${event}\n[00:00:01.500] \n`;
    assert.deepEqual(
      parseCapture(text).events.map(({ at }) => at),
      [0, 2000],
    );
  });

  test('reads the stream of an HTTP archive', () => {
    const entry = (text: string, more: object = {}) => ({
      response: { content: { mimeType: 'text/event-stream', text, ...more } },
    });
    const page = { response: { content: { mimeType: 'text/html', text: '<html>' } } };
    const har = (...entries: object[]) => JSON.stringify({ log: { entries } }, null, 2);
    const stream = `data: ${event}\n\n`;
    assert.deepEqual(typesOf(parseCapture(har(page, entry(stream)))), ['progress_update']);
    assert.deepEqual(typesOf(parseCapture(har(entry(btoa(stream), { encoding: 'base64' })))), ['progress_update']);
    assert.deepEqual(problemsOf(parseCapture(har(entry(stream), entry(stream)))), [['severalStreams', 1]]);
    assert.deepEqual(problemsOf(parseCapture(har(page))), [['noEvents', 1]]);
  });

  test('stops at the limit and reports it once', () => {
    const capture = parseCapture(`${event}\n`.repeat(5), { maxEvents: 3 });
    assert.equal(capture.events.length, 3);
    assert.deepEqual(problemsOf(capture), [['tooManyEvents', 4]]);
  });

  const json = fc
    .dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 })
    .map((fields) => JSON.stringify({ type: 'x', ...fields }));
  const forms: readonly [name: string, write: (event: string, index: number) => string][] = [
    ['SSE', (text) => `data: ${text}\n\n`],
    ['SSE with CRLF', (text) => `data: ${text}\r\n\r\n`],
    ['NDJSON', (text) => `${text}\n`],
    ['DevTools', (text, index) => `message\t${text}\t10:00:${String(index).padStart(2, '0')}.000\n`],
    ['time stamps', (text, index) => `10:00:${String(index).padStart(2, '0')} data: ${text}\n10:00:00 \n`],
  ];
  for (const [name, write] of forms) {
    test(`${name}: every event is read unchanged`, () => {
      fc.assert(
        fc.property(fc.array(json, { minLength: 1, maxLength: 20 }), (events) => {
          const capture = parseCapture(events.map(write).join(''));
          assert.deepEqual(
            capture.events.map(({ raw }) => raw),
            events,
          );
          assert.deepEqual(capture.problems, []);
        }),
      );
    });
  }

  test('never throws', () => {
    const piece = fc.constantFrom(
      'data: ',
      event,
      '\n',
      '\r\n',
      '\t',
      'HTTP/1.1 200\n',
      '* x',
      '> ',
      '{',
      '[',
      '"',
      '10:00:00 ',
      'a: b',
    );
    fc.assert(fc.property(fc.array(fc.oneof(piece, fc.string())), (parts) => void parseCapture(parts.join(''))));
  });
});

test('clockMs reads clocks and ISO times', () => {
  const cases: readonly [text: string, ms: number | null][] = [
    ['10:00:01.5', 36_001_500],
    ['12:00:01 AM', 1000],
    ['1:00:00 PM', 46_800_000],
    ['1970-01-02T00:00:01Z', 86_401_000],
    ['ten', null],
    ['10:00', null],
  ];
  for (const [text, ms] of cases) assert.equal(clockMs(text), ms, text);
});

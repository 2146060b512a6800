import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import {
  FrameReader,
  type StrayLine,
  type StreamFrame,
} from '../../../../src/chatkit/common/streamEvents/frameReader.ts';

function read(...parts: readonly string[]): { frames: StreamFrame[]; strays: StrayLine[] } {
  const strays: StrayLine[] = [];
  const reader = new FrameReader({
    onStrayLine: (stray) => strays.push(stray),
  });
  const frames = parts.flatMap((part) => reader.push(part));
  return { frames: [...frames, ...reader.end()], strays };
}

const frame: StreamFrame = {
  data: '1',
  event: null,
  id: null,
  form: 'sse',
  dataLines: 1,
  line: 1,
  complete: true,
  strayLine: null,
};

describe('FrameReader', () => {
  const cases: readonly [name: string, text: string, frames: readonly Partial<StreamFrame>[]][] = [
    ['one line of data', 'data: 1\n\n', [{}]],
    ['no space after the colon', 'data:1\n\n', [{}]],
    ['only one space is removed', 'data:  1\n\n', [{ data: ' 1' }]],
    ['CRLF', 'data: 1\r\n\r\ndata: 2\r\n\r\n', [{}, { data: '2', line: 3 }]],
    ['CR alone', 'data: 1\r\rdata: 2\r\r', [{}, { data: '2', line: 3 }]],
    ['byte order mark', '\uFEFFdata: 1\n\n', [{}]],
    ['several lines of data', 'data: 1\ndata\ndata: 2\n\n', [{ data: '1\n\n2', dataLines: 3 }]],
    ['event and id', 'event: ping\nid: 7\nretry: 10\ndata: 1\n\n', [{ event: 'ping', id: '7' }]],
    ['an event without data is nothing', 'event: ping\n\n', []],
    ['an event name does not stay for the next event', 'event: a\n\ndata: 1\n\n', [{ line: 3 }]],
    ['comments are passed over', ': keep-alive\n\ndata: 1\n: x\n\n', [{ line: 3 }]],
    ['without the empty line', 'data: 1\n', [{ complete: false }]],
    ['cut in the middle', 'data: 1', [{ complete: false }]],
    [
      'NDJSON',
      '{"a":1}\n{"b":2}\n',
      [
        { data: '{"a":1}', form: 'line', dataLines: 0 },
        { data: '{"b":2}', form: 'line', dataLines: 0, line: 2 },
      ],
    ],
    [
      'NDJSON that is cut off',
      '{"a":1}\n{"b"',
      [
        { data: '{"a":1}', form: 'line', dataLines: 0 },
        { data: '{"b"', form: 'line', dataLines: 0, line: 2, complete: false },
      ],
    ],
    [
      'JSON with line breaks',
      'data: {\n  "a": 1\n}\n\n',
      [{ data: '{\n  "a": 1\n}', strayLine: { line: 2, text: '  "a": 1' } }],
    ],
    ['a line after JSON', 'data: {"a":1}\noops\n\n', [{ data: '{"a":1}', strayLine: { line: 2, text: 'oops' } }]],
    ['data in capitals', 'Data: {"a":1}\n\n', [{ data: '{"a":1}', strayLine: { line: 1, text: 'Data: {"a":1}' } }]],
  ];
  for (const [name, text, frames] of cases) {
    test(name, () =>
      assert.deepEqual(
        read(text).frames,
        frames.map((more) => ({ ...frame, ...more })),
      ),
    );
  }

  test('names lines that are no fields', () => {
    const { strays } = read('HTTP/1.1 200 OK\n: hi\n\nEvent: x\n');
    assert.deepEqual(strays, [
      { line: 1, text: 'HTTP/1.1 200 OK' },
      { line: 4, text: 'Event: x' },
    ]);
  });

  test('drops an event over the limit and reads on', () => {
    for (const parts of [['data: 0123456789\n\n'], ['data: 01234', '56789', '\n\n'], ['data: 0123\ndata: 4567\n\n']]) {
      const reader = new FrameReader({ maxEventLength: 8 });
      const frames = [...parts, 'data: 1\n\n'].flatMap((part) => reader.push(part));
      assert.equal(reader.overflow, true);
      assert.deepEqual(
        frames.map(({ data }) => data),
        ['1'],
      );
    }
  });

  const text = fc
    .array(
      fc.constantFrom(
        'data: ',
        'data:',
        'event: a',
        'id: 1',
        ': c',
        '\n',
        '\r',
        '\r\n',
        '\n\n',
        '{"a":1}',
        'x',
        '"',
        ' ',
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));

  test('does not depend on where the text is cut', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(60)), (whole, cuts) => {
        const at = [0, ...cuts.map((cut) => Math.min(cut, whole.length)).sort((a, b) => a - b), whole.length];
        const parts = at.slice(1).map((end, index) => whole.slice(at[index], end));
        assert.deepEqual(read(...parts), read(whole));
      }),
    );
  });

  test('agrees with eventsource-parser where no data is indented', () => {
    fc.assert(
      fc.property(text, (whole) => {
        // That parser ignores indented data, which the reader reads as a server meant it.
        fc.pre(!/(?:^|[\r\n]) +data/.test(whole));
        const expected: string[] = [];
        const parser = createParser({ onEvent: ({ data }) => expected.push(data) });
        // A CR at the end may be half of a CRLF for that parser, so both get an end that is none.
        parser.feed(`${whole}\n: end\n\n`);
        const reader = new FrameReader();
        const frames = reader.push(`${whole}\n: end\n\n`).filter(({ form }) => form === 'sse');
        assert.deepEqual(
          frames.map(({ data }) => data),
          expected,
        );
      }),
    );
  });

  test('the work grows with the length, not with its square', () => {
    const measure = (count: number): number => {
      const reader = new FrameReader();
      const started = process.cpuUsage();
      for (let n = 0; n < count; n += 1) reader.push('x'.repeat(50));
      reader.push('\n');
      for (let n = 0; n < count; n += 1) reader.push('data: y\n');
      reader.end();
      const { user, system } = process.cpuUsage(started);
      return user + system;
    };
    measure(20_000);
    const small = Math.max(2_000, Math.min(measure(50_000), measure(50_000)));
    const large = Math.min(measure(400_000), measure(400_000));
    assert.ok(large < small * 40, `${small} µs, eight times as much: ${large} µs`);
  });
});

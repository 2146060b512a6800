import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isSourceError } from '../../../../src/chatkit/common/errors.ts';
import { readFrames } from '../../../../src/chatkit/node/server/responseFrames.ts';

async function* cut(bytes: Uint8Array, ...places: number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (const place of [...places, bytes.length]) {
    yield bytes.subarray(start, place);
    start = place;
  }
}

async function read(text: string | Uint8Array, ...places: number[]): Promise<[data: string, complete: boolean][]> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const messages: [string, boolean][] = [];
  for await (const together of readFrames(cut(bytes, ...places))) {
    assert.notEqual(together.length, 0);
    for (const { data, complete } of together) messages.push([data, complete]);
  }
  return messages;
}

describe('server-sent events', () => {
  const rows: [name: string, text: string, messages: [string, boolean][]][] = [
    [
      'as the protocol has them',
      'data: {"a":1}\n\ndata: {"b":2}\n\n',
      [
        ['{"a":1}', true],
        ['{"b":2}', true],
      ],
    ],
    [
      'with CRLF',
      'data: 1\r\n\r\ndata: 2\r\n\r\n',
      [
        ['1', true],
        ['2', true],
      ],
    ],
    [
      'with CR',
      'data: 1\r\rdata: 2\r\r',
      [
        ['1', true],
        ['2', true],
      ],
    ],
    [
      'mixed',
      'data: 1\r\n\ndata: 2\n\r\n',
      [
        ['1', true],
        ['2', true],
      ],
    ],
    ['without a space', 'data:1\n\n', [['1', true]]],
    ['several lines', 'data: {"a":\ndata: 1}\n\n', [['{"a":\n1}', true]]],
    ['comments', ': keep-alive\n\ndata: 1\n: in between\n\n:\n\n', [['1', true]]],
    ['other fields', 'event: x\nid: 7\nretry: 10\ndata: 1\n\nfoo: bar\nbaz\n\n', [['1', true]]],
    ['empty data', 'data:\n\n', [['', true]]],
    ['a byte order mark', '\ufeffdata: 1\n\n', [['1', true]]],
    ['beyond ASCII', 'data: grüße 😀 日本\n\n', [['grüße 😀 日本', true]]],
    [
      'no blank line at the end',
      'data: 1\n\ndata: 2\n',
      [
        ['1', true],
        ['2', false],
      ],
    ],
    [
      'not even a line end',
      'data: 1\n\ndata: {"a"',
      [
        ['1', true],
        ['{"a"', false],
      ],
    ],
    ['nothing', '', []],
    ['only blank lines', '\n\n\n', []],
  ];
  for (const [name, text, messages] of rows) {
    test(name, async () => assert.deepEqual(await read(text), messages));

    test(`${name}, cut at every byte`, async () => {
      const bytes = Buffer.from(text);
      for (let place = 0; place <= bytes.length; place += 1) {
        assert.deepEqual(await read(bytes, place), messages, `cut at ${place}`);
      }
      assert.deepEqual(await read(bytes, ...bytes.keys()), messages, 'byte by byte');
    });
  }

  test('bytes that are not UTF-8 do not stop the stream', async () => {
    const bytes = Buffer.concat([Buffer.from('data: a'), Buffer.from([0xff]), Buffer.from('b\n\ndata: 2\n\n')]);
    assert.deepEqual(await read(bytes), [
      ['a\ufffdb', true],
      ['2', true],
    ]);
  });

  test('an event that never ends is rejected', async () => {
    const endless = async function* () {
      yield Buffer.from('data: 1\n\ndata: ');
      for (;;) yield Buffer.alloc(1000, 'x');
    };
    const seen: string[] = [];
    await assert.rejects(
      async () => {
        for await (const together of readFrames(endless(), { maxEventLength: 5000 }))
          seen.push(...together.map(({ data }) => data));
      },
      (error) => isSourceError(error, 'tooLarge'),
    );
    assert.deepEqual(seen, ['1']);
  });

  test('a read error is thrown after the events before it', async () => {
    const broken = async function* () {
      yield Buffer.from('data: 1\n\ndata: {"ha');
      throw new Error('reset');
    };
    const seen: string[] = [];
    await assert.rejects(async () => {
      for await (const together of readFrames(broken())) seen.push(...together.map(({ data }) => data));
    }, /reset/);
    assert.deepEqual(seen, ['1']);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findThreadIds, parseThreadLink, threadIdIn, threadLink } from '../../../src/threads/common/threadLink.ts';

describe('threadLink', () => {
  test('contains the connection and the thread', () => {
    assert.equal(
      threadLink('vscode', { connectionId: 'my api', threadId: 'cthr_1&x=2' }),
      'vscode://chatkit-inspector.chatkit-inspector/thread?connection=my%20api&thread=cthr_1%26x%3D2',
    );
  });

  test('can be parsed back for any IDs', () => {
    for (const ref of [
      { connectionId: 'a', threadId: 'b' },
      { connectionId: 'ä +&=#?', threadId: '日本/../x' },
    ]) {
      const url = new URL(threadLink('vscode', ref));
      assert.deepEqual(parseThreadLink({ path: url.pathname, query: url.search.slice(1) }), ref);
    }
  });

  const refused: [path: string, query: string][] = [
    ['/other', 'connection=a&thread=b'],
    ['/thread', 'connection=a'],
    ['/thread', 'thread=b'],
    ['/thread', 'connection=a&thread='],
    ['/thread', 'connection=a&thread=..'],
    ['/thread', 'connection=a&thread=.'],
    ['/thread', 'connection=a&thread=x%00y'],
    ['/thread', `connection=a&thread=${'x'.repeat(201)}`],
  ];
  for (const [path, query] of refused) {
    test(`rejects ${path}?${query.slice(0, 40)}`, () => assert.equal(parseThreadLink({ path, query }), null));
  }
});

describe('threadIdIn', () => {
  const cases: [text: string, id: string | null][] = [
    [' cthr_68e8283b23008190 \n', 'cthr_68e8283b23008190'],
    ['created thread cthr_68e8283b23008190, ok', 'cthr_68e8283b23008190'],
    ['vscode://chatkit-inspector.chatkit-inspector/thread?connection=a&thread=cthr_68e8283b', 'cthr_68e8283b'],
    ['my-own-id', 'my-own-id'],
    ['two words', 'two words'],
    ['" exactly "', ' exactly '],
    ['17', '17'],
    ['tenant/7f9c24e5-2f3a', 'tenant/7f9c24e5-2f3a'],
    ['', null],
    ['..', null],
  ];
  for (const [text, id] of cases) test(JSON.stringify(text), () => assert.equal(threadIdIn(text), id));
});

describe('findThreadIds', () => {
  const cases: [line: string, found: [string, number][]][] = [
    [
      'thread cthr_abc123 and thr_12345678',
      [
        ['cthr_abc123', 7],
        ['thr_12345678', 23],
      ],
    ],
    ['"thread_id":"cthr_abc123"', [['cthr_abc123', 13]]],
    ['xcthr_abc123', []],
    ['cthr_abc123-more', []],
    ['thr_123', []],
  ];
  for (const [line, found] of cases) {
    test(line, () =>
      assert.deepEqual(
        findThreadIds(line).map(({ id, start }) => [id, start]),
        found,
      ),
    );
  }
});

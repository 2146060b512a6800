import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ThreadItem } from '../../../../src/chatkit/common/model/item.ts';
import { compareThreads, itemsThrough } from '../../../../src/threads/common/compare/compareThreads.ts';
import { countDifferences } from '../../../../src/threads/common/compare/compareJson.ts';
import type { ThreadContent } from '../../../../src/threads/common/compare/normalForm.ts';
import { assistant, toolCall, user, widget } from '../summary/items.ts';
import { parseJsonText } from '../../../../src/base/common/parseJson.ts';

const thread = { id: 'thr_12345678', title: 'Orders', status: { type: 'active' } } as const;
let serial = 0;
const content = (...items: ThreadItem[]): ThreadContent => ({
  thread,
  items: items.map((item, index) => ({ ...item, id: `item_${(serial += 1)}_abcdef`, createdAt: index * 1000 })),
});
const changes = (left: ThreadContent, right: ThreadContent) =>
  compareThreads(left, right).items.map(({ change }) => change);

describe('compareThreads', () => {
  test('ids and times do not count', () => {
    const items = [user('Hello'), assistant('Hi'), toolCall(), widget('{"type":"Card","id":"c","children":[]}')];
    assert.deepEqual(changes(content(...items), content(...items)), ['equal', 'equal', 'equal', 'equal']);
  });

  test('an id of the thread inside a value does not count', () => {
    const call = (of: string) => toolCall({ arguments: parseJsonText(`{"item":"${of}"}`) });
    const left: ThreadContent = { thread, items: [{ ...user('a'), id: 'msg_aaaaaaaa' }, call('msg_aaaaaaaa')] };
    const right: ThreadContent = { thread, items: [{ ...user('a'), id: 'msg_bbbbbbbb' }, call('msg_bbbbbbbb')] };
    assert.equal(compareThreads(left, right).differences, 0);
  });

  test('pairs changed items by kind and name, and shows what changed', () => {
    const left = content(user('Hello'), toolCall(), assistant('It ships on Monday.'));
    const right = content(
      user('Hello'),
      assistant('One moment.'),
      toolCall({ arguments: parseJsonText('{"precision":"street","a":1}') }),
      assistant('It ships on Monday.'),
    );
    const comparison = compareThreads(left, right);
    assert.deepEqual(
      comparison.items.map(({ change }) => change),
      ['equal', 'added', 'changed', 'equal'],
    );
    const details = comparison.details(comparison.items[2]!);
    assert.equal(countDifferences(details), 1);
    assert.deepEqual(
      details.children?.find(({ change }) => change === 'changed')?.children?.map(({ key, change }) => [key, change]),
      [
        ['precision', 'changed'],
        ['a', 'equal'],
      ],
    );
  });

  test('an item of one side is shown field by field, without its kind', () => {
    const comparison = compareThreads(content(), content(assistant('a\nb')));
    assert.deepEqual(comparison.details(comparison.items[0]!).children, [
      { key: 'text', change: 'added', right: 'a\nb' },
    ]);
    const removed = compareThreads(content(assistant('a')), content());
    assert.deepEqual(removed.details(removed.items[0]!).children, [{ key: 'text', change: 'removed', left: 'a' }]);
  });

  test('a fork is compared with the thread through the response that its last item belongs to', () => {
    const { items } = content(user('a'), assistant('b'), toolCall(), assistant('c'), user('d'), assistant('e'));
    const through = (index: number) => itemsThrough(items, items[index]?.id ?? '').length;
    assert.deepEqual([0, 1, 2, 3, 4, 5].map(through), [3, 3, 4, 4, 6, 6]);
    assert.equal(itemsThrough(items, 'unknown').length, 6);
  });

  test('title and status are compared apart from the items', () => {
    const { header, differences } = compareThreads(
      { thread, items: [] },
      { thread: { ...thread, title: 'Order', status: { type: 'locked', reason: null } }, items: [] },
    );
    assert.equal(differences, 0);
    assert.equal(countDifferences(header), 2);
  });

  test('gives the time before each item on both sides', () => {
    const left = content(user('a'), assistant('b'));
    const right: ThreadContent = { thread, items: left.items.map((item) => ({ ...item, createdAt: null })) };
    assert.deepEqual(
      compareThreads(left, right).items.map(({ leftMs, rightMs }) => [leftMs, rightMs]),
      [
        [null, null],
        [1000, null],
      ],
    );
  });

  test('two threads of 2,000 items with 50 differences show exactly 50', () => {
    const items = Array.from({ length: 2_000 }, (_, index) =>
      index % 2 === 0 ? user('ok') : assistant(`The answer number ${index % 40} of the same few`),
    );
    const changed = items.map((item, index) => (index % 40 === 1 ? assistant(`Another answer ${index}`) : item));
    const { differences, items: rows } = compareThreads(content(...items), content(...changed));
    assert.equal(differences, 50);
    assert.ok(rows.every(({ change }) => change === 'equal' || change === 'changed'));
  });
});

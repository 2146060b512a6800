import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  type ThreadFilter,
  groupThreads,
  isFiltering,
  matchesFilter,
  noFilter,
} from '../../../src/threads/common/filter.ts';
import type { ThreadCondition } from '../../../src/threads/common/summary/waiting.ts';
import { ids, thread } from '../chatkit/store/fakeServer.ts';

describe('a thread and a filter', () => {
  const one = thread('cthr_1', { title: null, user: 'Ada', createdAt: 1000, status: { type: 'locked', reason: null } });
  const timeless = thread('cthr_2', { createdAt: null });
  const cases: [name: string, filter: Partial<ThreadFilter>, matches: boolean, timeless: boolean][] = [
    ['none', {}, true, true],
    ['words of the label', { text: 'oslo HARBOUR' }, true, true],
    ['a word of the label and the user', { text: 'ada oslo' }, true, false],
    ['the id', { text: 'CTHR_1' }, true, false],
    ['a word that is nowhere', { text: 'oslo bergen' }, false, false],
    ['its status', { statuses: ['closed', 'locked'] }, true, false],
    ['another status', { statuses: ['active'] }, false, true],
    ['from that very moment', { from: 1000 }, true, false],
    ['from later on', { from: 1001 }, false, false],
    ['before that moment', { to: 1000 }, false, false],
    ['before later', { to: 1001 }, true, false],
  ];
  for (const [name, filter, matches, matchesTimeless] of cases) {
    test(name, () => {
      const about = { label: 'The harbour of Oslo', condition: null };
      assert.equal(matchesFilter(one, about, { ...noFilter, ...filter }), matches);
      assert.equal(matchesFilter(timeless, about, { ...noFilter, ...filter }), matchesTimeless);
      assert.equal(isFiltering({ ...noFilter, ...filter }), name !== 'none');
    });
  }

  test('filters by the reason why a thread makes no progress', () => {
    const passes = (condition: ThreadCondition | null, conditions: readonly ThreadCondition[]) =>
      matchesFilter(one, { label: '', condition }, { ...noFilter, conditions });
    assert.equal(passes(null, []), true);
    assert.equal(passes(null, ['stuck', 'failed']), false);
    assert.equal(passes('stuck', ['stuck']), true);
    assert.equal(passes('stuck', ['failed']), false);
    assert.equal(passes('failed', ['stuck', 'failed']), true);
    assert.equal(isFiltering({ ...noFilter, conditions: ['stuck'] }), true);
  });
});

test('groups are in the order of their first threads, and threads in the order of the list', () => {
  const list = [thread('a', { user: 'x' }), thread('b', { user: 'y' }), thread('c', { user: 'x' })];
  const withoutUser = { ...thread('d'), user: null };
  const groups = groupThreads([...list, withoutUser], 'user');
  assert.deepEqual(
    groups.map(({ key, threads }) => `${key}: ${ids(threads)}`),
    ['x: a c', 'y: b', 'null: d'],
  );
});

test('days are in the local time zone', () => {
  const morning = new Date(2026, 10, 6, 0, 0, 1).getTime();
  const night = new Date(2026, 10, 6, 23, 59, 59).getTime();
  const next = new Date(2026, 10, 7, 0, 0, 0).getTime();
  const list = [next, night, morning, null].map((createdAt, i) => thread(`t${i}`, { createdAt }));
  assert.deepEqual(
    groupThreads(list, 'day').map(({ key, threads }) => `${key}: ${ids(threads)}`),
    [`${next}: t0`, `${new Date(2026, 10, 6).getTime()}: t1 t2`, 'null: t3'],
  );
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { type FoundOrder, arrangePage, findOrder } from '../../../src/chatkit/common/listOrder.ts';
import { type Cursor, readPage } from '../../../src/chatkit/common/pageReply.ts';
import { ListProgress, type ListState } from '../../../src/chatkit/common/pages.ts';
import { type RuleId, type RuleName, ruleIds } from '../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';

const names = new Map<RuleId, RuleName>(Object.entries(ruleIds).map(([name, id]) => [id, name as RuleName]));

describe('readPage', () => {
  const a = { id: 'a' };
  const cases: readonly [
    body: unknown,
    elements: number,
    hasMore: boolean | null,
    after: Cursor | null,
    ...rules: RuleName[],
  ][] = [
    [{ data: [a], has_more: true, after: 'a' }, 1, true, 'a'],
    [{ data: [], has_more: false }, 0, false, null],
    [{ data: [a], has_more: false, after: null }, 1, false, null],
    [{ data: [a], has_more: true, after: 45 }, 1, true, 45, 'numericCursor'],
    [{ data: [a] }, 1, null, null, 'missingHasMore'],
    [{ data: [a], has_more: 'false' }, 1, false, null, 'hasMoreNotBoolean'],
    [{ data: [a], has_more: 1 }, 1, true, null, 'hasMoreNotBoolean'],
    [{ data: null, has_more: false }, 0, false, null, 'wrongFieldType'],
    [{ data: [a], next: 'https://e.com/?page=2' }, 1, true, null, 'pageShape', 'missingHasMore'],
    [{ data: [a], _links: { next: { href: '/?page=2' } } }, 1, true, null, 'pageShape', 'missingHasMore'],
    [{ data: [a], meta: { current_page: 2, last_page: 2 } }, 1, false, null, 'pageShape', 'missingHasMore'],
    [{ data: [a], page: { number: 1, totalPages: 2 } }, 1, false, null, 'pageShape', 'missingHasMore'],
    [{ data: [a], nextCursor: 'x' }, 1, true, 'x', 'pageShape', 'missingHasMore'],
    [{ data: [a], has_more: false, total: 9, next: null }, 1, false, null],
    [{ items: [a], has_more: false }, 1, false, null, 'pageShape'],
    [[a, a], 2, null, null, 'pageShape'],
    [{ data: [a], has_more: true, after: {} }, 1, true, null, 'wrongFieldType'],
    [{ data: [a], has_more: true, after: { id: 'a', at: 7 } }, 1, true, 'a', 'wrongFieldType'],
    [{ data: [a], has_more: true, after: { offset: 7 } }, 1, true, { offset: 7 }, 'wrongFieldType'],
    [{ data: [a], has_more: true, after: [7, 'x'] }, 1, true, [7, 'x'], 'wrongFieldType'],
  ];
  for (const [body, elements, hasMore, after, ...rules] of cases) {
    test(JSON.stringify(body), () => {
      const page = readPage(body);
      assert.deepEqual(
        [page?.elements.length, page?.hasMore, page?.after, page?.deviations.map(({ rule }) => names.get(rule))],
        [elements, hasMore, after, rules],
      );
    });
  }

  test('items without a type that have one id are different ones', () => {
    const progress = new ListProgress({ report: () => undefined });
    const page = (text: string) =>
      readPage({ data: [{ id: 'a', thread_id: 't', content: text }], has_more: true, after: text });
    const taken = ['one', 'two', 'two'].map((text, at) => {
      const read = page(text);
      assert.ok(read);
      return progress.add(read, { after: at === 0 ? null : `${at}`, limit: 1 }).fresh.length;
    });
    assert.deepEqual(taken, [1, 1, 0]);
  });

  test('is null for what contains no list', () => {
    for (const body of [null, undefined, 7, 'x', {}, { data: null }, { data: {} }]) assert.equal(readPage(body), null);
  });
});

describe('order', () => {
  const cases: readonly [times: readonly (number | null)[], found: FoundOrder][] = [
    [[], 'unknown'],
    [[1000], 'unknown'],
    [[1000, 1000, 1400], 'unknown'],
    [[1000, null, 5000], 'asc'],
    [[5000, 1000], 'desc'],
    [[1000, 1400, 1800, 2200], 'asc'],
    [[1000, 9000, 2000, 8000], 'mixed'],
    [[1000, 2000, 3000, 4000, 9000, 8000, 9500, 9900, 10_900], 'asc'],
  ];
  for (const [times, found] of cases)
    test(`${JSON.stringify(times)} is ${found}`, () => assert.equal(findOrder(times), found));

  test('a page in the opposite order is reversed, and no other one is changed', () => {
    const arrange = (times: readonly number[], requested: 'asc' | 'desc', min?: number) =>
      arrangePage(times, requested, (time) => time, min);
    assert.deepEqual(arrange([1000, 5000, 9000], 'desc'), {
      elements: [9000, 5000, 1000],
      found: 'asc',
      isReversed: true,
    });
    assert.deepEqual(arrange([9000, 5000], 'desc'), { elements: [9000, 5000], found: 'desc', isReversed: false });
    assert.deepEqual(arrange([1000, 9000, 2000, 8000], 'desc').elements, [1000, 9000, 2000, 8000]);
    assert.deepEqual(arrange([1000, 5000], 'desc', 3), { elements: [1000, 5000], found: 'unknown', isReversed: false });
  });

  test('every list in time order is brought into the requested order', () => {
    const times = fc
      .uniqueArray(fc.integer({ min: 0, max: 1e6 }), { minLength: 2, maxLength: 30 })
      .map((list) => list.map((n) => n * 1000).sort((x, y) => x - y));
    fc.assert(
      fc.property(times, fc.boolean(), fc.constantFrom('asc', 'desc'), (sorted, reversed, requested) => {
        const { elements } = arrangePage(reversed ? sorted.toReversed() : sorted, requested, (time) => time);
        assert.deepEqual(elements, requested === 'asc' ? sorted : sorted.toReversed());
      }),
    );
  });
});

type Server = (ask: { after: Cursor | null; limit: number }) => unknown;

/** Loads a whole list from a server. */
function load(server: Server, limit = 10): { ids: string[]; state: ListState; rules: RuleName[]; requests: number } {
  const rules = new Set<RuleName>();
  const progress = new ListProgress({ report: (rule) => void rules.add(names.get(rule) as RuleName) });
  const ids: string[] = [];
  let after: Cursor | null = null;
  for (let requests = 1; ; requests += 1) {
    assert.ok(requests < 300, 'the list ends');
    const page = readPage(server({ after, limit }));
    assert.ok(page);
    const { fresh, state } = progress.add(page, { after, limit });
    ids.push(...fresh.map((element) => (element as { id: string }).id));
    if (state.kind !== 'more') return { ids, state, rules: [...rules].sort(), requests };
    after = state.after;
  }
}

const all = Array.from({ length: 45 }, (_, n) => ({ id: `i${n}` }));
const allIds = all.map(({ id }) => id);
const startOf = (after: Cursor | null): number =>
  after === null ? 0 : typeof after === 'number' ? after : allIds.indexOf(String(after)) + 1;
const slice = (start: number, limit: number) => ({
  data: all.slice(start, start + limit),
  has_more: start + limit < all.length,
});

const correct: Server = ({ after, limit }) => {
  const page = slice(startOf(after), limit);
  return { ...page, after: page.has_more ? page.data.at(-1)?.id : null };
};

describe('ListProgress', () => {
  const end: ListState = { kind: 'end' };
  const repeats: ListState = { kind: 'truncated', reason: 'repeats' };
  const cases: readonly [name: string, server: Server, count: number, state: ListState, ...rules: RuleName[]][] = [
    ['a correct server', correct, 45, end],
    [
      'no cursor: continues after the last id',
      ({ after, limit }) => slice(startOf(after), limit),
      45,
      end,
      'hasMoreWithoutCursor',
    ],
    [
      'offsets as cursors',
      ({ after, limit }) => {
        const start = startOf(after);
        const page = slice(start, limit);
        return { ...page, after: page.has_more ? start + limit : null };
      },
      45,
      end,
      'numericCursor',
    ],
    [
      'objects as cursors',
      ({ after, limit }) => {
        const start = after === null ? 0 : Number((after as { readonly offset: number }).offset);
        const page = slice(start, limit);
        return { ...page, after: page.has_more ? { offset: start + limit } : null };
      },
      45,
      end,
      'wrongFieldType',
    ],
    [
      'one object as the cursor of every page',
      () => ({ ...slice(0, 10), after: { page: 'next' } }),
      10,
      repeats,
      'afterIgnored',
      'wrongFieldType',
    ],
    ['everything at once', () => ({ data: all, has_more: false }), 45, end, 'limitIgnored'],
    ['a bare list', () => all, 45, end, 'limitIgnored', 'pageShape'],
    ['the cursor ignored', ({ limit }) => ({ ...slice(0, limit), after: 'i9' }), 10, repeats, 'afterIgnored'],
    [
      'the same cursor again',
      ({ after, limit }) => ({ data: all.slice(startOf(after), startOf(after) + limit), has_more: true, after: 'i9' }),
      20,
      repeats,
      'repeatedCursor',
    ],
    [
      'overlapping pages',
      ({ after, limit }) => {
        const start = Math.max(0, startOf(after) - 1);
        const page = slice(start, limit);
        return { ...page, after: page.data.at(-1)?.id };
      },
      45,
      end,
      'repeatedElements',
    ],
    [
      'has_more missing on full pages',
      ({ after, limit }) => ({
        data: slice(startOf(after), limit).data,
        after: slice(startOf(after), limit).data.at(-1)?.id,
      }),
      45,
      end,
      'missingHasMore',
    ],
    [
      'no ids and no cursor',
      () => ({ data: [{}], has_more: true }),
      1,
      { kind: 'truncated', reason: 'noCursor' },
      'hasMoreWithoutCursor',
    ],
    [
      'empty pages for ever',
      ({ after }) => ({ data: [], has_more: true, after: Number(after ?? 0) + 1 }),
      0,
      { kind: 'truncated', reason: 'emptyPages' },
      'emptyPageLoop',
      'numericCursor',
    ],
    ['one id for all', () => ({ data: [{ id: 'x' }, { id: 'x' }], has_more: false }), 2, end, 'repeatedId'],
  ];
  for (const [name, server, count, state, ...rules] of cases) {
    test(name, () => {
      const loaded = load(server);
      assert.deepEqual([loaded.ids.length, loaded.state, loaded.rules], [count, state, rules]);
    });
  }

  test('different items with one id are all shown', () => {
    const item = (n: number) => ({
      id: '__fake_id__',
      type: 'assistant_message',
      created_at: `2026-01-01T00:00:0${n}Z`,
    });
    const loaded = load(({ after }) => ({
      data: [item(after === null ? 1 : 2)],
      has_more: after === null,
      after: 'c',
    }));
    assert.deepEqual([loaded.ids.length, loaded.rules], [2, ['repeatedId']]);
  });

  test('a few empty pages are skipped', () => {
    let calls = 0;
    const loaded = load((ask) =>
      (calls += 1) <= 5
        ? { data: [], has_more: true, after: `c${calls}` }
        : correct({ ...ask, after: ask.after === 'c5' ? null : ask.after }),
    );
    assert.deepEqual([loaded.ids, loaded.state, loaded.rules], [allIds, end, []]);
  });

  test('ends for any server, shows no element twice, and is complete only where the server is correct', () => {
    const reply = fc.record({
      data: fc.array(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 1, 2) }), { maxLength: 4 }),
      has_more: fc.constantFrom(true, true, true, false, 'yes', null),
      after: fc.constantFrom('a', 'b', 'c', 1, 2, null),
    });
    fc.assert(
      fc.property(fc.array(reply, { minLength: 1, maxLength: 10 }), (replies) => {
        let calls = 0;
        const loaded = load(() => replies[calls++ % replies.length]);
        assert.ok(loaded.requests <= 120);
        if (loaded.rules.length === 0) assert.deepEqual(loaded.state, end);
      }),
    );
  });

  test('every correct list is loaded completely without a problem', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (limit) => assert.deepEqual(load(correct, limit).rules, [])),
    );
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sendJson, type Handler, type Server } from '../transport/servers.ts';
import { bench, errorOf, item, list, signal, thread } from './openAiBench.ts';

describe('pages', () => {
  const ids = (count: number) => Array.from({ length: count }, (_, index) => `cti_${index + 1}`);
  const pad = 'x'.repeat(1000);

  /** Pages through `all` as the API would, each item with 1 kB of padding. */
  const serving =
    (all: readonly string[], large: ReadonlySet<string> = new Set()): Handler =>
    (response, { url }) => {
      const query = new URL(url, 'http://x').searchParams;
      const start = all.indexOf(query.get('after') ?? '') + 1;
      const page = all.slice(start, start + Number(query.get('limit')));
      const data = page.map((id) => ({ ...item(id), pad: large.has(id) ? pad.repeat(50) : pad }));
      sendJson(response, list(data, start + page.length < all.length));
    };

  const limits = (server: Server) =>
    server.requests.map(({ url }) => Number(new URL(url, 'http://x').searchParams.get('limit')));

  test('are loaded one after the other', async (t) => {
    const { source } = await bench(t, serving(ids(5)));
    const first = await source.listItems('x', { limit: 3, order: 'asc' }, signal);
    assert.deepEqual([first.data.map(({ id }) => id), first.hasMore, first.next], [ids(3), true, 'cti_3']);
    const second = await source.listItems('x', { limit: 3, order: 'asc', after: 'cti_3' }, signal);
    assert.deepEqual([second.data.map(({ id }) => id), second.hasMore, second.next], [['cti_4', 'cti_5'], false, null]);
  });

  test('that are too large are requested in smaller parts and joined', async (t) => {
    const { source, server } = await bench(t, serving(ids(20)), {}, { maxBodyBytes: 6000 });
    const page = await source.listItems('x', { limit: 16, order: 'asc' }, signal);
    assert.deepEqual(
      page.data.map(({ id }) => id),
      ids(16),
    );
    assert.deepEqual([page.hasMore, page.next], [true, 'cti_16']);
    assert.deepEqual(limits(server), [16, 8, 4, 4, 4, 4]);
  });

  test('that are too large can have an end and an odd size', async (t) => {
    const { source, server } = await bench(t, serving(ids(7)), {}, { maxBodyBytes: 6000 });
    const page = await source.listItems('x', { limit: 9, order: 'asc' }, signal);
    assert.deepEqual([page.data.length, page.hasMore, page.next], [7, false, null]);
    assert.deepEqual(limits(server), [9, 4, 4]);
  });

  test('a large element late in the page reduces only the size of the remaining requests', async (t) => {
    const { source, server } = await bench(t, serving(ids(8), new Set(['cti_7'])), {}, { maxBodyBytes: 52_000 });
    const page = await source.listItems('x', { limit: 8, order: 'asc' }, signal);
    assert.deepEqual(
      page.data.map(({ id }) => id),
      ids(8),
    );
    assert.deepEqual(limits(server), [8, 4, 4, 2, 2]);
  });

  test('that are too large before a cursor contain the nearest elements and report more', async (t) => {
    const all = ids(20);
    const { source, server } = await bench(
      t,
      (response, { url }) => {
        const query = new URL(url, 'http://x').searchParams;
        const end = all.indexOf(query.get('before') ?? '');
        const start = Math.max(0, end - Number(query.get('limit')));
        const data = all.slice(start, end).map((id) => ({ ...item(id), pad }));
        sendJson(response, list(data, start > 0));
      },
      {},
      { maxBodyBytes: 6000 },
    );
    const page = await source.listItems('x', { limit: 8, order: 'asc', before: 'cti_11' }, signal);
    assert.deepEqual(
      page.data.map(({ id }) => id),
      ids(10).slice(-4),
    );
    assert.equal(page.hasMore, true);
    assert.deepEqual(limits(server), [8, 4]);
  });

  test('fail if a single element is too large', async (t) => {
    const { source, server } = await bench(t, serving(ids(4), new Set(['cti_1'])), {}, { maxBodyBytes: 6000 });
    const error = await errorOf(source.listItems('x', { limit: 4, order: 'asc' }, signal));
    assert.equal(error.kind, 'tooLarge');
    assert.match(error.message, /A single element/);
    assert.deepEqual(limits(server), [4, 2, 1]);
  });

  test('contain the valid elements next to invalid ones', async (t) => {
    const { source, lines } = await bench(t, (response, { url }) =>
      sendJson(
        response,
        url.includes('/items')
          ? list([
              item('a'),
              { id: 'b', type: 'chatkit.new' } as never,
              null as never,
              { ...item('c'), heading: 7 } as never,
            ])
          : list([
              thread,
              { ...thread, id: 7 } as never,
              null as never,
              { ...thread, title: 7, id: 'cthr_2' } as never,
            ]),
      ),
    );
    const items = await source.listItems('x', { limit: 10, order: 'asc' }, signal);
    assert.deepEqual(
      items.data.map(({ kind }) => kind),
      ['task', 'unknown', 'unknown', 'task'],
    );
    assert.deepEqual(lines, []);
    const threads = await source.listThreads({ limit: 10, order: 'asc' }, signal);
    assert.deepEqual(
      threads.data.map(({ id, title }) => [id, title]),
      [
        ['cthr_1', 'T'],
        ['7', 'T'],
        ['cthr_2', '7'],
      ],
    );
  });

  const ends: [
    name: string,
    answer: object,
    after: string | undefined,
    hasMore: boolean,
    next: string | null,
    logged: number,
  ][] = [
    ['more, although the page is empty', list([], true), undefined, false, null, 0],
    ['more, but the cursor repeats', list([item('a')], true), 'a', true, null, 0],
    ['more, without a cursor', { ...list([item('a')], true), last_id: null }, undefined, true, 'a', 0],
    ['no has_more', { data: [item('a')] }, undefined, true, 'a', 0],
  ];
  for (const [name, answer, after, hasMore, next, logged] of ends) {
    test(name, async (t) => {
      const { source, lines } = await bench(t, (response) => sendJson(response, answer));
      const query = { limit: 1, order: 'asc', ...(after === undefined ? {} : { after }) } as const;
      const page = await source.listItems('x', query, signal);
      assert.deepEqual([page.hasMore, page.next, lines.length], [hasMore, next, logged]);
    });
  }
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createThreadStore } from '../../../../src/chatkit/common/store/threadStore.ts';
import { FakeServer, ids, message } from './fakeServer.ts';

const signal = new AbortController().signal;

/** What a user and other people may do in any order; the number picks where. */
const step = fc.tuple(
  fc.constantFrom(
    'latest',
    'older',
    'newer',
    'start',
    'poll',
    'recheck',
    'serverAdds',
    'serverRemoves',
    'serverChanges',
  ),
  fc.nat(20),
);

for (const cursors of ['itemId', 'opaque'] as const) {
  test(`after any sequence of changes, a fully loaded thread equals the server's (${cursors})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), fc.integer({ min: 1, max: 6 }), async (steps, pageSize) => {
        const server = new FakeServer();
        server.cursors = cursors;
        server.items = Array.from({ length: 12 }, (_, i) => message(`i${i}`, 'text', i));
        const store = createThreadStore(server, { pageSize: () => pageSize, now: () => 0 });
        const mirror = new Mirror();
        store.on((event) => event.type === 'items' && mirror.apply(event.change, store.items('t1').windows));
        let made = server.items.length;
        for (const [name, n] of steps) {
          const at = n % Math.max(1, store.items('t1').windows.length);
          if (name === 'latest') await store.refreshItems('t1', signal);
          if (name === 'older') await ignoreUnknownCursor(store.loadOlder('t1', signal, at));
          if (name === 'newer') await ignoreUnknownCursor(store.loadNewer('t1', signal, at));
          if (name === 'start') await store.loadStart('t1', signal);
          if (name === 'poll') await ignoreUnknownCursor(store.pollNewer('t1', 0, signal));
          if (name === 'recheck') await ignoreUnknownCursor(store.pollNewer('t1', 5, signal));
          if (name === 'serverAdds') server.items.push(message(`i${made}`, 'text', made++));
          if (name === 'serverRemoves') server.items.splice(n % 12, 1);
          if (name === 'serverChanges' && server.items.length > 0) {
            const index = n % server.items.length;
            const { id, createdAt } = server.items[index] ?? message('none');
            server.items[index] = message(id, `changed ${n}`, createdAt ?? 0);
          }
          mirror.check(store.items('t1').windows);
        }
        const view = store.items('t1');
        const all = view.windows.flatMap(({ items }) => items.map(({ id }) => id));
        assert.equal(new Set(all).size, all.length, 'no id twice');
        assert.equal(view.count, all.length, 'the count is right');
        assert.ok(
          view.windows.every(({ items }) => items.length > 0),
          'no window is empty',
        );
        const order = all.map((id) => Number(id.slice(1)));
        assert.deepEqual(
          order,
          order.toSorted((a, b) => a - b),
          'the order is the server’s',
        );

        const fresh = createThreadStore(server, { pageSize: () => pageSize });
        await fresh.loadAll('t1', signal);
        assert.equal(ids(fresh.items('t1').windows[0]?.items ?? []), ids(server.items));
      }),
      { numRuns: 300, seed: 7 },
    );
  });
}

async function ignoreUnknownCursor(load: Promise<void>): Promise<void> {
  await load.catch((error: { details?: { param?: string }; message: string }) => {
    if (error.details?.param !== 'after' && !/no cursor/.test(error.message)) throw error;
  });
}

/** A listener that follows only the events must see the same windows: every change is reported. */
class Mirror {
  #windows: string[][] = [];

  apply(
    change: Parameters<Parameters<ReturnType<typeof createThreadStore>['on']>[0]>[0] extends infer E
      ? E extends { type: 'items'; change: infer C }
        ? C
        : never
      : never,
    now: readonly { readonly items: readonly { readonly id: string; readonly raw: unknown }[] }[],
  ): void {
    if (change.type === 'reset') this.#windows = print(now);
    if (change.type === 'removed') {
      const gone = change.itemIds;
      this.#windows = this.#windows.map((window) =>
        window.filter((text) => !gone.some((id) => text.includes(`"${id}"`))),
      );
    }
    if (change.type === 'changed') {
      for (const item of change.items) {
        this.#windows = this.#windows.map((window) =>
          window.map((text) => (text.includes(`"${item.id}"`) ? JSON.stringify(item.raw) : text)),
        );
      }
    }
    if (change.type === 'added') {
      const texts = change.items.map(({ raw }) => JSON.stringify(raw));
      const window = this.#windows[change.window] ?? assert.fail('items joined a window that is not there');
      if (change.at === 'start') window.unshift(...texts);
      else window.push(...texts);
    }
  }

  check(now: Parameters<typeof print>[0]): void {
    assert.deepEqual(this.#windows, print(now));
  }
}

function print(windows: readonly { readonly items: readonly { readonly raw: unknown }[] }[]): string[][] {
  return windows.map(({ items }) => items.map(({ raw }) => JSON.stringify(raw)));
}

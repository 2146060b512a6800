// Follows a live thread with the real follower, poll, store and feed, then loads the same items into a new store. Both heaps
// are measured after forced collections: what following keeps besides the items is a leak. Run with `--expose-gc`.
import { createThreadStore } from '../../src/chatkit/common/store/threadStore.ts';
import { Follower, pollThread } from '../../src/inspector/vscode/follower.ts';
import { TranscriptFeed } from '../../src/inspector/vscode/transcriptFeed.ts';
import { FakeServer, message, thread } from '../../test/unit/chatkit/store/fakeServer.ts';

const polls = 20_000;
const items = 50_000;
const { signal } = new AbortController();

const settled = async (): Promise<number> => {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
};

const server = new FakeServer();
server.threads.push(thread('t1'));
const feedOf = (store: ReturnType<typeof createThreadStore>) => {
  const feed = new TranscriptFeed({ read: () => store.items('t1'), post: async () => undefined });
  store.on((event) => {
    if (event.type === 'items') feed.change(event.change);
  });
  feed.start(null);
  return feed;
};

const before = await settled();
// Messages of ordinary length. Both heaps contain all of them.
const text = (index: number): string => `${index} ${'A sentence of an ordinary message. '.repeat(8)}`;
const all = Array.from({ length: items }, (_, index) => message(`i${index}`, text(index), index * 1_000));
server.items.push(...all.slice(0, 10));

let followedStore: ReturnType<typeof createThreadStore> | null = createThreadStore(server, { pageSize: () => 50 });
let feed: TranscriptFeed | null = feedOf(followedStore);
await followedStore.loadLatest('t1', signal);
await new Promise<void>((resolve, reject) => {
  let done = 0;
  const store = followedStore;
  const follower = new Follower({
    // As fast as the machine allows.
    intervalMs: () => 0,
    onState: (state) => {
      if (state.mode === 'retrying') reject(new Error(state.message));
    },
    poll: async (stop) => {
      done += 1;
      server.requests.length = 0;
      const due = Math.min(items, Math.ceil((done / polls) * items));
      while (server.items.length < due) server.items.push(all[server.items.length] as (typeof all)[number]);
      const changed = store === null ? false : await pollThread(store, 't1', stop);
      if (done === polls) {
        follower.stop();
        resolve();
      }
      return changed;
    },
  });
  follower.start();
});
server.requests.length = 0;
const followed = (await settled()) - before;
const count = followedStore.items('t1').count;
if (count !== items) throw new Error(`Followed ${count} of ${items} items`);
feed.dispose();
[followedStore, feed] = [null, null];

await settled();
const loadedStore = createThreadStore(server, { pageSize: () => 50 });
feed = feedOf(loadedStore);
await loadedStore.loadAll('t1', signal);
server.requests.length = 0;
const loaded = (await settled()) - before;
if (loadedStore.items('t1').count !== items) throw new Error('Not all items were loaded');
process.stdout.write(JSON.stringify({ followed, loaded, polls, items }));

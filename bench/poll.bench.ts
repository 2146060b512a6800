import { createThreadStore } from '../src/chatkit/common/store/threadStore.ts';
import { pollThread } from '../src/inspector/vscode/follower.ts';
import { type Bench, alone, median } from './bench.ts';
import { countedPort } from './tasks/countedPort.ts';
import { sourceAt } from './tasks/ours.ts';
import { sandboxWith } from './tasks/sandboxOf.ts';

/** Bytes on the wire of an idle poll of a thread of so many items, all loaded. */
async function pollBytes(items: number, polls: number): Promise<number> {
  const sandbox = await sandboxWith(items);
  const port = await countedPort(sandbox.baseUrl);
  const { apiKey, threadId } = sandbox;
  const { source, close } = sourceAt(port.url, apiKey);
  try {
    const { signal } = new AbortController();
    const store = createThreadStore(source, { pageSize: () => 50 });
    await store.loadAll(threadId, signal);
    const { count } = store.items(threadId);
    if (count !== items) throw new Error(`Loaded ${count} of ${items} items`);
    const bytes: number[] = [];
    for (let poll = 0; poll <= polls; poll++) {
      port.take();
      const news = await pollThread(store, threadId, signal);
      if (news) throw new Error('The thread is not idle');
      // The first one may open a connection.
      if (poll > 0) bytes.push(port.take());
    }
    return median(bytes);
  } finally {
    await close();
    port.stop();
    await sandbox.stop();
  }
}

export const benches: readonly Bench[] = [
  {
    names: ['poll-bytes'],
    run: async ({ rounds = 15 }) => [
      {
        ...alone,
        peer: await pollBytes(100, rounds),
        peerName: '100 items',
        ours: await pollBytes(10_000, rounds),
        unit: 'bytes',
        rounds,
      },
    ],
  },
];

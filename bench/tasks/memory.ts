// Loads a thread of so many items into a store and a page, in a process of its own: `memory.ts <items>`
// Run with `--expose-gc`; prints the live heaps of both sides after forced collections, bytes.
import { FakeHost } from '../../test/browser/inspector/fakeHost.ts';
import { firstItemsOfLong } from '../editor/threads.ts';
import { inChromium } from '../page/browser.ts';

const count = Number(process.argv[2]);
const { signal } = new AbortController();
const settled = async (): Promise<number> => {
  globalThis.gc?.();
  await new Promise((resolve) => setImmediate(resolve));
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

const bytes = await inChromium(async (page) => {
  const before = await settled();
  const host = new FakeHost({ items: await firstItemsOfLong(count), pageSize: 100 });
  await host.open(page);
  await page.locator('article').last().waitFor();
  await host.store.loadAll(host.threadId, signal);
  await page.locator('header', { hasText: `${count.toLocaleString('en')} items` }).waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  // Only the store holds the items, as in the editor.
  const loaded = host.store.items(host.threadId).count;
  if (loaded !== count) throw new Error(`Loaded ${loaded} of ${count} items`);
  return { page: usedSize, host: (await settled()) - before };
});
process.stdout.write(JSON.stringify(bytes));

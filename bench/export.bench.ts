import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alone, type Bench } from './bench.ts';
import { sandboxWith, task } from './tasks/sandboxOf.ts';

/** Live heap after exporting this many items, MB. */
async function heapAfter(items: number): Promise<number> {
  const sandbox = await sandboxWith(items);
  const folder = await mkdtemp(join(tmpdir(), 'chatkit-bench-'));
  try {
    const result = await task<{ items: number; heapBytes: number }>(
      'exportHeap',
      sandbox.baseUrl,
      sandbox.apiKey,
      sandbox.threadId,
      join(folder, 'thread.chatkit.jsonl'),
    );
    if (result.items !== items) throw new Error(`Exported ${result.items} of ${items} items`);
    return result.heapBytes / 1e6;
  } finally {
    await sandbox.stop();
    await rm(folder, { recursive: true });
  }
}

export const benches: readonly Bench[] = [
  {
    names: ['export-heap'],
    run: async () => [
      {
        ...alone,
        peer: await heapAfter(10_000),
        peerName: '10,000 items',
        ours: await heapAfter(100_000),
        unit: 'MB',
      },
    ],
  },
];

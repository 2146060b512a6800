import type { Bench } from './bench.ts';
import { median } from './bench.ts';
import { sandboxWith, task } from './tasks/sandboxOf.ts';

const items = 100_000;
const runs = 5;
const ways = ['ours', 'openai', 'undici'] as const;

export const benches: readonly Bench[] = [
  {
    name: 'list-100k',
    run: async () => {
      const sandbox = await sandboxWith(items);
      const times = { ours: [] as number[], openai: [] as number[], undici: [] as number[] };
      try {
        // In turns, so that a noisy moment of the machine meets all of them; the first round warms the sandbox up.
        for (let run = 0; run <= runs; run++) {
          for (const way of ways) {
            const { baseUrl, apiKey, threadId } = sandbox;
            const { count, cpuMs } = await task<{ count: number; cpuMs: number }>(
              'walk',
              way,
              baseUrl,
              apiKey,
              threadId,
            );
            if (count !== items) throw new Error(`${way} saw ${count} of ${items} items`);
            if (run > 0) times[way].push(cpuMs);
          }
        }
      } finally {
        await sandbox.stop();
      }
      return {
        peer: median(times.openai),
        peerName: 'openai (official client)',
        limit: median(times.undici),
        limitName: 'undici + JSON.parse',
        ours: median(times.ours),
        unit: 'ms',
      };
    },
  },
];

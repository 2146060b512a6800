import { type Bench, inTurn, median } from './bench.ts';
import { sandboxWith, task } from './tasks/sandboxOf.ts';

const items = 100_000;
const ways = ['ours', 'openai', 'undici'] as const;

export const benches: readonly Bench[] = [
  {
    names: ['list-100k'],
    run: async ({ rounds = 7 }) => {
      const sandbox = await sandboxWith(items);
      const { baseUrl, apiKey, threadId } = sandbox;
      const times = { ours: [] as number[], openai: [] as number[], undici: [] as number[] };
      try {
        // In turns, so that a noisy moment of the machine meets all of them; the first round warms the sandbox up.
        for (let round = 0; round <= rounds; round++) {
          for (const way of inTurn(round, ways)) {
            const measured = await task<{ count: number; cpuMs: number }>('walk', way, baseUrl, apiKey, threadId);
            if (measured.count !== items) throw new Error(`${way} saw ${measured.count} of ${items} items`);
            if (round > 0) times[way].push(measured.cpuMs);
          }
        }
      } finally {
        await sandbox.stop();
      }
      return [
        {
          peer: median(times.openai),
          peerName: 'openai (official client)',
          limit: median(times.undici),
          limitName: 'undici + JSON.parse',
          ours: median(times.ours),
          unit: 'ms',
          rounds,
        },
      ];
    },
  },
];

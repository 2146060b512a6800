import type { Bench } from './bench.ts';
import { task } from './tasks/sandboxOf.ts';

/** MB that either side may take. */
const budget = { peer: null, peerName: null, limit: 250, limitName: 'the budget', unit: 'MB' } as const;

export const benches: readonly Bench[] = [
  {
    names: ['memory-100k-webview', 'memory-100k-host'],
    run: async () => {
      const bytes = await task<{ page: number; host: number }>('memory', '100000');
      return [
        { ...budget, ours: bytes.page / 1e6 },
        { ...budget, ours: bytes.host / 1e6 },
      ];
    },
  },
];

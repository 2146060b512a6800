import type { Bench } from './bench.ts';
import { task } from './tasks/sandboxOf.ts';

export const benches: readonly Bench[] = [
  {
    names: ['soak'],
    run: async () => {
      const { followed, loaded, polls, items } = await task<{
        followed: number;
        loaded: number;
        polls: number;
        items: number;
      }>('soak');
      return [
        {
          peer: loaded / 1e6,
          peerName: 'the same items, loaded at once',
          limit: null,
          limitName: null,
          ours: followed / 1e6,
          unit: 'MB',
          note: `${polls} polls, ${items} new items`,
        },
      ];
    },
  },
];

import type { StoredThread } from '../store/threads.ts';
import { plant, type Soil } from './plant.ts';
import { assistant, user } from './say.ts';

/** `count` conversations from templates, spread over the days before the start. */
export function bulkThreads(soil: Soil, count: number): StoredThread[] {
  return Array.from({ length: count }, (_, index) =>
    plant(
      {
        key: `bulk ${index}`,
        user: `user_${1000 + (index % 9)}`,
        title: `Question ${index}`,
        ago: 3600 * (index + 1),
        lines: [user(0, 'A question'), assistant(3, 'An answer')],
      },
      soil,
    ),
  );
}

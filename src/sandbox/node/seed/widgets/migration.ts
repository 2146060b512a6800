import type { Widgets } from '@openai/chatkit';
import { badge, caption, card, progress, row, spacer, text } from './build.ts';

/** How far a table of the migration is. @param done 0..1 */
export function tableCard(table: string, shard: number, thousands: number, done: number): Widgets.Card {
  return card(
    { size: 'sm' },
    row({}, text(table, { weight: 'semibold' }), badge(`shard ${shard}`), spacer(), caption(`${thousands},000 rows`)),
    progress(done, done === 1 ? 'green-400' : 'blue-400'),
  );
}

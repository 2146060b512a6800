import type { Widgets } from '@openai/chatkit';
import { badge, caption, card, progress, row, spacer, text } from './build.ts';

/** The progress of a table in the migration. @param done 0 to 1 */
export function tableCard(table: string, shard: number, thousands: number, done: number): Widgets.Card {
  return card(
    { size: 'sm' },
    row({}, text(table, { weight: 'semibold' }), badge(`shard ${shard}`), spacer(), caption(`${thousands},000 rows`)),
    progress(done, done === 1 ? 'green-400' : 'blue-400'),
  );
}

import type { Widgets } from '@openai/chatkit';
import { badge, caption, card, icon, progress, row, spacer, title } from './build.ts';

/** One stop of the release train. */
export function releaseCard(service: string, version: string, waiting: number): Widgets.Card {
  return card(
    { size: 'sm', status: { text: 'Release train', icon: 'batch' } },
    row(
      {},
      icon('check-circle-filled', { color: 'success' }),
      title(service, { size: 'sm' }),
      spacer(),
      badge(version, { color: 'info' }),
    ),
    progress(1, 'green-400'),
    caption(waiting === 0 ? 'Last one of this round' : `${waiting} more to go`),
  );
}

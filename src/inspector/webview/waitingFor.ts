import { pendingActionOf, type Waiting } from '../../threads/common/summary/waiting.ts';
import type { Transcript } from './transcript.ts';

export interface Wait extends Waiting {
  readonly itemId: string;
}

/** At most this many are named; the first is what a reader looks for. */
const most = 3;

/** Open tool calls and forms, newest first, or else the last turn when it has no answer. Of what is loaded. */
export function waitingFor({ items, turns, bounds }: Transcript): readonly Wait[] {
  const waits: Wait[] = [];
  for (let index = items.length - 1; index >= 0 && waits.length < most; index--) {
    const item = items[index];
    const need = item === undefined ? null : pendingActionOf(item);
    if (item !== undefined && need !== null) {
      waits.push({ itemId: item.id, since: item.createdAt, for: need });
    }
  }
  const last = turns.at(-1);
  const asked = last && items[last.start];
  if (waits.length === 0 && bounds.reachesEnd && last?.answered === false && asked?.kind === 'user_message') {
    waits.push({ itemId: asked.id, since: asked.createdAt, for: { type: 'answer' } });
  }
  return waits;
}

import { pendingActionAt, type Waiting } from '../../threads/common/summary/waiting.ts';
import type { Transcript } from './state/transcript.ts';

interface Wait extends Waiting {
  readonly itemId: string;
}

/** Maximum number of entries that are listed. */
const maxWaits = 3;

/** Returns the loaded open tool calls and forms, newest first; without any, the last turn if it has no response. */
export function waitingFor({ items, turns, bounds }: Transcript): readonly Wait[] {
  const waits: Wait[] = [];
  for (let index = items.length - 1; index >= 0 && waits.length < maxWaits; index--) {
    const item = items[index];
    const need = pendingActionAt(items, index);
    if (item !== undefined && need !== null) {
      waits.push({ itemId: item.id, since: item.createdAt, for: need });
    }
  }
  const last = turns.at(-1);
  const message = last && items[last.start];
  if (waits.length === 0 && bounds.reachesEnd && last?.answered === false && message?.kind === 'user_message') {
    waits.push({ itemId: message.id, since: message.createdAt, for: { type: 'answer' } });
  }
  return waits;
}

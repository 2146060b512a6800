import { statusLabel } from '../../../chatkit/common/model/labels.ts';
import type { Thread, ThreadStatus } from '../../../chatkit/common/model/thread.ts';
import { oneLine } from '../../../base/common/plainText.ts';

/** Characters of a label made from what the user first said. */
const maxLabelLength = 60;

/** What a thread is called: its title, else the first words of its user, else its id, shortened. */
export function threadLabel(thread: Pick<Thread, 'id' | 'title'>, firstUserText?: string | null): string {
  return oneLine(thread.title ?? '') || oneLine(firstUserText ?? '', maxLabelLength) || shortId(thread.id);
}

/** `cthr_68e8283b…7b67`: its beginning, and enough of its end to tell it from its neighbours. */
export function shortId(id: string): string {
  const line = oneLine(id, 200);
  return line.length > 24 ? `${line.slice(0, 14)}…${line.slice(-4)}` : line;
}

/** `active`, `locked: waiting for review`, or the word of a status that this version does not know. */
export function statusText(status: ThreadStatus): string {
  if (status.type === 'unknown') return oneLine(status.name, 60) || statusLabel('unknown');
  const word = statusLabel(status.type);
  const reason = status.type === 'active' ? null : status.reason;
  return reason === null || reason.trim() === '' ? word : `${word}: ${oneLine(reason)}`;
}

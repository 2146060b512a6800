import { statusLabel } from '../../../chatkit/common/model/item.ts';
import type { Thread, ThreadStatus } from '../../../chatkit/common/model/thread.ts';
import { oneLine } from '../../../base/common/plainText.ts';

/** Maximum length of a label made from the first user message, in characters. */
const maxLabelLength = 60;

/** Returns the title of a thread, else the start of its first user message, else its shortened ID. */
export function threadLabel(thread: Pick<Thread, 'id' | 'title'>, firstUserText?: string | null): string {
  return oneLine(thread.title ?? '') || oneLine(firstUserText ?? '', maxLabelLength) || shortId(thread.id);
}

/** `cthr_68e8283b…7b67`: the start and enough of the end to distinguish it from similar IDs. */
export function shortId(id: string): string {
  const line = oneLine(id, 200);
  return line.length > 24 ? `${line.slice(0, 14)}…${line.slice(-4)}` : line;
}

/** `active`, `locked: waiting for review`, or the server's name of an unknown status. */
export function statusText(status: ThreadStatus): string {
  if (status.type === 'unknown') return oneLine(status.name, 60) || statusLabel('unknown');
  const label = statusLabel(status.type);
  const reason = status.type === 'active' ? null : status.reason;
  return reason === null || reason.trim() === '' ? label : `${label}: ${oneLine(reason)}`;
}

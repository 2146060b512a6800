import { turnsOf } from '../timing/turns.ts';
import type { ThreadItems } from '../store/types.ts';

/** What a thread waits for: the output of a client tool call, or (`tool` null) an answer to its user. */
export interface Waiting {
  readonly tool: string | null;
  /** ms since the epoch. */
  readonly since: number | null;
}

/** Read from the newest loaded items; null when nothing is open, or the end is not known. */
export function waitingFor({ windows, reachesStart, reachesEnd }: ThreadItems): Waiting | null {
  const items = windows.at(-1)?.items ?? [];
  if (!reachesEnd) return null;
  const open = items.findLast((item) => item.kind === 'client_tool_call' && item.status === 'open');
  if (open?.kind === 'client_tool_call') return { tool: open.name, since: open.createdAt };
  const from = items.findLastIndex(({ kind }) => kind === 'user_message');
  const last = from === -1 ? undefined : turnsOf(items.slice(from), { fromStart: reachesStart, toEnd: true }).at(-1);
  return last === undefined || last.answered ? null : { tool: null, since: items[from]?.createdAt ?? null };
}

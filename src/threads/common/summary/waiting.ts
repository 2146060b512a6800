import { turnsOf } from '../timing/turns.ts';
import type { ItemKind } from '../../../chatkit/common/model/item.ts';
import type { Trouble } from '../../../chatkit/common/store/threadFilter.ts';
import type { ThreadItems } from '../../../chatkit/common/store/types.ts';

/** The next step of a thread: a client returns the output of a tool, the user answers a form, or the server responds. */
export type PendingAction =
  { readonly type: 'tool'; readonly name: string } | { readonly type: 'form' } | { readonly type: 'answer' };

/** What a thread is waiting for, and since when. */
export interface Waiting {
  readonly for: PendingAction;
  /** ms since the epoch. */
  readonly since: number | null;
}

/** The fields of an item that decide whether it is open. Items of the model and of the page both have them. */
type OpenableItem =
  | { readonly kind: 'client_tool_call'; readonly status: string; readonly name: string }
  | { readonly kind: 'structured_input'; readonly status: string }
  | { readonly kind: Exclude<ItemKind, 'client_tool_call' | 'structured_input'> };

/** Returns what an item needs from a client or a user; null for most items. */
export function pendingActionOf(item: OpenableItem): PendingAction | null {
  switch (item.kind) {
    case 'client_tool_call':
      return item.status === 'open' ? { type: 'tool', name: item.name } : null;
    case 'structured_input':
      return item.status === 'pending' ? { type: 'form' } : null;
    default:
      return null;
  }
}

/** Returns what keeps a thread from making progress; null when nothing does or the newest items are not loaded. */
export function troubleOf(items: ThreadItems): Trouble | null {
  const action = waitingFor(items)?.for;
  if (action === undefined) return null;
  return action.type === 'answer' ? 'failed' : 'stuck';
}

/** Reads the newest loaded items. Returns null when no item is open or the newest items are not loaded. */
export function waitingFor({ windows, reachesStart, reachesEnd }: ThreadItems): Waiting | null {
  const items = windows.at(-1)?.items ?? [];
  if (!reachesEnd) return null;
  const open = items.findLast((item) => pendingActionOf(item) !== null);
  const action = open && pendingActionOf(open);
  if (open && action) return { for: action, since: open.createdAt };
  const from = items.findLastIndex(({ kind }) => kind === 'user_message');
  const last = from === -1 ? undefined : turnsOf(items.slice(from), { fromStart: reachesStart, toEnd: true }).at(-1);
  return last === undefined || last.answered
    ? null
    : { for: { type: 'answer' }, since: items[from]?.createdAt ?? null };
}

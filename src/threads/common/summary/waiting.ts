import { turnsOf } from '../timing/turns.ts';
import type { ItemKind } from '../../../chatkit/common/model/item.ts';
import type { ThreadItems } from '../../../chatkit/common/store/types.ts';

/** Whose turn it is: a client tool's, with its output; the user's, with a form (which has no title); or the server's. */
export type PendingAction =
  { readonly type: 'tool'; readonly name: string } | { readonly type: 'form' } | { readonly type: 'answer' };

/** What a thread waits for. */
export interface Waiting {
  readonly for: PendingAction;
  /** ms since the epoch. */
  readonly since: number | null;
}

/** An item as far as it tells whether it is open; also one that travelled to the page. */
type Openable =
  | { readonly kind: 'client_tool_call'; readonly status: string; readonly name: string }
  | { readonly kind: 'structured_input'; readonly status: string }
  | { readonly kind: Exclude<ItemKind, 'client_tool_call' | 'structured_input'> };

/** What an item waits for from outside the server; null for most. */
export function pendingActionOf(item: Openable): PendingAction | null {
  switch (item.kind) {
    case 'client_tool_call':
      return item.status === 'open' ? { type: 'tool', name: item.name } : null;
    case 'structured_input':
      return item.status === 'pending' ? { type: 'form' } : null;
    default:
      return null;
  }
}

/** Read from the newest loaded items; null when nothing is open, or the end is not known. */
export function waitingFor({ windows, reachesStart, reachesEnd }: ThreadItems): Waiting | null {
  const items = windows.at(-1)?.items ?? [];
  if (!reachesEnd) return null;
  const open = items.findLast((item) => pendingActionOf(item) !== null);
  const need = open && pendingActionOf(open);
  if (open && need) return { for: need, since: open.createdAt };
  const from = items.findLastIndex(({ kind }) => kind === 'user_message');
  const last = from === -1 ? undefined : turnsOf(items.slice(from), { fromStart: reachesStart, toEnd: true }).at(-1);
  return last === undefined || last.answered
    ? null
    : { for: { type: 'answer' }, since: items[from]?.createdAt ?? null };
}

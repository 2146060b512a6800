import { turnsOf } from './turns.ts';
import { type ItemKind, isMarker } from '../../../chatkit/common/model/item.ts';
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

/**
 * What keeps a thread from making progress, according to its newest items. `stuck`: a tool output or the answer to a form
 * is missing. `failed`: the last message of the user has no answer.
 */
export type ThreadCondition = 'stuck' | 'failed';

/** The fields of an item that decide whether it is open. Items of the model and of the webview both have them. */
type OpenableItem =
  | { readonly kind: 'client_tool_call'; readonly status: string; readonly name: string }
  | { readonly kind: 'structured_input'; readonly status: string }
  | { readonly kind: 'unknown'; readonly wireType: string | null }
  | { readonly kind: Exclude<ItemKind, 'client_tool_call' | 'structured_input' | 'unknown'> };

/** Returns whether only markers follow the item at an index: a server completes only the last tool call of a thread. */
function isLastItem(items: readonly OpenableItem[], index: number): boolean {
  for (let later = index + 1; later < items.length; later += 1) {
    const item = items[later];
    if (item !== undefined && !isMarker(item)) return false;
  }
  return true;
}

/** Returns what the item at an index waits for; null for a tool call that can no longer be answered. */
export function pendingActionAt(items: readonly OpenableItem[], index: number): PendingAction | null {
  const item = items[index];
  const action = item === undefined ? null : pendingActionOf(item);
  return action?.type === 'tool' && !isLastItem(items, index) ? null : action;
}

/** Returns what an item by itself needs from a client or a user; null for most items. See `pendingActionAt`. */
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
export function conditionOf(items: ThreadItems): ThreadCondition | null {
  const action = waitingFor(items)?.for;
  if (action === undefined) return null;
  return action.type === 'answer' ? 'failed' : 'stuck';
}

/** Rows, their ages and filters ask for the same items; loaded items never change, but are replaced. */
const found = new WeakMap<ThreadItems, Waiting | null>();

/** Reads the newest loaded items. Returns null when no item is open or the newest items are not loaded. */
export function waitingFor(items: ThreadItems): Waiting | null {
  const known = found.get(items);
  if (known !== undefined) return known;
  const waiting = findWaiting(items);
  found.set(items, waiting);
  return waiting;
}

function findWaiting({ windows, reachesStart, reachesEnd }: ThreadItems): Waiting | null {
  const items = windows.at(-1)?.items ?? [];
  if (!reachesEnd) return null;
  const at = items.findLastIndex((_item, index) => pendingActionAt(items, index) !== null);
  const action = pendingActionAt(items, at);
  if (action !== null) return { for: action, since: items[at]?.createdAt ?? null };
  const from = items.findLastIndex(({ kind }) => kind === 'user_message');
  const last = from === -1 ? undefined : turnsOf(items.slice(from), { fromStart: reachesStart, toEnd: true }).at(-1);
  return last === undefined || last.answered
    ? null
    : { for: { type: 'answer' }, since: items[from]?.createdAt ?? null };
}

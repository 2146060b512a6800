import type { Thread, ThreadStatus } from '../model/thread.ts';

/** A filter for loaded threads. It does not include the end user, because the server filters by user. */
export interface ThreadFilter {
  /** Words, in any order, each somewhere in label, id or user; null for all. */
  readonly text: string | null;
  /** Empty for all. */
  readonly statuses: readonly ThreadStatus['type'][];
  /** Created at or after `from` and before `to`, ms since the epoch; null where open. */
  readonly from: number | null;
  readonly to: number | null;
  /** Empty for all; see `Trouble`. */
  readonly troubles: readonly Trouble[];
}

/**
 * What keeps a thread from making progress, according to its newest items. `stuck`: a tool output or the answer to a form
 * is missing. `failed`: the last message of the user has no answer.
 */
export type Trouble = 'stuck' | 'failed';

export const noFilter: ThreadFilter = { text: null, statuses: [], from: null, to: null, troubles: [] };

export function isFiltering({ text, statuses, from, to, troubles }: ThreadFilter): boolean {
  return text !== null || statuses.length > 0 || from !== null || to !== null || troubles.length > 0;
}

/** What the filter needs besides the thread. */
interface FilteredThread {
  /** The displayed name of the thread. */
  readonly label: string;
  /** Null if there is none, or if the newest items are not loaded. */
  readonly trouble: Trouble | null;
}

/** Returns whether a thread passes the filter. */
export function matchesFilter(thread: Thread, { label, trouble }: FilteredThread, filter: ThreadFilter): boolean {
  const { statuses, from, to, text, troubles } = filter;
  if (troubles.length > 0 && (trouble === null || !troubles.includes(trouble))) return false;
  if (statuses.length > 0 && !statuses.includes(thread.status.type)) return false;
  if (from !== null && (thread.createdAt === null || thread.createdAt < from)) return false;
  if (to !== null && (thread.createdAt === null || thread.createdAt >= to)) return false;
  if (text === null) return true;
  const within = [label, thread.title, thread.id, thread.user].join('\n').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => within.includes(word));
}

export type Grouping = 'none' | 'user' | 'day';

export interface ThreadGroup {
  /** The user, or the start of the day in ms; null if unknown. */
  readonly key: string | null;
  readonly threads: readonly Thread[];
}

/** Groups threads, in the order of each group's first thread. Days are in the machine's time zone. */
export function groupThreads(threads: readonly Thread[], by: 'user' | 'day'): readonly ThreadGroup[] {
  const groups = new Map<string | null, Thread[]>();
  for (const thread of threads) {
    const key = by === 'user' ? thread.user : dayOf(thread.createdAt);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [thread]);
    else group.push(thread);
  }
  return [...groups].map(([key, members]) => ({ key, threads: members }));
}

/** Returns the start of the day in ms, as text. */
function dayOf(createdAt: number | null): string | null {
  return createdAt === null ? null : String(new Date(createdAt).setHours(0, 0, 0, 0));
}

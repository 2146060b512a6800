import type { Thread, ThreadStatus } from '../model/thread.ts';

/** What of the loaded threads is shown. The end user is not part of it: the server filters by user. */
export interface ThreadFilter {
  /** Words, in any order, each somewhere in label, id or user; null for all. */
  readonly text: string | null;
  /** Empty for all. */
  readonly statuses: readonly ThreadStatus['type'][];
  /** Created at or after `from` and before `to`, ms since the epoch; null where open. */
  readonly from: number | null;
  readonly to: number | null;
}

export const noFilter: ThreadFilter = { text: null, statuses: [], from: null, to: null };

export function isFiltering({ text, statuses, from, to }: ThreadFilter): boolean {
  return text !== null || statuses.length > 0 || from !== null || to !== null;
}

/** `label` is what the thread is shown as. */
export function matchesFilter(thread: Thread, label: string, filter: ThreadFilter): boolean {
  const { statuses, from, to, text } = filter;
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
  /** The user, or the day's first moment in ms; null for threads of which the server tells neither. */
  readonly key: string | null;
  readonly threads: readonly Thread[];
}

/** Groups in the order in which the threads first name them. Days are those of the machine's time zone. */
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

/** Start of the day, ms, as text. */
function dayOf(createdAt: number | null): string | null {
  return createdAt === null ? null : String(new Date(createdAt).setHours(0, 0, 0, 0));
}

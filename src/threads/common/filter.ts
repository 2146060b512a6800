import { groupBy } from '../../base/common/lists.ts';
import { matchesWords } from '../../base/common/plainText.ts';
import type { Thread, ThreadStatus } from '../../chatkit/common/model/thread.ts';
import type { ThreadCondition } from './summary/waiting.ts';

/** A filter for loaded threads. It does not include the end user, because the server filters by user. */
export interface ThreadFilter {
  /** Words, in any order, each somewhere in label, id or user; null for all. */
  readonly text: string | null;
  /** Empty for all. */
  readonly statuses: readonly ThreadStatus['type'][];
  /** Created at or after `from` and before `to`, ms since the epoch; null where open. */
  readonly from: number | null;
  readonly to: number | null;
  /** Empty for all; see `ThreadCondition`. */
  readonly conditions: readonly ThreadCondition[];
}

export const noFilter: ThreadFilter = { text: null, statuses: [], from: null, to: null, conditions: [] };

export function isFiltering({ text, statuses, from, to, conditions }: ThreadFilter): boolean {
  return text !== null || statuses.length > 0 || from !== null || to !== null || conditions.length > 0;
}

/** What the filter needs besides the thread. */
interface FilteredThread {
  /** The displayed name of the thread. */
  readonly label: string;
  /** Null if there is none, or if the newest items are not loaded. */
  readonly condition: ThreadCondition | null;
}

/** Returns whether a thread passes the filter. */
export function matchesFilter(thread: Thread, { label, condition }: FilteredThread, filter: ThreadFilter): boolean {
  const { statuses, from, to, text, conditions } = filter;
  if (conditions.length > 0 && (condition === null || !conditions.includes(condition))) return false;
  if (statuses.length > 0 && !statuses.includes(thread.status.type)) return false;
  if (from !== null && (thread.createdAt === null || thread.createdAt < from)) return false;
  if (to !== null && (thread.createdAt === null || thread.createdAt >= to)) return false;
  if (text === null) return true;
  return matchesWords(text, [label, thread.title, thread.id, thread.user]);
}

export type Grouping = 'none' | 'user' | 'day';

export interface ThreadGroup {
  /** The user, or the start of the day in ms; null if unknown. */
  readonly key: string | null;
  readonly threads: readonly Thread[];
}

/** Groups threads, in the order of each group's first thread. Days are in the machine's time zone. */
export function groupThreads(threads: readonly Thread[], by: 'user' | 'day'): readonly ThreadGroup[] {
  const groups = groupBy(threads, ({ user, createdAt }) => (by === 'user' ? user : dayOf(createdAt)));
  return [...groups].map(([key, members]) => ({ key, threads: members }));
}

/** Returns the start of the day in ms, as text. */
function dayOf(createdAt: number | null): string | null {
  return createdAt === null ? null : String(new Date(createdAt).setHours(0, 0, 0, 0));
}

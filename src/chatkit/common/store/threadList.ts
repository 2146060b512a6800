import type { Thread } from '../model/thread.ts';
import type { Page } from '../threadSource.ts';
import { sameJson } from './sameJson.ts';

/** The loaded part of a connection's list: its first threads, without gaps. */
export interface LoadedThreads {
  readonly threads: readonly Thread[];
  /** Cursor of the page after them. */
  readonly next: string | null;
  readonly hasMore: boolean;
  readonly stopped: boolean;
}

export const noThreads: LoadedThreads = { threads: [], next: null, hasMore: false, stopped: false };

export interface Merged {
  readonly list: LoadedThreads;
  /** Threads of the list whose contents changed. */
  readonly changed: readonly Thread[];
  /** Threads were added, removed or moved, or the number of threads that can be loaded changed. */
  readonly relisted: boolean;
}

/**
 * Merges a reloaded first page into the list. If they overlap, the threads after the page remain. Otherwise there are
 * more new threads than the page contains, and only the page remains, because the list has no gaps.
 */
export function mergeFirstPage(list: LoadedThreads, page: Page<Thread>): Merged {
  const data = unique(page.data, []);
  const ids = new Set(data.map(({ id }) => id));
  const meeting = page.hasMore ? list.threads.findLastIndex(({ id }) => ids.has(id)) : -1;
  const tail = meeting === -1 ? [] : list.threads.slice(meeting + 1);
  const end = {
    next: page.next,
    hasMore: page.hasMore && page.next !== null,
    stopped: page.hasMore && page.next === null,
  };
  return merged(list, [...data, ...tail], tail.length > 0 ? list : end);
}

/** Adds the page after the list. A page without new threads, or with its own cursor as the next one, ends loading. */
export function appendPage(list: LoadedThreads, page: Page<Thread>): Merged {
  const data = unique(page.data, list.threads);
  const turns = page.next === null || page.next === list.next;
  const stopped = page.hasMore && (turns || (data.length === 0 && page.data.length > 0));
  const end = { next: page.next, hasMore: page.hasMore && !stopped, stopped };
  return {
    list: { ...end, threads: [...list.threads, ...data] },
    changed: [],
    relisted: data.length > 0 || endsOtherwise(list, end),
  };
}

/** Updates one thread that was loaded individually. Returns null if it is unchanged or not in the list. */
export function replaceThread(list: LoadedThreads, thread: Thread): LoadedThreads | null {
  const index = list.threads.findIndex(({ id }) => id === thread.id);
  const old = list.threads[index];
  if (old === undefined || sameJson(old.raw, thread.raw)) return null;
  return { ...list, threads: list.threads.with(index, thread) };
}

export function removeThread(list: LoadedThreads, threadId: string): LoadedThreads {
  return { ...list, threads: list.threads.filter(({ id }) => id !== threadId) };
}

type End = Omit<LoadedThreads, 'threads'>;

function endsOtherwise(old: End, end: End): boolean {
  return end.hasMore !== old.hasMore || end.stopped !== old.stopped;
}

function merged(old: LoadedThreads, threads: readonly Thread[], end: End): Merged {
  const before = new Map(old.threads.map((thread) => [thread.id, thread]));
  const kept = threads.map((thread) => {
    const known = before.get(thread.id);
    return known !== undefined && sameJson(known.raw, thread.raw) ? known : thread;
  });
  return {
    list: { ...end, threads: kept },
    changed: kept.filter((thread) => before.has(thread.id) && before.get(thread.id) !== thread),
    relisted:
      endsOtherwise(old, end) ||
      kept.length !== old.threads.length ||
      kept.some(({ id }, i) => id !== old.threads[i]?.id),
  };
}

/** Removes threads whose IDs are already in the list, because two rows for one thread would be indistinguishable. */
function unique(threads: readonly Thread[], before: readonly Thread[]): readonly Thread[] {
  const seen = new Set(before.map(({ id }) => id));
  return threads.filter(({ id }) => !seen.has(id) && seen.add(id));
}

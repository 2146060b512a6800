import { setTimeout as delay } from 'node:timers/promises';
import type { Json } from '../../base/common/json.ts';
import { oneLine } from '../../base/common/plainText.ts';
import { isGatewayStatus, isSourceError } from '../../chatkit/common/errors.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import { type Thread, timeNote, uncertainMark } from '../../chatkit/common/model/thread.ts';
import { everyPage } from '../../chatkit/common/everyPage.ts';
import { type Page, type ThreadSource, maxPageSize } from '../../chatkit/common/threadSource.ts';
import { itemSummary } from '../../threads/common/summary/itemSummary.ts';
import { pendingActionAt } from '../../threads/common/summary/waiting.ts';

/** Yields every thread, newest first, page by page. A rate limit is an error. */
export function threadPages(
  source: ThreadSource,
  { user, limit = Infinity }: { readonly user?: string | undefined; readonly limit?: number },
  signal: AbortSignal,
): AsyncGenerator<readonly Thread[]> {
  const query = { order: 'desc', ...(user !== undefined && source.capabilities.filterByUser ? { user } : {}) } as const;
  return pages((page) => source.listThreads({ ...query, ...page }, signal), limit);
}

/** Yields every item of a thread, oldest first, page by page. A rate limit is an error. */
export function itemPages(
  source: ThreadSource,
  threadId: string,
  { limit = Infinity }: { readonly limit?: number },
  signal: AbortSignal,
): AsyncGenerator<readonly ThreadItem[]> {
  return pages((page) => source.listItems(threadId, { order: 'asc', ...page }, signal), limit);
}

async function* pages<T>(
  fetchPage: (page: { readonly limit: number; readonly after?: string }) => Promise<Page<T>>,
  limit: number,
): AsyncGenerator<readonly T[]> {
  let left = limit;
  const next = (after: string | undefined) =>
    fetchPage({ limit: Math.min(maxPageSize, left), ...(after === undefined ? {} : { after }) });
  for await (const data of everyPage(next, null)) {
    yield data.slice(0, left);
    left -= data.length;
    if (left <= 0) return;
  }
}

const pollMs = 250;

/** Waits until the server answers, for at most `seconds`: for scripts that have just started it. Throws its last error. */
export async function waitForServer(source: ThreadSource, seconds: number, signal: AbortSignal): Promise<void> {
  const until = performance.now() + seconds * 1000;
  for (;;) {
    try {
      await source.listThreads({ limit: 1, order: 'desc' }, signal);
      return;
    } catch (error) {
      const { status = 0 } = isSourceError(error) ? error.details : {};
      // Any other error is an answer, which the command itself reports.
      if (!isSourceError(error, 'network') && !isGatewayStatus(status)) return;
      if (performance.now() + pollMs > until) throw error;
    }
    await delay(pollMs, undefined, { signal });
  }
}

/** A thread or an item as JSON: the model, with its time as ISO 8601 text, and what was received as `raw`. */
export function toJson({ raw, createdAt, ...model }: Thread | ThreadItem): { readonly [key: string]: Json } {
  return { ...(model as unknown as { readonly [key: string]: Json }), createdAt: isoTime(createdAt), raw };
}

function isoTime(ms: number | null): string | null {
  return ms === null || !isTime(ms) ? null : new Date(ms).toISOString();
}

/** `2026-11-06 14:03:10` in local time; empty if unknown. */
function localTime(ms: number | null): string {
  if (ms === null || !isTime(ms)) return '';
  const date = new Date(ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

/** The time of a thread or an item, marked where its zone is not certain; empty if unknown. */
export function timeText(element: Thread | ThreadItem): string {
  const text = localTime(element.createdAt);
  return text === '' || timeNote(element) === null ? text : `${uncertainMark}${text}`;
}

function isTime(ms: number): boolean {
  return Number.isFinite(ms) && Math.abs(ms) <= 8.64e15;
}

/** Styles of the columns of `itemRows`. */
export const itemStyles = ['dim', 'cyan', 'dim'] as const;

/**
 * Items as rows of a table: time, kind, ID and one line of the content. `known`: the items with those that follow them,
 * which decide whether a tool call still waits.
 */
export function itemRows(
  items: readonly ThreadItem[],
  known: readonly ThreadItem[] = items,
): readonly (readonly string[])[] {
  return items.map((item, index) => [
    timeText(item),
    item.kind,
    oneLine(item.id, 80),
    itemSummary(item, pendingActionAt(known, index) !== null),
  ]);
}

import type { InspectorItem } from '../../common/inspectorItem.ts';
import { textOf } from '../items/kinds.ts';

export interface Matches {
  readonly total: number;
  /** Items with matches, in thread order. */
  readonly items: readonly {
    /** Index among the visible items. */
    readonly position: number;
    /** Number of matches in the items before it. */
    readonly before: number;
  }[];
}

/** Time that the search takes before it lets the page render, in ms. */
const sliceMs = 8;

/** Counts `query` in all visible items, ignoring case. Stops when the signal is aborted; the result is then incomplete. */
export async function findMatches(
  items: readonly InspectorItem[],
  visible: Uint32Array,
  query: string,
  signal: AbortSignal,
): Promise<Matches> {
  const needle = query.toLowerCase();
  const found: Matches['items'][number][] = [];
  let total = 0;
  let until = performance.now() + sliceMs;
  for (const [position, index] of visible.entries()) {
    const item = items[index];
    const count = item === undefined ? 0 : countOf(textOf(item).toLowerCase(), needle);
    if (count > 0) found.push({ position, before: total });
    total += count;
    if (performance.now() < until) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (signal.aborted) break;
    until = performance.now() + sliceMs;
  }
  return { total, items: found };
}

function countOf(text: string, needle: string): number {
  let count = 0;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) count += 1;
  return count;
}

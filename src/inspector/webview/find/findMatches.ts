import type { InspectorItem } from '../../common/inspectorItem.ts';
import { textOf } from '../items/kinds.ts';

export interface Matches {
  readonly total: number;
  /** Items with matches, in thread order. */
  readonly items: readonly {
    /** Among the visible items. */
    readonly position: number;
    /** Matches in the items before it. */
    readonly before: number;
  }[];
}

/** Time that searching takes before it lets the page draw, ms. */
const slice = 8;

/** Counts `query` in all visible items, without regard to case. Gives up quietly when the signal fires. */
export async function findMatches(
  items: readonly InspectorItem[],
  visible: Uint32Array,
  query: string,
  signal: AbortSignal,
): Promise<Matches> {
  const needle = query.toLowerCase();
  const found: Matches['items'][number][] = [];
  let total = 0;
  let until = performance.now() + slice;
  for (const [position, index] of visible.entries()) {
    const item = items[index];
    const count = item === undefined ? 0 : countOf(textOf(item).toLowerCase(), needle);
    if (count > 0) found.push({ position, before: total });
    total += count;
    if (performance.now() < until) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (signal.aborted) break;
    until = performance.now() + slice;
  }
  return { total, items: found };
}

function countOf(text: string, needle: string): number {
  let count = 0;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) count += 1;
  return count;
}

import type { Json, JsonObject } from '../../../domain/json.ts';
import { alignSequences } from './alignSequences.ts';
import { compareJson, type JsonDifference } from './compareJson.ts';
import { toNormalItems, toNormalThread, type ThreadContent } from './normalForm.ts';
import { stableText } from './stableText.ts';

/** One line of a comparison: an item of each side, or of one of them. Indices into the items of both threads. */
export interface ComparedItems {
  readonly change: 'equal' | 'changed' | 'added' | 'removed';
  readonly left: number | null;
  readonly right: number | null;
  /** Since the item before it on the same side; ms. Null where a time is missing, and for the first item. */
  readonly leftMs: number | null;
  readonly rightMs: number | null;
}

export interface ThreadComparison {
  /** Title and status, each with its difference. */
  readonly header: JsonDifference;
  readonly items: readonly ComparedItems[];
  /** Rows that are not equal. */
  readonly differences: number;
  /** What changed in a row's item; computed on request, because a page shows few of them at a time. */
  details(row: ComparedItems): JsonDifference;
}

/**
 * Compares two threads by what their items say. Ids and times do not count. Equal items are matched first; what remains
 * between two matches is paired by kind and name, in order.
 */
export function compareThreads(left: ThreadContent, right: ThreadContent): ThreadComparison {
  const [a, b] = [toNormalItems(left), toNormalItems(right)];
  const rows: ComparedItems[] = [];
  let removed: number[] = [];
  let added: number[] = [];
  const row = (l: number | null, r: number | null, change: ComparedItems['change']): void => {
    rows.push({ change, left: l, right: r, leftMs: gapBefore(left, l), rightMs: gapBefore(right, r) });
  };
  const flush = (): void => {
    const sorts = (items: readonly JsonObject[], places: readonly number[]) => places.map((at) => sortOf(items[at]));
    for (const pair of alignSequences(sorts(a, removed), sorts(b, added))) {
      const l = pair.left === null ? null : (removed[pair.left] ?? null);
      const r = pair.right === null ? null : (added[pair.right] ?? null);
      row(l, r, l === null ? 'added' : r === null ? 'removed' : 'changed');
    }
    removed = [];
    added = [];
  };
  for (const pair of alignSequences(
    a.map((item) => stableText(item)),
    b.map((item) => stableText(item)),
  )) {
    if (pair.left !== null && pair.right !== null) {
      flush();
      row(pair.left, pair.right, 'equal');
    } else if (pair.left !== null) removed.push(pair.left);
    else if (pair.right !== null) added.push(pair.right);
  }
  flush();
  return {
    header: compareJson(headerOf(left), headerOf(right)),
    items: rows,
    differences: rows.filter(({ change }) => change !== 'equal').length,
    details: ({ left: l, right: r }) => {
      const [before, after] = [l === null ? undefined : a[l], r === null ? undefined : b[r]];
      if (before === undefined) return { key: null, change: 'added', right: after ?? null };
      if (after === undefined) return { key: null, change: 'removed', left: before };
      return compareJson(before, after);
    },
  };
}

function headerOf({ thread }: ThreadContent): Json {
  const { title = null, status = null } = toNormalThread({ thread, items: [] });
  return { title, status };
}

function sortOf(item: JsonObject | undefined): string {
  return `${String(item?.['kind'])} ${String(item?.['name'] ?? '')}`;
}

function gapBefore({ items }: ThreadContent, index: number | null): number | null {
  if (index === null || index === 0) return null;
  const [before, item] = [items[index - 1]?.createdAt, items[index]?.createdAt];
  return before == null || item == null ? null : Math.max(0, item - before);
}

import { append } from '../../../base/common/lists.ts';
import type { Json, JsonObject } from '../../../base/common/json.ts';
import type { ThreadItem } from '../../../chatkit/common/model/item.ts';
import { type AlignedPair, alignSequences } from './alignSequences.ts';
import { type JsonDifference, compareJson } from './compareJson.ts';
import { NormalItems, type ThreadContent, toNormalThread } from './normalForm.ts';
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
 * Compares two threads by the content of their items. Ids and times do not count. Equal items are matched first; what remains
 * between two matches is paired by kind and name, in order.
 */
export function compareThreads(left: ThreadContent, right: ThreadContent): ThreadComparison {
  const [a, b] = [new NormalItems(left), new NormalItems(right)];
  const details = (l: number | null, r: number | null): JsonDifference => {
    const [before, after] = [l === null ? undefined : a.at(l), r === null ? undefined : b.at(r)];
    if (before === undefined) return { key: null, change: 'added', right: after ?? null };
    if (after === undefined) return { key: null, change: 'removed', left: before };
    return compareJson(before, after);
  };
  // As `details` says, which is too much work for every row.
  const change = (l: number | null, r: number | null): ComparedItems['change'] => {
    if (l === null) return 'added';
    if (r === null) return 'removed';
    return textOf(a.at(l)) === textOf(b.at(r)) ? 'equal' : 'changed';
  };
  const pairs: Pair[] = [];
  const byKind = (gap: Gap): void => {
    const keys = alignGap(
      gap,
      (at) => sortOf(left.items[at]),
      (at) => sortOf(right.items[at]),
    );
    append(pairs, keys);
  };
  // Between items whose cheap keys are equal, exact forms decide; between those, kind and name.
  const exactly = (gap: Gap): void => {
    matchAndFill(
      alignGap(
        gap,
        (at) => textOf(a.at(at)),
        (at) => textOf(b.at(at)),
      ),
      pairs,
      byKind,
    );
  };
  matchAndFill(alignSequences(a.quickKeys(), b.quickKeys()), pairs, exactly);
  const items = pairs.map(({ left: l, right: r, equal = false }): ComparedItems => ({
    change: equal ? 'equal' : change(l, r),
    left: l,
    right: r,
    leftMs: gapBefore(left, l),
    rightMs: gapBefore(right, r),
  }));
  return {
    header: compareJson(headerOf(left), headerOf(right)),
    items,
    differences: items.filter(({ change }) => change !== 'equal').length,
    details: (row) => details(row.left, row.right),
  };
}

type Pair = AlignedPair & { readonly equal?: boolean };

/** Items between two matched pairs. */
interface Gap {
  readonly left: readonly number[];
  readonly right: readonly number[];
}

function alignGap(
  gap: Gap,
  leftKey: (index: number) => string,
  rightKey: (index: number) => string,
): readonly AlignedPair[] {
  const place = (places: readonly number[], index: number | null) => (index === null ? null : (places[index] ?? null));
  return alignSequences(gap.left.map(leftKey), gap.right.map(rightKey)).map(({ left, right }) => ({
    left: place(gap.left, left),
    right: place(gap.right, right),
  }));
}

/** Takes over the matched pairs; unmatched items between them are passed to `fill`, which adds it to `pairs`. */
function matchAndFill(aligned: readonly AlignedPair[], pairs: Pair[], fill: (gap: Gap) => void): void {
  let left: number[] = [];
  let right: number[] = [];
  const flush = (): void => {
    if (left.length > 0 || right.length > 0) fill({ left, right });
    left = [];
    right = [];
  };
  for (const pair of aligned) {
    if (pair.left !== null && pair.right !== null) {
      flush();
      pairs.push({ ...pair, equal: true });
    } else if (pair.left !== null) left.push(pair.left);
    else if (pair.right !== null) right.push(pair.right);
  }
  flush();
}

/** Equal for equal items. */
function textOf(item: JsonObject | undefined): string {
  return stableText(item ?? null);
}

function headerOf({ thread }: ThreadContent): Json {
  const { title = null, status = null } = toNormalThread({ thread, items: [] });
  return { title, status };
}

function sortOf(item: ThreadItem | undefined): string {
  return item?.kind === 'client_tool_call' ? `${item.kind} ${item.name}` : (item?.kind ?? '');
}

function gapBefore({ items }: ThreadContent, index: number | null): number | null {
  if (index === null || index === 0) return null;
  const [before, item] = [items[index - 1]?.createdAt, items[index]?.createdAt];
  return before == null || item == null ? null : Math.max(0, item - before);
}

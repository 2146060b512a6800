import type { CompareBlock, CompareRow } from '../../common/compare/compareProtocol.ts';

/** What the list shows: a row, or equal rows that are collapsed. */
export type Entry =
  | { readonly type: 'row'; readonly index: number; readonly row: CompareRow | null }
  | { readonly type: 'equal'; readonly first: number; readonly count: number };

/** The entries of the list. `open`: the first rows of expanded blocks; `known`: equal rows that were received. */
export function entriesOf(
  blocks: readonly CompareBlock[],
  open: ReadonlySet<number>,
  known: ReadonlyMap<number, CompareRow>,
): readonly Entry[] {
  return blocks.flatMap((block): readonly Entry[] => {
    if (block.type === 'row') return [{ type: 'row', index: block.row.index, row: block.row }];
    const { first, count } = block;
    const collapsed: Entry = { type: 'equal', first, count };
    if (!open.has(first)) return [collapsed];
    const rows = Array.from({ length: count }, (_, at): Entry => {
      const index = first + at;
      return { type: 'row', index, row: known.get(index) ?? null };
    });
    return [collapsed, ...rows];
  });
}

export function isDifference(entry: Entry): boolean {
  return entry.type === 'row' && entry.row !== null && entry.row.change !== 'equal';
}

/** Index of the entry of the next difference in a direction; -1 if there is none. */
export function nextDifference(entries: readonly Entry[], from: number, step: 1 | -1): number {
  for (let at = from + step; at >= 0 && at < entries.length; at += step) {
    const entry = entries[at];
    if (entry !== undefined && isDifference(entry)) return at;
  }
  return -1;
}

import { structureOf } from './structure.ts';

/** Lines that can be folded, from 0. */
interface Fold {
  readonly start: number;
  readonly end: number;
  readonly isComment: boolean;
}

/** Returns the objects, arrays, blocks and comments of a template that span several lines. */
export function foldsOf(text: string): readonly Fold[] {
  const { frames, blocks, tokens } = structureOf(text);
  const lineOf = lines(text);
  const folds: Fold[] = [];
  const add = (from: number, to: number, isComment = false): void => {
    const start = lineOf(from);
    // The line of the closing bracket stays visible.
    const end = lineOf(to) - (isComment ? 0 : 1);
    if (end > start) folds.push({ start, end, isComment });
  };
  for (const { open, end } of frames) add(open.offset, end);
  for (const { opener, branches, closer } of blocks) {
    const ends = [...branches, ...(closer === null ? [] : [closer])];
    [opener, ...branches].forEach((tag, index) => {
      const next = ends[index];
      if (next !== undefined) add(tag.offset, next.offset);
    });
  }
  for (const { kind, offset, end } of tokens) if (kind === 'comment' || kind === 'raw') add(offset, end, true);
  return folds;
}

function lines(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
}

import type { SourceRange } from '../core/errors.ts';

/** A place in a text as people count: both from 1, the column in UTF-16 code units. */
interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/**
 * The template as the lexer reads it: every line break is `\n`, and one at the end is dropped. Offsets are mapped back
 * to the original text.
 */
export class TemplateSource {
  readonly text: string;
  readonly #original: string;
  /** Offsets (in `text`) of line breaks that were two characters. */
  readonly #joined: readonly number[];
  readonly #lines: readonly number[];

  constructor(original: string, keepTrailingNewline: boolean) {
    this.#original = original;
    const joined: number[] = [];
    const text = original.replace(/\r\n|\r|\n/g, (found, offset: number) => {
      if (found.length === 2) joined.push(offset - joined.length);
      return '\n';
    });
    this.#joined = joined;
    this.text = !keepTrailingNewline && text.endsWith('\n') ? text.slice(0, -1) : text;
    const lines = [0];
    for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) lines.push(at + 1);
    this.#lines = lines;
  }

  /** The offset in the given text of an offset in `text`. */
  originalOffset(offset: number): number {
    return offset + countBelow(this.#joined, offset);
  }

  originalRange(start: number, end: number): SourceRange {
    return { start: this.originalOffset(start), end: this.originalOffset(end) };
  }

  /** The line of an offset in `text`, from 1. */
  lineAt(offset: number): number {
    return countBelow(this.#lines, offset + 1);
  }

  /** Line and column of an offset in the given text. */
  position(offset: number): LineColumn {
    const before = this.#original.slice(0, offset).split(/\r\n|\r|\n/);
    return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }
}

/** How many of the sorted numbers are below a limit. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

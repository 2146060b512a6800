/**
 * Splits a growing text into blocks of Markdown that no longer change, and the rest. Reads each character once. Lines
 * that might belong to the block before them are added to it, because the finished text is rendered as a whole.
 */
export class IncrementalBlocks {
  #text = '';
  readonly #done: string[] = [];
  /** Start of the incomplete block, and the first line that was not processed yet. */
  #blockStart = 0;
  #lineStart = 0;
  /** The fence that has to close before a block can end. */
  #fence: string | null = null;
  #blank = false;

  /** Processes the current text. A text that does not start with the previous one is a different text. */
  update(text: string): { readonly done: readonly string[]; readonly rest: string } {
    if (!text.startsWith(this.#text)) this.#reset();
    this.#text = text;
    for (;;) {
      const end = text.indexOf('\n', this.#lineStart);
      if (end < 0) break;
      this.#line(text.slice(this.#lineStart, end));
      this.#lineStart = end + 1;
    }
    return { done: this.#done, rest: text.slice(this.#blockStart) };
  }

  #line(line: string): void {
    if (this.#fence !== null) {
      if (line.trim().startsWith(this.#fence)) this.#fence = null;
      return;
    }
    if (line.trim() === '') {
      this.#blank = true;
      return;
    }
    // A line after an empty line starts a new block, unless it is indented or part of a list.
    if (this.#blank && this.#lineStart > this.#blockStart && !/^(?:\s|[-*+>|]|\d+[.)])/.test(line)) {
      this.#done.push(this.#text.slice(this.#blockStart, this.#lineStart));
      this.#blockStart = this.#lineStart;
    }
    this.#blank = false;
    this.#fence = /^\s*(`{3,}|~{3,}|\$\$|\\\[)/.exec(line)?.[1] ?? null;
    if (this.#fence === '\\[') this.#fence = '\\]';
    // Opened and closed on one line.
    if (this.#fence === '$$' && /\$\$\s*$/.test(line.trim().slice(2))) this.#fence = null;
    if (this.#fence === '\\]' && line.includes('\\]')) this.#fence = null;
  }

  #reset(): void {
    this.#done.length = 0;
    this.#blockStart = 0;
    this.#lineStart = 0;
    this.#fence = null;
    this.#blank = false;
  }
}

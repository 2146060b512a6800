/** A number at a position in a Markdown text. */
export interface Footnote {
  readonly number: number;
  /** Characters before it in the text. */
  readonly index: number;
}

/**
 * The text with `markOf` of each footnote at its place: not at the start of a line, not within a character, and behind
 * the marks of Markdown that end there.
 */
export function insertFootnotes(
  text: string,
  footnotes: readonly Footnote[],
  markOf: (footnote: Footnote) => string,
): string {
  const placeOf = placesIn(text);
  const places = footnotes.map((footnote) => ({ at: placeOf(footnote.index), mark: markOf(footnote) }));
  let from = 0;
  let marked = '';
  for (const { at, mark } of places.toSorted((a, b) => a.at - b.at)) {
    marked += text.slice(from, at) + mark;
    from = at;
  }
  return marked + text.slice(from);
}

/** Where footnotes go. Ends of blanks and marks are found once for the text, not once for each footnote. */
function placesIn(text: string): (index: number) => number {
  const beforeBlanks = new Uint32Array(text.length + 1);
  for (let at = 1; at <= text.length; at += 1) {
    beforeBlanks[at] = /\s/.test(text[at - 1] ?? '') ? (beforeBlanks[at - 1] ?? 0) : at;
  }
  const afterMarks = new Uint32Array(text.length + 1);
  for (let at = text.length; at >= 0; at -= 1) {
    afterMarks[at] = /[*_~`]/.test(text[at] ?? '') ? (afterMarks[at + 1] ?? at) : at;
  }
  return (index) => {
    let at = Math.min(Math.max(Math.trunc(index), 0), text.length);
    if (/[\udc00-\udfff]/.test(text[at] ?? '')) at += 1;
    if (at === text.length || text[at - 1] === '\n') at = beforeBlanks[at] ?? at;
    if (at > 0 && !/\s/.test(text[at - 1] ?? '')) at = afterMarks[at] ?? at;
    return at;
  };
}

/** How many trials `fittingOf` makes; each costs as much as the text is long. */
const maxTrials = 32;

/**
 * The trial with as many of `all` as pass it, found by halving: those that are left when the trials run out do not pass.
 * Null when those that pass in parts do not pass together.
 *
 * @param trial null when `some` do not pass
 */
export function fittingOf<T, Result>(
  all: readonly T[],
  trial: (some: readonly T[]) => Result | null,
  trials = maxTrials,
): Result | null {
  const together = trial(all);
  if (together !== null) return together;
  let left = trials;
  const fitting = (some: readonly T[]): readonly T[] => {
    if (some.length < 2) return left-- > 0 && trial(some) !== null ? some : [];
    const half = some.length >> 1;
    return [some.slice(0, half), some.slice(half)].flatMap((part) =>
      part.length > 1 && left-- > 0 && trial(part) !== null ? part : left > 0 ? fitting(part) : [],
    );
  };
  return trial(fitting(all));
}

/** Roughly what a reader sees of a Markdown text: its words without its marks. For finding; linear in the length. */
export function markdownWords(text: string): string {
  return text
    .replace(/!?\[([^\][\n]*)\]\([^()\n]*\)/g, '$1')
    .replace(/\*\*|__|~~|`+/g, '')
    .replace(/^[ \t]*(?:#{1,6}|>|[-*+])[ \t]+/gm, '')
    .replace(/\*/g, '');
}

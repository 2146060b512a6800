import type { MarkdownIt } from 'markdown-it';

type InlineRule = Parameters<MarkdownIt['inline']['ruler']['push']>[1];
type BlockRule = Parameters<MarkdownIt['block']['ruler']['push']>[1];
type BlockState = Parameters<BlockRule>[0];

const blockMarks = [
  ['$$', '$$'],
  ['\\[', '\\]'],
] as const;

/**
 * Formulas between `$$…$$`, as in ChatKit. With `allFormulas: true` in the environment that is passed to the parser also
 * those between `$…$`, `\(…\)` and `\[…\]`. They stay TeX until a formula is rendered.
 */
export function mathRules(parser: MarkdownIt): void {
  parser.inline.ruler.before('escape', 'math', inlineMath);
  parser.block.ruler.before('fence', 'math', blockMath, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
  const escape = (text: string) => parser.utils.escapeHtml(text);
  parser.renderer.rules['math_inline'] = (tokens, index) =>
    `<span data-math="inline">${escape(tokens[index]?.content ?? '')}</span>`;
  parser.renderer.rules['math_block'] = (tokens, index) =>
    `<div data-math="block">${escape(tokens[index]?.content ?? '')}</div>`;
}

/**
 * Where marks occur in the text of a parser's state. Without it, each opening mark that is never closed would be searched
 * for to the end of the text.
 */
const occurrences = new WeakMap<object, Occurrences>();
function occurrencesIn(state: { readonly src: string }): Occurrences {
  const known = occurrences.get(state) ?? new Occurrences(state.src);
  occurrences.set(state, known);
  return known;
}

const inlineMath: InlineRule = (state, silent) => {
  const { src, pos } = state;
  const isBracket = src.startsWith('\\(', pos);
  if (!isBracket && src[pos] !== '$') return false;
  if (state.env['allFormulas'] !== true && !src.startsWith('$$', pos)) return false;
  const found = (isBracket ? bracketed : dollars)(src, pos, occurrencesIn(state));
  if (found === undefined) return false;
  if (!silent) state.push('math_inline', '', 0).content = found.tex;
  state.pos = found.end;
  return true;
};

type Found = { readonly tex: string; readonly end: number } | undefined;

function bracketed(text: string, from: number, marks: Occurrences): Found {
  const close = marks.next('\\)', from + 2);
  return close < 0 ? undefined : { tex: text.slice(from + 2, close), end: close + 2 };
}

/** `$5 and $6` is money: a formula touches both its dollars, and no digit follows it. */
function dollars(text: string, from: number, marks: Occurrences): Found {
  const mark = text[from + 1] === '$' ? '$$' : '$';
  const start = from + mark.length;
  const close = marks.next(mark, start);
  if (close <= start) return undefined;
  const tex = text.slice(start, close);
  const end = close + mark.length;
  if (mark === '$' && (/^\s|\s$|\n\n/.test(tex) || /\d/.test(text[end] ?? ''))) return undefined;
  return { tex, end };
}

const blockMath: BlockRule = (state, startLine, endLine, silent) => {
  const from = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const marks = blockMarks.find(([open]) => state.src.startsWith(open, from));
  if (marks === undefined || (marks[0] === '\\[' && state.env['allFormulas'] !== true)) return false;
  const [open, close] = marks;
  const at = occurrencesIn(state).next(close, from + open.length);
  if (at < 0 || at >= (state.eMarks[endLine - 1] ?? 0)) return false;
  const line = firstIndex(state.eMarks, (lineEnd) => lineEnd > at);
  // Text after the closing mark makes it part of a paragraph, not a separate block.
  if (!isLastInLine(state, at + close.length, line)) return false;
  if (silent) return true;
  const token = state.push('math_block', '', 0);
  token.content = state.src.slice(from + open.length, at).trim();
  token.map = [startLine, line + 1];
  state.line = line + 1;
  return true;
};

/** Only blanks follow `from` in its line. Looked up once: many opening marks may have the same closing one. */
function isLastInLine(state: BlockState, from: number, line: number): boolean {
  const known = lineEnds.get(state) ?? new Map<number, boolean>();
  lineEnds.set(state, known);
  const isLast = known.get(from) ?? state.src.slice(from, state.eMarks[line] ?? 0).trim() === '';
  known.set(from, isLast);
  return isLast;
}

const lineEnds = new WeakMap<object, Map<number, boolean>>();

/** Finds marks in one text. Each mark is searched for once; each later question takes logarithmic time. */
class Occurrences {
  readonly #text: string;
  readonly #byMark = new Map<string, readonly number[]>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The first place of `mark` at or after `from`, in characters; -1 when there is none. */
  next(mark: string, from: number): number {
    const all = this.#byMark.get(mark) ?? this.#findAll(mark);
    return all[firstIndex(all, (at) => at >= from)] ?? -1;
  }

  #findAll(mark: string): readonly number[] {
    const all: number[] = [];
    for (let at = this.#text.indexOf(mark); at >= 0; at = this.#text.indexOf(mark, at + 1)) all.push(at);
    this.#byMark.set(mark, all);
    return all;
  }
}

/** Index of the first element that passes; the length when none does. Elements that pass follow those that do not. */
function firstIndex(list: readonly number[], passes: (element: number) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(list[middle] ?? 0)) high = middle;
    else low = middle + 1;
  }
  return low;
}

import type { MarkdownIt } from 'markdown-it';

type InlineRule = Parameters<MarkdownIt['inline']['ruler']['push']>[1];
type BlockRule = Parameters<MarkdownIt['block']['ruler']['push']>[1];

const blockMarks = [
  ['$$', '$$'],
  ['\\[', '\\]'],
] as const;

/** Formulas between `$…$`, `\(…\)`, `$$…$$` and `\[…\]`. They stay TeX until a formula is drawn. */
export function mathRules(parser: MarkdownIt): void {
  parser.inline.ruler.before('escape', 'math', inlineMath);
  parser.block.ruler.before('fence', 'math', blockMath, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
  const escape = (text: string) => parser.utils.escapeHtml(text);
  parser.renderer.rules['math_inline'] = (tokens, index) =>
    `<span data-math="inline">${escape(tokens[index]?.content ?? '')}</span>`;
  parser.renderer.rules['math_block'] = (tokens, index) =>
    `<div data-math="block">${escape(tokens[index]?.content ?? '')}</div>`;
}

const inlineMath: InlineRule = (state, silent) => {
  const found = state.src.startsWith('\\(', state.pos)
    ? bracketed(state.src, state.pos)
    : dollars(state.src, state.pos);
  if (found === undefined) return false;
  if (!silent) state.push('math_inline', '', 0).content = found.tex;
  state.pos = found.end;
  return true;
};

function bracketed(text: string, from: number): { tex: string; end: number } | undefined {
  const close = text.indexOf('\\)', from + 2);
  return close < 0 ? undefined : { tex: text.slice(from + 2, close), end: close + 2 };
}

/** `$5 and $6` is money: a formula touches both its dollars, and no digit follows it. */
function dollars(text: string, from: number): { tex: string; end: number } | undefined {
  if (text[from] !== '$') return undefined;
  const mark = text[from + 1] === '$' ? '$$' : '$';
  const start = from + mark.length;
  const close = text.indexOf(mark, start);
  if (close <= start) return undefined;
  const tex = text.slice(start, close);
  const end = close + mark.length;
  if (mark === '$' && (/^\s|\s$|\n\n/.test(tex) || /\d/.test(text[end] ?? ''))) return undefined;
  return { tex, end };
}

const blockMath: BlockRule = (state, startLine, endLine, silent) => {
  const from = (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0);
  const marks = blockMarks.find(([open]) => state.src.startsWith(open, from));
  if (marks === undefined) return false;
  const [open, close] = marks;
  for (let line = startLine; line < endLine; line++) {
    const lineEnd = state.eMarks[line] ?? 0;
    const searchFrom = line === startLine ? from + open.length : (state.bMarks[line] ?? 0);
    const at = state.src.indexOf(close, searchFrom);
    if (at < 0 || at >= lineEnd) continue;
    // Text after the closing mark makes it part of a paragraph, not a block of its own.
    if (state.src.slice(at + close.length, lineEnd).trim() !== '') return false;
    if (silent) return true;
    const token = state.push('math_block', '', 0);
    token.content = state.src.slice(from + open.length, at).trim();
    token.map = [startLine, line + 1];
    state.line = line + 1;
    return true;
  }
  return false;
};

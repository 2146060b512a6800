import { parser } from './parser.ts';
import { cleanMarkdown } from './sanitize.ts';

/** A number that stands at a place in a Markdown text. */
export interface Footnote {
  readonly number: number;
  /** Characters before it in the text. */
  readonly index: number;
}

/** Punctuation that nobody writes, around a private character: Markdown takes it for text, and no text has it. */
const before = '\u2045\ue000';
const after = '\ue000\u2046';
const mark = /\u2045\ue000(\d+)\ue000\u2046/g;
const markOf = ({ number }: Footnote): string => `${before}${number}${after}`;

/**
 * A text as a fragment, sanitised, with an empty `sup[data-footnote]` at the place of each footnote. One whose place is
 * within the marks of Markdown, in a code block or in an address would change what the text says: it stands at the end.
 */
export function renderWithFootnotes(text: string, footnotes: readonly Footnote[]): DocumentFragment {
  const clear = text.includes('\ue000') ? [] : footnotes;
  const all = tryWith(text, clear);
  const fitting = all === null ? clear.filter((footnote) => tryWith(text, [footnote]) !== null) : clear;
  const fragment = all ?? tryWith(text, fitting) ?? cleanMarkdown(parser.render(text));
  const placed = new Set([...fragment.querySelectorAll<HTMLElement>('[data-footnote]')].map(numberOf));
  const end = fragment.lastElementChild?.matches('p') === true ? fragment.lastElementChild : fragment;
  for (const { number } of footnotes) if (!placed.has(String(number))) end.append(placeOf(String(number)));
  return fragment;
}

/** Null where a footnote would change the text around it. */
function tryWith(text: string, footnotes: readonly Footnote[]): DocumentFragment | null {
  const html = parser.render(insert(text, footnotes));
  if (html.replaceAll(mark, '') !== parser.render(text)) return null;
  const fragment = cleanMarkdown(html);
  return replaceMarks(fragment) === footnotes.length ? fragment : null;
}

function insert(text: string, footnotes: readonly Footnote[]): string {
  const places = footnotes.map((footnote) => ({ at: placeIn(text, footnote.index), mark: markOf(footnote) }));
  let from = 0;
  let marked = '';
  for (const { at, mark: sign } of places.toSorted((a, b) => a.at - b.at)) {
    marked += text.slice(from, at) + sign;
    from = at;
  }
  return marked + text.slice(from);
}

/** Not at the beginning of a line, not within a character, and behind the marks that end there. */
function placeIn(text: string, index: number): number {
  let at = Math.min(Math.max(Math.trunc(index), 0), text.length);
  if (/[\udc00-\udfff]/.test(text[at] ?? '')) at += 1;
  if (at === text.length || text[at - 1] === '\n') while (at > 0 && /\s/.test(text[at - 1] ?? '')) at -= 1;
  if (at > 0 && !/\s/.test(text[at - 1] ?? '')) while (/[*_~`]/.test(text[at] ?? '')) at += 1;
  return at;
}

/** How many could be put where a reader sees them. */
function replaceMarks(fragment: DocumentFragment): number {
  const nodes: Text[] = [];
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) nodes.push(walker.currentNode as Text);
  let count = 0;
  for (const node of nodes) {
    if (!node.data.includes(before) || node.parentElement?.closest('pre, a, [data-math], [data-image]')) continue;
    const parts = node.data.split(mark);
    count += (parts.length - 1) / 2;
    node.replaceWith(...parts.map((part, index) => (index % 2 === 0 ? part : placeOf(part))));
  }
  return count;
}

function placeOf(number: string): HTMLElement {
  const place = document.createElement('sup');
  place.dataset['footnote'] = number;
  return place;
}

function numberOf(place: HTMLElement): string {
  return place.dataset['footnote'] ?? '';
}

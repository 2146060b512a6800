import { fittingOf, insertFootnotes, type Footnote } from './footnotePlaces.ts';
import { cleanMarkdown } from './sanitize.ts';

/**
 * A private-use character between rare punctuation marks. Markdown treats it as text, and it does not occur in real
 * texts.
 */
const before = '\u2045\ue000';
const after = '\ue000\u2046';
const mark = /\u2045\ue000(\d+)\ue000\u2046/g;
const markOf = ({ number }: Footnote): string => `${before}${number}${after}`;

/**
 * A text as a fragment, sanitised, with an empty `sup[data-footnote]` at the place of each footnote. One whose place is
 * within the marks of Markdown, in a code block or in an address would change the meaning of the text, so it is placed
 * at the end. `htmlOf` renders Markdown.
 */
export function renderWithFootnotes(
  text: string,
  footnotes: readonly Footnote[],
  htmlOf: (text: string) => string,
): DocumentFragment {
  const plain = htmlOf(text);
  const clear = text.includes('\ue000') ? [] : footnotes;
  const fragment =
    fittingOf(clear, (some) => tryWith(htmlOf(insertFootnotes(text, some, markOf)), plain, some.length)) ??
    cleanMarkdown(plain);
  const placed = new Set([...fragment.querySelectorAll<HTMLElement>('[data-footnote]')].map(numberOf));
  const end = fragment.lastElementChild?.matches('p') === true ? fragment.lastElementChild : fragment;
  for (const { number } of footnotes) if (!placed.has(String(number))) end.append(placeOf(String(number)));
  return fragment;
}

/** Returns null if one of the footnotes of `html` would change the text around it. `plain`: the same without footnotes. */
function tryWith(html: string, plain: string, count: number): DocumentFragment | null {
  if (html.replaceAll(mark, '') !== plain) return null;
  const fragment = cleanMarkdown(html);
  return replaceMarks(fragment) === count ? fragment : null;
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

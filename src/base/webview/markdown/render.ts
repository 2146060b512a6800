import { keepNewest } from '../../common/lists.ts';
import { Emitter } from '../../common/events.ts';
import { type Footnote, fittingOf, insertFootnotes } from './footnotePlaces.ts';
import { cleanMarkdown } from './sanitize.ts';
import { parser } from './parser.ts';

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
function renderWithFootnotes(
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

type Enricher = (root: ParentNode) => void;

/** Parts that are separate chunks, loaded on first use. */
const enrichers = {
  code: {
    selector: 'pre > code[class^="language-"]',
    load: async () => (await import('./highlight.ts')).highlightCode,
  },
  math: { selector: '[data-math]', load: async () => (await import('./math.ts')).drawMath },
} as const;
type EnricherId = keyof typeof enrichers;

const loaded = new Map<EnricherId, Enricher | 'loading'>();
const enriched = new Emitter<void>();
let version = 0;

/** Increments when a part was loaded. Texts that were rendered without it can then be rendered again. */
export const enrichment = { subscribe: enriched.on, getVersion: () => version };

let allFormulas = false;

/** Also renders formulas that ChatKit shows as text. */
export function setRenderAllFormulas(all: boolean): void {
  if (all === allFormulas) return;
  allFormulas = all;
  version += 1;
  enriched.fire();
}

/** Rendered texts, the latest used last. A row that scrolls back into view is cloned from here. */
const cache = new Map<string, { readonly fragment: DocumentFragment; readonly version: number }>();
const cacheSize = 400;

/** Markdown as a fragment of the page, sanitised. The caller may keep and change it: it is a copy. */
export function renderMarkdown(text: string, footnotes: readonly Footnote[]): DocumentFragment {
  const key = footnotes.length === 0 ? text : `${JSON.stringify(footnotes)}${text}`;
  const known = cache.get(key);
  cache.delete(key);
  const entry = known?.version === version ? known : { fragment: renderFragment(text, footnotes), version };
  cache.set(key, entry);
  keepNewest(cache, cacheSize);
  return entry.fragment.cloneNode(true) as DocumentFragment;
}

/** The same for a text that changes in every frame: does not cache the result or wait for parts. */
export function renderGrowing(text: string): DocumentFragment {
  return cleanMarkdown(htmlOf(text));
}

// The parser keeps the definitions of links in its environment, so each text has its own.
function htmlOf(text: string): string {
  return parser.render(text, { allFormulas });
}

function renderFragment(text: string, footnotes: readonly Footnote[]): DocumentFragment {
  const fragment = footnotes.length === 0 ? cleanMarkdown(htmlOf(text)) : renderWithFootnotes(text, footnotes, htmlOf);
  for (const id of Object.keys(enrichers) as EnricherId[]) {
    if (fragment.querySelector(enrichers[id].selector) === null) continue;
    const enrich = loaded.get(id);
    if (enrich === undefined) void load(id);
    else if (enrich !== 'loading') enrich(fragment);
  }
  return fragment;
}

async function load(id: EnricherId): Promise<void> {
  loaded.set(id, 'loading');
  loaded.set(id, await enrichers[id].load());
  version += 1;
  enriched.fire();
}

import { Emitter } from '../../common/events.ts';
import type { Footnote } from './footnotePlaces.ts';
import { renderWithFootnotes } from './footnotes.ts';
import { parser } from './parser.ts';
import { cleanMarkdown } from './sanitize.ts';

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

/** Also draws formulas that ChatKit shows as text. */
export function drawAllFormulas(all: boolean): void {
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
  const entry = known?.version === version ? known : { fragment: renderAnew(text, footnotes), version };
  cache.set(key, entry);
  if (cache.size > cacheSize) cache.delete(cache.keys().next().value ?? '');
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

function renderAnew(text: string, footnotes: readonly Footnote[]): DocumentFragment {
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

import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import * as l10n from '@vscode/l10n';
import type { InspectorItem } from '../common/inspectorItem.ts';
import { textOf } from './items/kinds.ts';
import { useInspector, useTranscript } from './state/context.tsx';
import { type Transcript, isComplete } from './state/transcript.ts';
import { IconButton } from '../../base/webview/controls/buttons.tsx';
import type { Formats } from '../../base/webview/format.ts';
import { useFindRequests } from '../../base/webview/useFindRequests.ts';

/** Enter moves to the next match, Shift+Enter to the previous one, Escape clears the field and then leaves it. Ctrl+F focuses it. */
export function FindField({ find, onLeave }: { readonly find: Find; readonly onLeave: () => void }) {
  const { formats, model } = useInspector();
  const transcript = useTranscript();
  const field = useRef<HTMLInputElement>(null);
  useFindRequests(field, model);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      find.move(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      if (find.query === '') onLeave();
      else find.setQuery('');
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      onLeave();
    }
  };

  const { query, matches, current } = find;
  const scope = isComplete(transcript) ? '' : loadedItems(transcript, formats);
  const count =
    matches.total === 0
      ? l10n.t('No results')
      : l10n.t('{0}/{1}', formats.number(current + 1), formats.number(matches.total));
  return (
    <div className="find" role="search">
      <input
        ref={field}
        type="text"
        className={query !== '' && matches.total === 0 ? 'none' : ''}
        placeholder={l10n.t('Find in thread')}
        aria-label={l10n.t('Find in thread')}
        spellCheck={false}
        value={query}
        onChange={(event) => find.setQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {query !== '' && (
        <span className="find-count" title={scope}>
          {count}
          {scope !== '' && <span className="find-scope"> {scope}</span>}
        </span>
      )}
      <IconButton
        icon="arrow-up"
        label={l10n.t('Previous Match')}
        disabled={matches.total === 0}
        onClick={() => find.move(-1)}
      />
      <IconButton
        icon="arrow-down"
        label={l10n.t('Next Match')}
        disabled={matches.total === 0}
        onClick={() => find.move(1)}
      />
    </div>
  );
}

/** Returns the scope of a search in a thread that is not loaded completely. */
export function loadedItems({ items }: Transcript, formats: Formats): string {
  return items.length === 1 ? l10n.t('in 1 loaded item') : l10n.t('in {0} loaded items', formats.number(items.length));
}

export interface Find {
  readonly query: string;
  readonly matches: Matches;
  /** Index of the current match; -1 if there is none. */
  readonly current: number;
  setQuery(query: string): void;
  /** Moves to the next match, or with -1 to the previous one; wraps around at the ends. */
  move(step: 1 | -1): void;
}

const noMatches: Matches = { total: 0, items: [] };

/** Finds text in all loaded items, rendered or not. `show` scrolls to a position, an index among the visible items. */
export function useFind({ items }: Transcript, visible: Uint32Array, show: (position: number) => void): Find {
  const { memory, announce } = useInspector();
  const [query, setQuery] = useState(memory.state.find ?? '');
  const [matches, setMatches] = useState(noMatches);
  const [current, setCurrent] = useState(-1);
  const typed = useRef(false);

  const goTo = (found: Matches, at: number) => {
    setCurrent(at);
    const position = itemOfMatch(found, at);
    if (position === null) return announce(l10n.t('No results'));
    announce(l10n.t('{0}/{1}', at + 1, found.total));
    show(position.position);
  };

  const goToNewest = useEffectEvent((found: Matches) => goTo(found, found.total - 1));

  useEffect(() => {
    if (query === '') {
      setMatches(noMatches);
      setCurrent(-1);
      return;
    }
    const abort = new AbortController();
    void findMatches(items, visible, query, abort.signal).then((found) => {
      if (abort.signal.aborted) return;
      setMatches(found);
      // Only typing moves to a match; new items do not change the scroll position.
      if (!typed.current) return setCurrent((at) => Math.min(at, found.total - 1));
      typed.current = false;
      goToNewest(found);
    });
    return () => abort.abort();
  }, [items, visible, query]);

  return {
    query,
    matches,
    current,
    setQuery: (next) => {
      typed.current = true;
      setQuery(next);
      memory.remember({ find: next });
    },
    move: (step) => {
      if (matches.total > 0) goTo(matches, (current + step + matches.total) % matches.total);
    },
  };
}

/** Returns the position of the visible item that contains a match, and the index of the match within it. */
function itemOfMatch(matches: Matches, at: number): { position: number; nth: number } | null {
  if (at < 0) return null;
  let low = 0;
  let high = matches.items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((matches.items[middle]?.before ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const item = matches.items[low];
  return item === undefined ? null : { position: item.position, nth: at - item.before };
}

interface Matches {
  readonly total: number;
  /** Items with matches, in thread order. */
  readonly items: readonly {
    /** Index among the visible items. */
    readonly position: number;
    /** Number of matches in the items before it. */
    readonly before: number;
  }[];
}

/** Time that the search takes before it lets the page render, in ms. */
const sliceMs = 8;

/** Counts `query` in all visible items, ignoring case. Stops when the signal is aborted; the result is then incomplete. */
async function findMatches(
  items: readonly InspectorItem[],
  visible: Uint32Array,
  query: string,
  signal: AbortSignal,
): Promise<Matches> {
  const needle = query.toLowerCase();
  const found: Matches['items'][number][] = [];
  let total = 0;
  let until = performance.now() + sliceMs;
  for (const [position, index] of visible.entries()) {
    const item = items[index];
    const count = item === undefined ? 0 : countOf(textOf(item).toLowerCase(), needle);
    if (count > 0) found.push({ position, before: total });
    total += count;
    if (performance.now() < until) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (signal.aborted) break;
    until = performance.now() + sliceMs;
  }
  return { total, items: found };
}

function countOf(text: string, needle: string): number {
  let count = 0;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) count += 1;
  return count;
}

const matchName = 'chatkit-find';
const currentName = 'chatkit-find-current';

/**
 * Highlights the matches in the rendered rows with ranges that the browser paints (CSS Custom Highlight API). The elements
 * of the rows, such as sanitised Markdown, are not changed.
 */
export function useHighlights(feed: RefObject<HTMLElement | null>, find: Find): void {
  const { query, matches, current } = find;
  useEffect(() => {
    const root = feed.current;
    if (root === null || query === '') return;
    const at = itemOfMatch(matches, current);
    const paint = () => {
      // Added one by one: a call cannot have as many arguments as a long text has matches.
      const all = new Highlight();
      const currentRanges = new Highlight();
      for (const article of root.querySelectorAll<HTMLElement>('[data-index]')) {
        const content = article.querySelector<HTMLElement>('.row-content');
        const ranges = content === null ? [] : rangesOf(content, query.toLowerCase());
        for (const range of ranges) all.add(range);
        // The rendered text may contain fewer matches than the source text.
        const nth =
          Number(article.dataset['index']) === at?.position ? ranges[Math.min(at.nth, ranges.length - 1)] : null;
        if (nth) currentRanges.add(nth);
      }
      CSS.highlights.set(matchName, all);
      CSS.highlights.set(currentName, currentRanges);
    };
    let frame = 0;
    const schedulePaint = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(paint);
    };
    const observer = new MutationObserver(schedulePaint);
    observer.observe(root, { childList: true, subtree: true, characterData: true });
    paint();
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      CSS.highlights.delete(matchName);
      CSS.highlights.delete(currentName);
    };
  }, [feed, query, matches, current]);
}

/** Returns the matches in the text of an element, also across its child elements. */
function rangesOf(element: HTMLElement, needle: string): Range[] {
  const nodes: { readonly node: Text; readonly start: number }[] = [];
  let text = '';
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode as Text;
    nodes.push({ node, start: text.length });
    text += node.data.toLowerCase();
  }
  const ranges: Range[] = [];
  let first = 0;
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) {
    while ((nodes[first + 1]?.start ?? Infinity) <= at) first += 1;
    let last = first;
    while ((nodes[last + 1]?.start ?? Infinity) < at + needle.length) last += 1;
    const range = new Range();
    const [from, to] = [nodes[first], nodes[last]];
    if (from === undefined || to === undefined) break;
    // Lower case may be longer than the original (İ), so the range is limited to its node.
    range.setStart(from.node, Math.min(at - from.start, from.node.length));
    range.setEnd(to.node, Math.min(at + needle.length - to.start, to.node.length));
    ranges.push(range);
  }
  return ranges;
}

import { useEffect, type RefObject } from 'react';
import { itemOfMatch, type Find } from './useFind.ts';

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

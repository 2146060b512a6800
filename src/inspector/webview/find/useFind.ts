import * as l10n from '@vscode/l10n';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useInspector } from '../state/context.tsx';
import type { Transcript } from '../state/transcript.ts';
import { findMatches, type Matches } from './findMatches.ts';

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
export function itemOfMatch(matches: Matches, at: number): { position: number; nth: number } | null {
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

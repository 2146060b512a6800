import * as l10n from '@vscode/l10n';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useInspector } from '../state/context.tsx';
import type { Transcript } from '../state/transcript.ts';
import { findMatches, type Matches } from './findMatches.ts';

export interface Find {
  readonly query: string;
  readonly matches: Matches;
  /** Which match is the current one, from 0; -1: none yet. */
  readonly current: number;
  setQuery(query: string): void;
  /** To the next match, or with -1 to the one before; around at the ends. */
  move(step: 1 | -1): void;
}

const nothing: Matches = { total: 0, items: [] };

/** Finding in all that is loaded, drawn or not. `show` scrolls to a position among the visible items. */
export function useFind(transcript: Transcript, visible: Uint32Array, show: (position: number) => void): Find {
  const { memory, announce } = useInspector();
  const [query, setQuery] = useState(memory.state.find ?? '');
  const [matches, setMatches] = useState(nothing);
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
      setMatches(nothing);
      setCurrent(-1);
      return;
    }
    const stopped = new AbortController();
    void findMatches(transcript.items, visible, query, stopped.signal).then((found) => {
      if (stopped.signal.aborted) return;
      setMatches(found);
      // New items or another page leave the reader where they are; only typing moves to a match.
      if (!typed.current) return setCurrent((at) => Math.min(at, found.total - 1));
      typed.current = false;
      goToNewest(found);
    });
    return () => stopped.abort();
  }, [transcript, visible, query]);

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

/** Which visible item a match is in, and which of its matches it is. */
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

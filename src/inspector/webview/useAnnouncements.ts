import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'react';
import { useInspector } from './state/context.tsx';
import type { Transcript } from './state/transcript.ts';

/** Says how many items joined at the end: the one change a reader did not ask for. */
export function useAnnouncements({ items }: Transcript): void {
  const { formats, announce } = useInspector();
  const last = useRef<string | undefined>(undefined);
  useEffect(() => {
    const before = last.current;
    last.current = items.at(-1)?.id;
    if (before === undefined || before === last.current) return;
    const at = items.findLastIndex(({ id }) => id === before);
    if (at >= 0) announce(l10n.t('New items: {0}', formats.number(items.length - 1 - at)));
  }, [items, formats, announce]);
}

import { useEffect, useState } from 'react';
import { useViewState } from './context.tsx';

/** Returns the time in ms since the epoch, updated every `everyMs` ms; null stops the updates. */
export function useNow(everyMs: number | null): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (everyMs === null) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** Returns the end of a waiting time in ms since the epoch: now, or the time of the export of a file. */
export function useWaitingUntil(waits: boolean): number {
  const { file } = useViewState();
  const now = useNow(waits && file === undefined ? 1_000 : null);
  return file?.exportedAt ?? now;
}

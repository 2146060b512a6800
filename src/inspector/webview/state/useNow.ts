import { useEffect, useState } from 'react';
import { useViewState } from './context.tsx';

/** The time, ms since the epoch, anew every `everyMs`; null lets it stand. */
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

/** Until when something has been waiting, ms since the epoch: now, but in a file until it was exported. */
export function useWaitingUntil(waits: boolean): number {
  const { file } = useViewState();
  const now = useNow(waits && file === undefined ? 10_000 : null);
  return file?.exportedAt ?? now;
}

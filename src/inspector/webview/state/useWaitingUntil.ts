import { useNow } from '../../../base/webview/useNow.ts';
import { useViewState } from './context.tsx';

/** Returns the end of a waiting time in ms since the epoch: now, or the time of the export of a file. */
export function useWaitingUntil(waits: boolean): number {
  const { file } = useViewState();
  const now = useNow(waits && file === undefined);
  return file?.exportedAt ?? now;
}

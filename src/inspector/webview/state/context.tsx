import { createContext, use, useSyncExternalStore } from 'react';
import { useNow } from '../../../base/webview/useNow.ts';
import { isMarker } from '../../../chatkit/common/model/item.ts';
import type { InspectorHost, InspectorWebview } from '../../common/protocol.ts';
import type { Rpc } from '../../../base/common/rpc.ts';
import type { Formats } from '../../../base/webview/format.ts';
import type { InspectorModel, ViewState, WebviewMemory } from './model.ts';
import type { Transcript } from './transcript.ts';

export type HostLink = Rpc<InspectorWebview, InspectorHost>;

/** What every part of the page can use. */
export interface Inspector {
  readonly model: InspectorModel;
  readonly host: HostLink;
  readonly memory: WebviewMemory;
  readonly formats: Formats;
  /** ID of the shown thread, part of every request, so that a delayed request cannot affect another thread. */
  readonly threadId: string;
  /** Announces a message to screen readers. */
  readonly announce: (message: string) => void;
}

export const InspectorContext = createContext<Inspector | null>(null);

export function useInspector(): Inspector {
  const inspector = use(InspectorContext);
  if (inspector === null) throw new Error('useInspector was called outside of InspectorContext');
  return inspector;
}

/** The find query. Collapsed parts that contain it are expanded. */
export const FindQueryContext = createContext('');

export function useFindQuery(): string {
  return use(FindQueryContext);
}

export function useTranscript(): Transcript {
  const { model } = useInspector();
  return useSyncExternalStore(model.subscribe, model.getTranscript);
}

export function useViewState(): ViewState {
  const { model } = useInspector();
  const viewState = useSyncExternalStore(model.subscribe, model.getViewState);
  if (viewState === null) throw new Error('useViewState was called before the host sent a state');
  return viewState;
}

/** Returns whether a stream is still producing the item or ended before it was finished; null for every other item. */
export function useItemProgress(itemId: string): 'open' | 'unfinished' | null {
  const { model } = useInspector();
  return useSyncExternalStore(model.subscribe, () => {
    const conversation = model.getViewState()?.conversation;
    if (!conversation) return null;
    return conversation.open.includes(itemId) ? 'open' : conversation.unfinished.includes(itemId) ? 'unfinished' : null;
  });
}

/** Returns whether another item follows this item. Markers do not count: a user does not see them. */
export function useIsFollowed(itemId: string): boolean {
  const { items, bounds } = useTranscript();
  if (!bounds.reachesEnd) return true;
  return items.findLast((item) => !isMarker(item))?.id !== itemId;
}

/**
 * Returns whether an item that the server did not finish can still change: its stream is open or, if no stream of this
 * window produced it, no other item follows.
 */
export function useCanChange(itemId: string): boolean {
  const progress = useItemProgress(itemId);
  const isFollowed = useIsFollowed(itemId);
  return progress === 'open' || (progress === null && !isFollowed);
}

/** Returns the end of a waiting time in ms since the epoch: now, or the time of the export of a file. */
export function useWaitingUntil(waits: boolean): number {
  const { file } = useViewState();
  const now = useNow(waits && file === undefined);
  return file?.exportedAt ?? now;
}

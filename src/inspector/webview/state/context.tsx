import { createContext, use, useSyncExternalStore } from 'react';
import type { InspectorHost, InspectorWebview } from '../../common/protocol.ts';
import type { Rpc } from '../../../base/common/rpc.ts';
import type { Formats } from '../../../base/webview/format.ts';
import type { InspectorModel, ViewState } from './model.ts';
import type { WebviewMemory } from './webviewMemory.ts';
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

import { createContext, use, useSyncExternalStore } from 'react';
import type { InspectorHost, InspectorWebview } from '../../common/protocol.ts';
import type { Rpc } from '../../../base/common/rpc.ts';
import type { Formats } from '../../../base/webview/format.ts';
import type { InspectorModel, ViewState } from './model.ts';
import type { WebviewMemory } from './webviewMemory.ts';
import type { Transcript } from './transcript.ts';

export type HostLink = Rpc<InspectorWebview, InspectorHost>;

/** What every part of the page may use. */
export interface Inspector {
  readonly model: InspectorModel;
  readonly host: HostLink;
  readonly memory: WebviewMemory;
  readonly formats: Formats;
  /** The thread that is shown: it goes into every request, so that a late one cannot reach another thread. */
  readonly threadId: string;
  /** Says a sentence to a screen reader. */
  readonly announce: (sentence: string) => void;
}

export const InspectorContext = createContext<Inspector | null>(null);

export function useInspector(): Inspector {
  const inspector = use(InspectorContext);
  if (inspector === null) throw new Error('Used outside the inspector.');
  return inspector;
}

/** What is looked for in the thread: parts that are folded in show it. */
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
  const shell = useSyncExternalStore(model.subscribe, model.getViewState);
  if (shell === null) throw new Error('Used before the first state.');
  return shell;
}

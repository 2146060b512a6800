import { createContext, use, useSyncExternalStore } from 'react';
import type { Rpc } from '../../../base/common/rpc.ts';
import type { PreviewHost, PreviewState, PreviewWebview, PreviewWebviewState } from '../../common/protocol.ts';
import type { PreviewModel, RenderedWidget } from './model.ts';
import type { PreviewViewState } from './viewState.ts';

/** What all components of the page may use. */
export interface Preview {
  readonly model: PreviewModel;
  readonly host: Rpc<PreviewWebview, PreviewHost>;
  readonly viewState: PreviewViewState;
}

/** The settings of the toolbar. */
export interface PreviewLayout {
  readonly themes: NonNullable<PreviewWebviewState['themes']>;
  readonly width: NonNullable<PreviewWebviewState['width']>;
  readonly direction: NonNullable<PreviewWebviewState['direction']>;
  /** BCP 47. */
  readonly locale: string;
}

export const PreviewContext = createContext<Preview | null>(null);

export function usePreview(): Preview {
  const preview = use(PreviewContext);
  if (preview === null) throw new Error('Used outside the preview.');
  return preview;
}

export function usePreviewState(): PreviewState {
  const { model } = usePreview();
  const state = useSyncExternalStore(model.subscribe, model.getState);
  if (state === null) throw new Error('Used before the first state.');
  return state;
}

export function useRenderedWidget(): RenderedWidget | null {
  const { model } = usePreview();
  return useSyncExternalStore(model.subscribe, model.getRendered);
}

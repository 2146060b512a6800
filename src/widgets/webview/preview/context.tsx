import { createContext, use, useSyncExternalStore } from 'react';
import type { Rpc } from '../../../base/common/rpc.ts';
import type { PreviewHost, PreviewWebview, PreviewState } from '../../common/protocol.ts';
import type { PreviewMemory } from './viewState.ts';
import type { Drawn, PreviewModel } from './model.ts';

/** What every part of the page may use. */
export interface Preview {
  readonly model: PreviewModel;
  readonly host: Rpc<PreviewWebview, PreviewHost>;
  readonly memory: PreviewMemory;
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

export function useDrawn(): Drawn | null {
  const { model } = usePreview();
  return useSyncExternalStore(model.subscribe, model.getDrawn);
}

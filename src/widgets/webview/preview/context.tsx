import { createContext, use, useSyncExternalStore } from 'react';
import type { PreviewHost, PreviewState, PreviewWebview, PreviewWebviewState } from '../../common/protocol.ts';
import { loadViewState, savePageState } from '../../../base/webview/startWebview.ts';
import { Emitter } from '../../../base/common/events.ts';
import type { Json } from '../../../base/common/json.ts';
import type { Rpc, RpcHandlers } from '../../../base/common/rpc.ts';

type ViewOptions = Omit<PreviewWebviewState, 'uri'>;

/** Delay between a change of the view state and saving it, in ms: scrolling changes it many times a second. */
const saveDelayMs = 200;

/** How the preview is displayed (theme, width, tab, scroll position). Survives hiding, reload and restart; has no content. */
export class PreviewViewState {
  #state: Partial<PreviewWebviewState>;
  #timer: number | undefined;

  /** `initial`: the state with which the host created the page, as JSON. */
  constructor(initial: string | undefined) {
    const saved = loadViewState() as Partial<PreviewWebviewState> | undefined;
    this.#state = { ...saved, ...(initial === undefined ? {} : (JSON.parse(initial) as PreviewWebviewState)) };
    savePageState(this.#state);
  }

  get current(): ViewOptions {
    return this.#state;
  }

  update(options: ViewOptions): void {
    this.#state = { ...this.#state, ...options };
    if (this.#timer !== undefined) return;
    this.#timer = window.setTimeout(() => {
      this.#timer = undefined;
      savePageState(this.#state);
    }, saveDelayMs);
  }
}

/** The widget that is displayed, and whether it is the current state of the document. */
interface RenderedWidget {
  readonly json: Json;
  /** `stale`: from an earlier state of the document; `fallback`: from `outputJsonPreview` of the file. */
  readonly source: 'current' | 'stale' | 'fallback';
}

/** The state from the host, read by React through `useSyncExternalStore`. Null until the host has sent the first one. */
export class PreviewModel {
  readonly #changed = new Emitter<void>();
  #state: PreviewState | null = null;
  #rendered: RenderedWidget | null = null;
  #output: string | null = null;

  readonly subscribe = (listener: () => void) => this.#changed.on(listener);
  readonly getState = () => this.#state;
  readonly getRendered = () => this.#rendered;

  /** Handlers of the host's notifications. */
  readonly handlers: RpcHandlers<PreviewWebview> = {
    view: (view) => {
      performance.mark('widget-preview-received', { detail: view.serial });
      if (this.#state !== null) this.show({ ...this.#state, view });
    },
    settings: (settings) => {
      if (this.#state === null) return;
      this.#state = { ...this.#state, ...settings };
      this.#changed.fire();
    },
  };

  show(state: PreviewState): void {
    this.#rendered = this.#render(state);
    this.#state = state;
    this.#changed.fire();
  }

  /** Keeps the last state while the document cannot be rendered, so that the page does not jump while the user types. */
  #render({ view: { output, fallback, selected } }: PreviewState): RenderedWidget | null {
    const last = this.#rendered;
    if (output !== null) {
      // The same text keeps the same object, so that React does not render it again.
      if (output === this.#output && last !== null)
        return last.source === 'current' ? last : { ...last, source: 'current' };
      this.#output = output;
      return { json: JSON.parse(output) as Json, source: 'current' };
    }
    if (last !== null && last.source !== 'fallback' && selected === this.#state?.view.selected) {
      return last.source === 'stale' ? last : { ...last, source: 'stale' };
    }
    return fallback === null ? null : { json: JSON.parse(fallback) as Json, source: 'fallback' };
  }
}

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

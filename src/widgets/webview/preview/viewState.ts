import type { PreviewWebviewState } from '../../common/protocol.ts';
import { loadPageState, savePageState } from '../../../base/webview/vscodeApi.ts';

type ViewOptions = Omit<PreviewWebviewState, 'uri'>;

/** Delay between a change of the view state and saving it, in ms: scrolling changes it many times a second. */
const saveDelayMs = 200;

/** How the preview is displayed (theme, width, tab, scroll position). Survives hiding, reload and restart; has no content. */
export class PreviewViewState {
  #state: Partial<PreviewWebviewState>;
  #timer: number | undefined;

  /** `initial`: the state with which the host created the page, as JSON. */
  constructor(initial: string | undefined) {
    const saved = loadPageState() as Partial<PreviewWebviewState> | undefined;
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

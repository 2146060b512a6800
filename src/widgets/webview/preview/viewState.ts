import type { PreviewWebviewState } from '../../common/protocol.ts';
import { loadPageState, savePageState } from '../../../base/webview/vscodeApi.ts';

type Look = Omit<PreviewWebviewState, 'uri'>;

/** What of the page survives hiding, reload and restart: how it is looked at, never what it shows. */
export class PreviewMemory {
  #state: Partial<PreviewWebviewState>;
  #timer: number | undefined;

  /** `first`: the state that the host gives every page, as JSON. */
  constructor(first: string | undefined) {
    const kept = loadPageState() as Partial<PreviewWebviewState> | undefined;
    this.#state = { ...kept, ...(first === undefined ? {} : (JSON.parse(first) as PreviewWebviewState)) };
    savePageState(this.#state);
  }

  get look(): Look {
    return this.#state;
  }

  remember(part: Look): void {
    this.#state = { ...this.#state, ...part };
    // Scrolling remembers many times a second; the editor is told once it rests.
    if (this.#timer !== undefined) return;
    this.#timer = window.setTimeout(() => {
      this.#timer = undefined;
      savePageState(this.#state);
    }, 200);
  }
}

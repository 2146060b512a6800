import { Emitter } from '../../../base/common/events.ts';
import type { Json } from '../../../base/common/json.ts';
import type { RpcHandlers } from '../../../base/common/rpc.ts';
import type { PreviewWebview, PreviewState } from '../../common/protocol.ts';

/** The widget that is displayed, and whether it is the current state of the document. */
export interface RenderedWidget {
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

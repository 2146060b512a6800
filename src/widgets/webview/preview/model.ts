import { Emitter } from '../../../base/common/events.ts';
import type { Json } from '../../../base/common/json.ts';
import type { RpcHandlers } from '../../../base/common/rpc.ts';
import type { PreviewWebview, PreviewState } from '../../common/protocol.ts';

/** What is drawn, and whether it is what the document says now. */
export interface Drawn {
  readonly json: Json;
  /** `stale`: of an earlier state of the document; `fallback`: the file's own picture. */
  readonly of: 'now' | 'stale' | 'fallback';
}

/** Holds what the host sent; React reads it through `useSyncExternalStore`. Null until the host has answered. */
export class PreviewModel {
  readonly #changed = new Emitter<void>();
  #state: PreviewState | null = null;
  #drawn: Drawn | null = null;
  #output: string | null = null;

  readonly subscribe = (listener: () => void) => this.#changed.on(listener);
  readonly getState = () => this.#state;
  readonly getDrawn = () => this.#drawn;

  /** What the page offers the host. */
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
    this.#drawn = this.#draw(state);
    this.#state = state;
    this.#changed.fire();
  }

  /** While the document cannot be drawn the last state stays, so that nothing jumps while somebody types. */
  #draw({ view: { output, fallback, selected } }: PreviewState): Drawn | null {
    const last = this.#drawn;
    if (output !== null) {
      // The same widget again is the same object: nothing is drawn anew.
      if (output === this.#output && last !== null) return last.of === 'now' ? last : { ...last, of: 'now' };
      this.#output = output;
      return { json: JSON.parse(output) as Json, of: 'now' };
    }
    if (last !== null && last.of !== 'fallback' && selected === this.#state?.view.selected) {
      return last.of === 'stale' ? last : { ...last, of: 'stale' };
    }
    return fallback === null ? null : { json: JSON.parse(fallback) as Json, of: 'fallback' };
  }
}

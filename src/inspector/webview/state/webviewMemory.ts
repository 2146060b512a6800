import type { InspectorWebviewState } from '../../common/protocol.ts';
import { loadPageState, savePageState } from '../../../base/webview/startPage.ts';

const saveDelayMs = 200;

/** State that survives hiding, reload and restart: IDs, the scroll position, the find text. Never content or keys. */
export class WebviewMemory {
  #state: InspectorWebviewState;
  #timer: number | undefined;

  /** Restores the saved state of the same thread; discards that of another thread. */
  constructor(ref: Pick<InspectorWebviewState, 'connectionId' | 'threadId'>) {
    const saved = loadPageState() as Partial<InspectorWebviewState> | undefined;
    const same = saved?.connectionId === ref.connectionId && saved.threadId === ref.threadId;
    this.#state = { ...(same ? saved : {}), ...ref };
    this.#save();
  }

  get state(): InspectorWebviewState {
    return this.#state;
  }

  remember(part: Partial<Omit<InspectorWebviewState, 'connectionId' | 'threadId'>>): void {
    this.#state = { ...this.#state, ...part };
    // Several parts change at once, so the state is saved once after a short delay.
    if (this.#timer !== undefined) return;
    this.#timer = window.setTimeout(() => {
      this.#timer = undefined;
      this.#save();
    }, saveDelayMs);
  }

  #save(): void {
    savePageState(this.#state);
  }
}

/** Saves the initial state, which identifies the thread of this page, unless the editor already has a state. */
export function saveInitialState(state: string | undefined): void {
  if (state !== undefined && loadPageState() === undefined) savePageState(JSON.parse(state));
}

/** Returns the thread that this page showed before it was disposed. */
export function lastShownThread(): Pick<Partial<InspectorWebviewState>, 'threadId'> {
  const { threadId } = (loadPageState() ?? {}) as Partial<InspectorWebviewState>;
  return threadId === undefined ? {} : { threadId };
}

import type { InspectorWebviewState } from '../../common/protocol.ts';
import { loadPageState, savePageState } from '../../../base/webview/vscodeApi.ts';

/** What survives hiding, reload and restart: ids, the place in the transcript, the find text. Never content, never keys. */
export class WebviewMemory {
  #state: InspectorWebviewState;
  #timer: number | undefined;

  /** What was kept of the same thread is taken up again; of another thread it is forgotten. */
  constructor(ref: Pick<InspectorWebviewState, 'connectionId' | 'threadId'>) {
    const kept = loadPageState() as Partial<InspectorWebviewState> | undefined;
    const same = kept?.connectionId === ref.connectionId && kept.threadId === ref.threadId;
    this.#state = { ...(same ? kept : {}), ...ref };
    this.#save();
  }

  get state(): InspectorWebviewState {
    return this.#state;
  }

  remember(part: Partial<Omit<InspectorWebviewState, 'connectionId' | 'threadId'>>): void {
    this.#state = { ...this.#state, ...part };
    // Several parts remember at once; the editor is told a little later, of all of it.
    if (this.#timer !== undefined) return;
    this.#timer = window.setTimeout(() => {
      this.#timer = undefined;
      this.#save();
    }, 200);
  }

  #save(): void {
    savePageState(this.#state);
  }
}

/** Before the host has answered: which thread this page is for, unless the editor knows it already. */
export function keepFirst(state: string | undefined): void {
  if (state !== undefined && loadPageState() === undefined) savePageState(JSON.parse(state));
}

/** What this page showed before it was thrown away. */
export function threadShownBefore(): Pick<Partial<InspectorWebviewState>, 'threadId'> {
  const { threadId } = (loadPageState() ?? {}) as Partial<InspectorWebviewState>;
  return threadId === undefined ? {} : { threadId };
}

import type { InspectorPageState } from '../common/protocol.ts';
import { loadPageState, savePageState } from '../../base/webview/vscodeApi.ts';

/** What survives hiding, reload and restart: ids, the place in the transcript, the find text. Never content, never keys. */
export class PageMemory {
  #state: InspectorPageState;
  #timer: number | undefined;

  /** What was kept of the same thread is taken up again; of another thread it is forgotten. */
  constructor(ref: Pick<InspectorPageState, 'connectionId' | 'threadId'>) {
    const kept = loadPageState() as Partial<InspectorPageState> | undefined;
    const same = kept?.connectionId === ref.connectionId && kept.threadId === ref.threadId;
    this.#state = { ...(same ? kept : {}), ...ref };
    this.#save();
  }

  get state(): InspectorPageState {
    return this.#state;
  }

  remember(part: Partial<Omit<InspectorPageState, 'connectionId' | 'threadId'>>): void {
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
export function threadShownBefore(): Pick<Partial<InspectorPageState>, 'threadId'> {
  const { threadId } = (loadPageState() ?? {}) as Partial<InspectorPageState>;
  return threadId === undefined ? {} : { threadId };
}

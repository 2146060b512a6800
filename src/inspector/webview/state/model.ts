import type { InspectorState, InspectorWebview, InspectorWebviewState } from '../../common/protocol.ts';
import { loadViewState, savePageState } from '../../../base/webview/startWebview.ts';
import { setRenderAllFormulas } from '../../../base/webview/markdown/render.ts';
import { Emitter } from '../../../base/common/events.ts';
import type { TextDelta } from '../../../chatkit/common/stream/applyUpdate.ts';
import type { RpcHandlers } from '../../../base/common/rpc.ts';
import { EventLogModel } from '../../../eventLog/webview/model.ts';
import { type Transcript, appendTextToTranscript, applyDelta, emptyTranscript, fromLayout } from './transcript.ts';

/** The state of the shown thread that the host sent, without its items. */
export type ViewState = Omit<InspectorState, 'layout' | 'items' | 'reveal' | 'log'>;

interface Reveal {
  readonly itemId: string;
  /** Increases with each request, so that the same item can be revealed twice. */
  readonly serial: number;
  /** Whether the item gets the focus. */
  readonly takesFocus: boolean;
}

/** The data that the host sent; React reads it through `useSyncExternalStore`. `viewState` is null until the host has responded. */
export class InspectorModel {
  readonly #changed = new Emitter<void>();
  /** The event log. It changes many times per second, independently of the rest. */
  readonly log = new EventLogModel();
  viewState: ViewState | null = null;
  transcript: Transcript = emptyTranscript;
  reveal: Reveal | null = null;
  /** Feedback that was sent from this page, by item ID. */
  feedback: ReadonlyMap<string, 'positive' | 'negative'> = new Map();
  /** Unsent input by item ID, because rows are removed from the page when they scroll out of view. */
  readonly drafts = new Map<string, unknown>();
  /** Increases when the host requests the find field. */
  findRequests = 0;
  /** Increases with each thread that is shown; a new thread keeps its number when the server creates it. */
  threadNumber = 0;
  #textDeltas: TextDelta[] = [];
  #frame: number | undefined;

  readonly subscribe = (listener: () => void) => this.#changed.on(listener);
  readonly getViewState = () => this.viewState;
  readonly getTranscript = () => this.transcript;
  readonly getReveal = () => this.reveal;
  readonly getFindRequests = () => this.findRequests;

  /** Handlers of the messages that the host sends. */
  readonly handlers: RpcHandlers<InspectorWebview> = {
    show: (state) => this.show(state),
    thread: (thread) => this.#update({ thread }),
    items: (delta) => {
      this.#applyTextDeltas();
      this.transcript = applyDelta(this.transcript, delta);
      this.#changed.fire();
      // Resolved after the next frame: the host sends a long backlog only as fast as the page can render it.
      return new Promise((resolve) => requestAnimationFrame(() => resolve()));
    },
    // All deltas that arrive within one frame are rendered together.
    appendText: (deltas) => {
      this.#textDeltas.push(...deltas);
      this.#frame ??= requestAnimationFrame(() => {
        if (this.#applyTextDeltas()) this.#changed.fire();
      });
    },
    conversation: (conversation) => this.#update({ conversation }),
    activity: (activity) => this.#update({ activity }),
    follow: (follow) => this.#update({ follow }),
    capabilities: (capabilities) => this.#update({ capabilities }),
    settings: (settings) => {
      setRenderAllFormulas(settings.allFormulas);
      this.#update(settings);
    },
    protocolProblems: (protocolProblems) => this.#update({ protocolProblems }),
    log: (log) => this.log.update(log),
    reveal: ({ itemId }) => this.showItem(itemId, { takesFocus: false }),
    find: () => {
      this.findRequests += 1;
      this.#changed.fire();
    },
  };

  show({ layout, items, reveal, log, ...viewState }: InspectorState): void {
    const sameConnection = viewState.ref.connectionId === this.viewState?.ref.connectionId;
    const sameThread = sameConnection && viewState.ref.threadId === this.viewState?.ref.threadId;
    if (this.viewState?.ref.threadId !== viewState.ref.threadId) {
      this.feedback = new Map();
      this.drafts.clear();
    }
    const wasCreated = this.viewState?.isNew === true && !viewState.isNew && sameConnection;
    // The same thread from another source or from the start of a replay keeps the state of the page.
    if (!wasCreated && !sameThread) this.threadNumber += 1;
    this.#textDeltas = [];
    this.viewState = viewState;
    setRenderAllFormulas(viewState.allFormulas === true);
    this.log.reset(viewState.ref.threadId, log);
    this.transcript = fromLayout(layout, items);
    this.reveal = null;
    if (reveal !== null) this.showItem(reveal, { takesFocus: false });
    this.#changed.fire();
  }

  /** Scrolls to an item of the transcript as soon as it is loaded. It takes the focus if the request is from the page. */
  showItem(itemId: string, { takesFocus }: Pick<Reveal, 'takesFocus'>): void {
    this.reveal = { itemId, takesFocus, serial: (this.reveal?.serial ?? 0) + 1 };
    this.log.show({ panel: 'transcript' });
    this.#changed.fire();
  }

  /** Discards the reveal request when the transcript is hidden, so that it later shows its last scroll position. */
  forgetReveal(): void {
    this.reveal = null;
  }

  saveFeedback(itemId: string, kind: 'positive' | 'negative'): void {
    this.feedback = new Map(this.feedback).set(itemId, kind);
    this.#changed.fire();
  }

  /** Applies the pending text deltas; returns whether the transcript changed. */
  #applyTextDeltas(): boolean {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    const before = this.transcript;
    if (this.#textDeltas.length > 0) this.transcript = appendTextToTranscript(before, this.#textDeltas);
    this.#textDeltas = [];
    return this.transcript !== before;
  }

  #update(part: Partial<ViewState>): void {
    if (this.viewState === null) return;
    this.viewState = { ...this.viewState, ...part };
    this.#changed.fire();
  }
}

const saveDelayMs = 200;

/** State that survives hiding, reload and restart: IDs, the scroll position, the find text. Never content or keys. */
export class WebviewMemory {
  #state: InspectorWebviewState;
  #timer: number | undefined;

  /** Restores the saved state of the same thread; discards that of another thread. */
  constructor(ref: Pick<InspectorWebviewState, 'connectionId' | 'threadId'>) {
    const saved = loadViewState() as Partial<InspectorWebviewState> | undefined;
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
  if (state !== undefined && loadViewState() === undefined) savePageState(JSON.parse(state));
}

/** Returns the thread that this page showed before it was disposed. */
export function lastShownThread(): Pick<Partial<InspectorWebviewState>, 'threadId'> {
  const { threadId } = (loadViewState() ?? {}) as Partial<InspectorWebviewState>;
  return threadId === undefined ? {} : { threadId };
}

import { Emitter } from '../../base/common/events.ts';
import type { TextDelta } from '../../chatkit/common/stream/textDelta.ts';
import type { InspectorWebview, InspectorState } from '../common/protocol.ts';
import type { RpcHandlers } from '../../base/common/rpc.ts';
import { EventLogModel } from '../../eventLog/webview/model.ts';
import { appendTextToTranscript } from './appendText.ts';
import { applyDelta, emptyTranscript, fromLayout, type Transcript } from './transcript.ts';

/** Everything the host said of the shown thread, apart from its items. */
export type ViewState = Omit<InspectorState, 'layout' | 'items' | 'reveal' | 'log'>;

export interface Reveal {
  readonly itemId: string;
  /** Grows with each request, so that the same item can be asked for twice. */
  readonly serial: number;
}

/** Holds what the host sent; React reads it through `useSyncExternalStore`. Null until the host has answered. */
export class InspectorModel {
  readonly #changed = new Emitter<void>();
  /** What streamed; it changes many times a second, and apart from the rest. */
  readonly log = new EventLogModel();
  viewState: ViewState | null = null;
  transcript: Transcript = emptyTranscript;
  reveal: Reveal | null = null;
  /** What was said of answers here, by item. */
  feedback: ReadonlyMap<string, 'positive' | 'negative'> = new Map();
  /** What was typed and not sent, by item: rows come and go as they are scrolled. */
  readonly drafts = new Map<string, unknown>();
  /** Grows when somebody asks for the find field from outside the page. */
  findRequests = 0;
  /** Grows with each thread that is shown; a thread that begins in this page goes on under the same number. */
  threadNumber = 0;
  #growth: TextDelta[] = [];
  #frame: number | undefined;

  readonly subscribe = (listener: () => void) => this.#changed.on(listener);
  readonly getViewState = () => this.viewState;
  readonly getTranscript = () => this.transcript;
  readonly getReveal = () => this.reveal;
  readonly getFindRequests = () => this.findRequests;

  /** What the page offers the host. */
  readonly handlers: RpcHandlers<InspectorWebview> = {
    show: (state) => this.show(state),
    thread: (thread) => this.#update({ thread }),
    items: (delta) => {
      this.#grow();
      this.transcript = applyDelta(this.transcript, delta);
      this.#changed.fire();
      // Answered after the next frame: the host sends a long backlog only as fast as it can be drawn.
      return new Promise((resolve) => requestAnimationFrame(() => resolve()));
    },
    // All that comes within one frame is drawn in it, together.
    appendText: (growth) => {
      this.#growth.push(...growth);
      this.#frame ??= requestAnimationFrame(() => {
        if (this.#grow()) this.#changed.fire();
      });
    },
    conversation: (talk) => this.#update({ conversation: talk }),
    activity: (activity) => this.#update({ activity }),
    follow: (follow) => this.#update({ follow }),
    capabilities: (capabilities) => this.#update({ capabilities }),
    settings: (settings) => this.#update(settings),
    log: (log) => this.log.update(log),
    reveal: ({ itemId }) => this.showItem(itemId),
    find: () => {
      this.findRequests += 1;
      this.#changed.fire();
    },
  };

  show({ layout, items, reveal, log, ...shell }: InspectorState): void {
    const sameConnection = shell.ref.connectionId === this.viewState?.ref.connectionId;
    const same = sameConnection && shell.ref.threadId === this.viewState?.ref.threadId;
    if (this.viewState?.ref.threadId !== shell.ref.threadId) {
      this.feedback = new Map();
      this.drafts.clear();
    }
    const begins = this.viewState?.isNew === true && !shell.isNew && sameConnection;
    // The same thread anew, from another source or from the start of a replay: whoever is in the page stays there.
    if (!begins && !same) this.threadNumber += 1;
    this.#growth = [];
    this.viewState = shell;
    this.log.reset(shell.ref.threadId, log);
    this.transcript = fromLayout(layout, items);
    this.reveal = null;
    if (reveal !== null) this.showItem(reveal);
    this.#changed.fire();
  }

  /** Shows an item of the transcript, once it is there. */
  showItem(itemId: string): void {
    this.reveal = { itemId, serial: (this.reveal?.serial ?? 0) + 1 };
    this.log.show({ panel: 'transcript' });
    this.#changed.fire();
  }

  /** The transcript is left: when it comes back, it is where the reader was. */
  forgetReveal(): void {
    this.reveal = null;
  }

  keepFeedback(itemId: string, kind: 'positive' | 'negative'): void {
    this.feedback = new Map(this.feedback).set(itemId, kind);
    this.#changed.fire();
  }

  /** Applies what has come and was not drawn yet; true when that changed something. */
  #grow(): boolean {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
    const before = this.transcript;
    if (this.#growth.length > 0) this.transcript = appendTextToTranscript(before, this.#growth);
    this.#growth = [];
    return this.transcript !== before;
  }

  #update(part: Partial<ViewState>): void {
    if (this.viewState === null) return;
    this.viewState = { ...this.viewState, ...part };
    this.#changed.fire();
  }
}

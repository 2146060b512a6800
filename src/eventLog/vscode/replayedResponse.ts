import * as l10n from '@vscode/l10n';
import { SourceError } from '../../chatkit/common/errors.ts';
import type { Thread, ThreadRef } from '../../chatkit/common/model/thread.ts';
import { type Page, type ThreadSource, readOnlyCapabilities } from '../../chatkit/common/threadSource.ts';
import type { ReceivedEvent } from '../../chatkit/common/stream/events.ts';
import { Player } from '../common/player.ts';
import type { RecordedResponse } from '../common/recordedResponse.ts';
import type { SavedResponse } from '../common/readEventLog.ts';
import { Emitter } from '../../base/common/events.ts';
import { createThreadStore } from '../../chatkit/common/store/threadStore.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import type { ConversationApi, StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';
import type { ReplayControl, ReplayView } from '../common/protocol.ts';
import { ResponseStream } from '../../conversation/vscode/responseStream.ts';
import { Conversation } from '../../conversation/vscode/conversation.ts';
import type { Replay, ThreadLog } from './threadLog.ts';

interface ReplayOptions {
  readonly saved: SavedResponse;
  readonly ref: ThreadRef;
  /** Name of the file. */
  readonly name: string;
  readonly incomplete: string | null;
  /** Called when the replay was restarted with a new store and conversation. */
  readonly onRestart: () => void;
}

/** One playback from the start, with the store that it fills. */
interface Playback {
  readonly store: ThreadStore;
  readonly conversation: Conversation;
  readonly player: Player;
}

/** Plays a saved response into an empty thread through the same classes as a server's stream. */
export class ReplayedResponse implements Replay {
  readonly log: ThreadLog;
  readonly #options: ReplayOptions;
  readonly #changed = new Emitter<void>();
  #playback: Playback;
  #speed = 1;
  #autoPlay = true;

  constructor(options: ReplayOptions) {
    this.#options = options;
    this.log = { responses: [options.saved.response], replay: this, requests: null, onDidChange: this.#changed.on };
    this.#playback = this.#createPlayback();
  }

  get store(): ThreadStore {
    return this.#playback.store;
  }

  get conversation(): Conversation {
    return this.#playback.conversation;
  }

  get view(): ReplayView {
    const { name, incomplete } = this.#options;
    return { ...this.#playback.player.state, name, incomplete };
  }

  /** Starts playback when a webview first shows the replay, unless the user has controlled it before. */
  onShown(): void {
    if (!this.#autoPlay) return;
    this.#autoPlay = false;
    this.#playback.player.play();
  }

  control(to: ReplayControl): void {
    this.#autoPlay = false;
    const { player } = this.#playback;
    switch (to.do) {
      case 'play':
        return player.play();
      case 'pause':
        return player.pause();
      case 'step':
        return player.step();
      case 'finish':
        return player.finish();
      case 'speed':
        this.#speed = to.speed;
        return player.setSpeed(to.speed);
      case 'restart':
        return this.#restart();
    }
  }

  dispose(): void {
    const { player, conversation, store } = this.#playback;
    player.dispose();
    conversation.stop();
    store.dispose();
  }

  #restart(): void {
    const old = this.#playback;
    old.player.dispose();
    old.conversation.stop();
    this.#playback = this.#createPlayback();
    this.#options.onRestart();
    old.store.dispose();
    this.#changed.fire();
  }

  #createPlayback(): Playback {
    const { saved, ref } = this.#options;
    const store = createThreadStore(emptySource(ref.threadId), { pageSize: () => 100 });
    const queue = new EventQueue();
    const conversation = new Conversation(ref.connectionId, ref.threadId, (_threadId, command) => {
      if (command !== replayed) throw onlyReplay();
      return new ResponseStream({
        id: 1,
        ...ref,
        command,
        store,
        api: apiOf(queue),
        onCreated: () => undefined,
      });
    });
    const player = new Player({
      times: saved.response.events.map(({ at }) => at),
      play: (from, to) => {
        if (conversation.last === null) conversation.sendCommand(replayed);
        queue.push(saved.received.slice(from, to).filter((event) => event !== null));
        if (to === saved.received.length) queue.end(failureOf(saved.response));
      },
      now: () => performance.now(),
      later: (callback, ms) => {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
    });
    player.setSpeed(this.#speed);
    player.onDidChange(() => this.#changed.fire());
    return { store, conversation, player };
  }
}

/** Returns the saved error of a failed response; null for any other end. */
function failureOf({ end }: RecordedResponse): SourceError | null {
  return end?.kind === 'failed' ? new SourceError('invalidResponse', end.reason ?? '', { nextStep: 'none' }) : null;
}

/** Replaces the saved response's command, of which only the name is known. */
const replayed: StreamCommand = {
  type: 'customAction',
  action: { threadId: '', itemId: null, type: 'replay', payload: null },
};

function apiOf(queue: EventQueue): ConversationApi {
  const refuse = async () => {
    throw onlyReplay();
  };
  return {
    supports: () => false,
    send: (_command, signal) => queue.events(signal),
    syncAction: refuse,
    sendFeedback: refuse,
    upload: refuse,
    deleteAttachment: refuse,
    transcribe: refuse,
  };
}

function onlyReplay(): SourceError {
  return new SourceError('withheld', l10n.t('A replay cannot send messages.'), {
    mayHaveArrived: false,
    nextStep: 'none',
  });
}

/** Queue of events that is read like a stream. */
class EventQueue {
  #batches: (readonly ReceivedEvent[])[] = [];
  #ended = false;
  #failure: Error | null = null;
  #wake: () => void = () => undefined;

  push(events: readonly ReceivedEvent[]): void {
    if (events.length > 0) this.#batches.push(events);
    this.#wake();
  }

  /** Ends the stream after the queued events; `failure`: the stream then throws it. */
  end(failure: Error | null): void {
    this.#ended = true;
    this.#failure = failure;
    this.#wake();
  }

  async *events(signal: AbortSignal): AsyncGenerator<readonly ReceivedEvent[], void, void> {
    const onAbort = () => this.#wake();
    signal.addEventListener('abort', onAbort);
    try {
      while (!signal.aborted) {
        // Takes all batches at once: removing them one by one from the front would be quadratic.
        const waiting = this.#batches;
        this.#batches = [];
        for (const batch of waiting) {
          if (signal.aborted) break;
          yield batch;
        }
        if (waiting.length > 0) continue;
        if (this.#ended) break;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
    if (this.#failure !== null && !signal.aborted) throw this.#failure;
  }
}

const nothing: Page<never> = { data: [], hasMore: false, next: null };

/** Returns an empty read-only source whose store a replay fills. It sends no requests. */
export function emptySource(threadId: string): ThreadSource {
  const thread: Thread = {
    id: threadId,
    title: null,
    createdAt: null,
    status: { type: 'active' },
    user: null,
    imageDomains: null,
    raw: {},
  };
  return {
    capabilities: readOnlyCapabilities,
    cursors: 'itemId',
    listThreads: async () => nothing,
    getThread: async () => thread,
    listItems: async () => nothing,
    deleteThread: async () => {
      throw new SourceError('withheld', l10n.t('A replay is read-only.'), { mayHaveArrived: false, nextStep: 'none' });
    },
  };
}

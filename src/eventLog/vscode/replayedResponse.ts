import { Player } from '../common/player.ts';
import type { RecordedResponse } from '../common/recordedResponse.ts';
import type { SavedResponse } from '../common/readFile.ts';
import { Emitter } from '../../base/common/events.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import { createThreadStore } from '../../chatkit/common/store/threadStore.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import type { StreamCommand, ConversationApi } from '../../chatkit/common/stream/conversationApi.ts';
import type { AskLog, ReplayView } from '../common/protocol.ts';
import { ResponseStream } from '../../conversation/vscode/responseStream.ts';
import { Conversation } from '../../conversation/vscode/conversation.ts';
import { EventQueue } from './eventQueue.ts';
import { emptySource } from './replaySource.ts';
import type { Replay, ThreadLog } from './threadLog.ts';

export interface ReplayOptions {
  readonly saved: SavedResponse;
  readonly ref: ThreadRef;
  /** Name of the file. */
  readonly name: string;
  readonly incomplete: string | null;
  /** It is at its start again: store and conversation are other ones. */
  readonly onRestart: () => void;
}

/** One playing of a run, from its start: what it fills, and who plays it. */
interface Take {
  readonly store: ThreadStore;
  readonly talk: Conversation;
  readonly player: Player;
}

/** A saved run that plays into an empty thread, through the same engine as a stream of a server. */
export class ReplayedResponse implements Replay {
  readonly log: ThreadLog;
  readonly #parts: ReplayOptions;
  readonly #changed = new Emitter<void>();
  #take: Take;
  #speed = 1;
  #untouched = true;

  constructor(parts: ReplayOptions) {
    this.#parts = parts;
    this.log = { runs: [parts.saved.run], replay: this, onDidChange: this.#changed.on };
    this.#take = this.#begin();
  }

  get store(): ThreadStore {
    return this.#take.store;
  }

  get talk(): Conversation {
    return this.#take.talk;
  }

  get view(): ReplayView {
    const { name, incomplete } = this.#parts;
    return { ...this.#take.player.state, name, incomplete };
  }

  /** Plays when it is first seen; afterwards only when it is told to. */
  shown(): void {
    if (!this.#untouched) return;
    this.#untouched = false;
    this.#take.player.play();
  }

  control(to: AskLog<'replay'>['to']): void {
    this.#untouched = false;
    const { player } = this.#take;
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
    const { player, talk, store } = this.#take;
    player.dispose();
    talk.stop();
    store.dispose();
  }

  #restart(): void {
    const old = this.#take;
    old.player.dispose();
    old.talk.stop();
    this.#take = this.#begin();
    this.#parts.onRestart();
    old.store.dispose();
    this.#changed.fire();
  }

  #begin(): Take {
    const { saved, ref } = this.#parts;
    const store = createThreadStore(emptySource(ref.threadId), { pageSize: () => 100 });
    const queue = new EventQueue();
    const talk = new Conversation(ref.connectionId, ref.threadId, (_threadId, command) => {
      if (command !== replayed) throw onlyReplay();
      const run = { id: 1, ...ref, command, store, onCreated: () => undefined };
      return new ResponseStream({ ...run, talk: talkOf(queue) });
    });
    const player = new Player({
      times: saved.run.events.map(({ at }) => at),
      play: (from, to) => {
        if (talk.last === null) talk.run(replayed);
        queue.push(saved.received.slice(from, to).filter((event) => event !== null));
        if (to === saved.received.length) queue.end(failureOf(saved.run));
      },
      now: () => performance.now(),
      later: (callback, ms) => {
        const timer = setTimeout(callback, ms);
        return () => clearTimeout(timer);
      },
    });
    player.setSpeed(this.#speed);
    player.onState(() => this.#changed.fire());
    return { store, talk, player };
  }
}

/** As the run ended, so does its replay, in the words that were saved; one that was stopped just ends. */
function failureOf({ end }: RecordedResponse): SourceError | null {
  return end?.how === 'failed' ? new SourceError('invalidResponse', end.reason ?? '', { nextStep: 'none' }) : null;
}

/** Stands for the command of the saved run, of which only its name is known. */
const replayed: StreamCommand = { type: 'customAction', action: { threadId: '', itemId: null, type: 'replay', payload: null } };

function talkOf(queue: EventQueue): ConversationApi {
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
  return new SourceError('withheld', 'This is a replay: nothing is sent.', { mayHaveArrived: false, nextStep: 'none' });
}

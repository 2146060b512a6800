import { SourceError } from '../../chatkit/common/errors.ts';
import { Emitter } from '../../base/common/events.ts';
import type { TextDelta } from '../../chatkit/common/stream/textDelta.ts';
import type { StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';
import { Draft, type Sent } from './draft.ts';
import type { ResponseStream } from './responseStream.ts';

/** Starts a run; `created` is told the id of a thread that it makes. */
export type StartRun = (
  threadId: string | null,
  command: StreamCommand,
  created: (id: string) => void,
) => ResponseStream;

/** The conversation with one thread: what runs, and how the last run ended. One run at a time. */
export class Conversation {
  readonly connectionId: string;
  readonly draft = new Draft();
  readonly #start: StartRun;
  readonly #changed = new Emitter<void>();
  readonly #grown = new Emitter<readonly TextDelta[]>();
  readonly #created = new Emitter<string>();
  #threadId: string | null;
  #last: ResponseStream | null = null;
  #dismissed = false;

  /** What runs, or what is known of it apart from items, changed. */
  readonly onDidChange = this.#changed.on;
  readonly onDidGrow = this.#grown.on;
  /** A new thread got its id. Told before any of its items comes. */
  readonly onDidCreate = this.#created.on;

  /** `threadId`: null for a thread that is yet to be made. */
  constructor(connectionId: string, threadId: string | null, start: StartRun) {
    this.connectionId = connectionId;
    this.#threadId = threadId;
    this.#start = start;
  }

  get threadId(): string | null {
    return this.#threadId;
  }

  /** The run that is under way. */
  get running(): ResponseStream | null {
    return this.#last?.end === null ? this.#last : null;
  }

  /** The latest run, under way or ended; null before the first of this window. */
  get last(): ResponseStream | null {
    return this.#last;
  }

  /** What the store tells in this very moment was told by `onDidGrow` already. */
  get isQuiet(): boolean {
    return this.#last?.isQuiet === true;
  }

  /** Runs a command. Throws `SourceError` kind `conflict` while another runs. */
  run(command: StreamCommand): ResponseStream {
    if (this.running !== null) {
      throw new SourceError('conflict', 'The answer is still coming.', { mayHaveArrived: false, nextStep: 'none' });
    }
    const run = this.#start(this.#threadId, command, (threadId) => {
      this.#threadId = threadId;
      this.#created.fire(threadId);
    });
    this.#last = run;
    this.#dismissed = false;
    run.onDidGrow((growth) => this.#grown.fire(growth));
    run.onDidChange(() => this.#changed.fire());
    this.#changed.fire();
    return run;
  }

  /** Runs a command that carries a message; the message stands in the composer again where the server did not take it. */
  say(command: StreamCommand, sent: Sent): ResponseStream {
    const run = this.run(command);
    run.onDidEnd(() => {
      if (!run.state.items.some(({ kind }) => kind === 'user_message')) this.draft.putBack(sent);
    });
    return run;
  }

  /** What the latest run said apart from items was read. */
  get dismissed(): boolean {
    return this.#dismissed;
  }

  dismiss(): void {
    this.#dismissed = true;
    this.#changed.fire();
  }

  /** Ends what runs; what came stays. */
  stop(): void {
    this.running?.stop();
  }

  /** Ends what runs because the user says so: false, and it runs on, where the server asks not to be stopped. */
  stopForUser(): boolean {
    if (this.running?.state.allowCancel === false) return false;
    this.stop();
    return true;
  }
}

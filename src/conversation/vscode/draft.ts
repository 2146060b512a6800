import { randomUUID } from 'node:crypto';
import { isSourceError, toSourceError, type SourceError } from '../../chatkit/common/errors.ts';
import { Emitter } from '../../base/common/events.ts';
import type { AttachmentFile, ConversationApi, UserInput } from '../../chatkit/common/stream/conversationApi.ts';

/** A file of a draft, while it is uploaded and after. */
export interface DraftFileState {
  readonly key: string;
  readonly name: string;
  readonly size: number | null;
  /** The server's id, once it has the file. */
  readonly attachmentId: string | null;
  readonly error: SourceError | null;
}

interface Entry extends DraftFileState {
  readonly stop: AbortController;
}

/** Reads a file that somebody chose. Throws `SourceError` for what is too large. */
export type ReadFile = () => Promise<AttachmentFile>;

/** What is written in one thread and not sent: kept in this window's memory only, and never in its state. */
export class Draft {
  readonly #changed = new Emitter<void>();
  #text = '';
  #quote: string | null = null;
  #serial = 0;
  #files: readonly Entry[] = [];

  readonly onDidChange = this.#changed.on;

  get text(): string {
    return this.#text;
  }

  get quote(): string | null {
    return this.#quote;
  }

  /** Grows when `putBack` changed what is written. */
  get serial(): number {
    return this.#serial;
  }

  get files(): readonly DraftFileState[] {
    return this.#files;
  }

  write(text: string, quote: string | null): void {
    this.#text = text;
    this.#quote = quote;
  }

  /** What could not be sent stands in the composer again, before what was written meanwhile. */
  putBack({ text, quote, files }: Sent): void {
    this.#text = [text, this.#text].filter((part) => part !== '').join('\n');
    this.#quote ??= quote;
    this.#files = [...(files as readonly Entry[]), ...this.#files];
    this.#serial += 1;
    this.#changed.fire();
  }

  /** Takes what is written out of the composer, as the input of a message. */
  take(text: string, quote: string | null, options: Pick<UserInput, 'model' | 'toolChoice'>): Taken {
    const ready = this.#files.filter(({ attachmentId }) => attachmentId !== null);
    const sent: Sent = { text, quote, files: ready };
    this.#text = '';
    this.#quote = null;
    this.#files = this.#files.filter((file) => !ready.includes(file));
    const input: UserInput = {
      content: text === '' ? [] : [{ type: 'text', text }],
      attachments: ready.flatMap(({ attachmentId }) => attachmentId ?? []),
      quotedText: quote,
      ...options,
    };
    this.#changed.fire();
    return { input, sent };
  }

  /** Uploads a file; how that goes is told by `onDidChange`. `directUrl`: see `TalkSource.upload`. */
  async add(name: string, read: ReadFile, talk: ConversationApi, directUrl: string | undefined): Promise<void> {
    const key = randomUUID();
    const stop = new AbortController();
    this.#files = [...this.#files, { key, name, size: null, attachmentId: null, error: null, stop }];
    this.#changed.fire();
    try {
      const file = await read();
      this.#set(key, { size: file.bytes.byteLength });
      stop.signal.throwIfAborted();
      const { id } = await talk.upload(file, stop.signal, directUrl);
      this.#set(key, { attachmentId: id });
    } catch (thrown) {
      const error = toSourceError(thrown);
      if (!isSourceError(error, 'cancelled')) this.#set(key, { error });
    }
  }

  /** Takes a file away; gives the id that the server knows it by, if it has it already. */
  remove(key: string): string | null {
    const file = this.#files.find((candidate) => candidate.key === key);
    if (file === undefined) return null;
    file.stop.abort();
    this.#files = this.#files.filter((candidate) => candidate !== file);
    this.#changed.fire();
    return file.attachmentId;
  }

  #set(key: string, change: Partial<Entry>): void {
    this.#files = this.#files.map((file) => (file.key === key ? { ...file, ...change } : file));
    this.#changed.fire();
  }
}

/** What went out of the composer, to be put back where it did not arrive. */
export interface Sent {
  readonly text: string;
  readonly quote: string | null;
  readonly files: readonly DraftFileState[];
}

export interface Taken {
  readonly input: UserInput;
  readonly sent: Sent;
}

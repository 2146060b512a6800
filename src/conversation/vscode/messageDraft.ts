import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type * as vscode from 'vscode';
import { type Mention, contentOf } from '../common/mentions.ts';
import { type SourceError, isSourceError, toSourceError } from '../../chatkit/common/errors.ts';
import { Emitter } from '../../base/common/events.ts';
import type { AttachmentFile, ConversationApi, UserInput } from '../../chatkit/common/stream/conversationApi.ts';

/** An attachment of a draft, during and after its upload. */
interface DraftFileState {
  readonly key: string;
  readonly name: string;
  readonly size: number | null;
  /** The server's id; null until the upload has finished. */
  readonly attachmentId: string | null;
  readonly error: SourceError | null;
}

interface Entry extends DraftFileState {
  readonly stop: AbortController;
}

/** Reads a selected file. Throws `SourceError` `tooLarge` or `notFound`. */
type ReadFile = () => Promise<AttachmentFile>;

/** The unsent message of one thread. Held in memory only, never in stored state. */
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

  /** Incremented by `restore`. */
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

  /** Restores a message that could not be sent, in front of text that the user has entered since. */
  restore({ text, quote, files }: SentMessage): void {
    this.#text = [text, this.#text].filter((part) => part !== '').join('\n');
    this.#quote ??= quote;
    this.#files = [...(files as readonly Entry[]), ...this.#files];
    this.#serial += 1;
    this.#changed.fire();
  }

  /** Clears the composer and returns its content as the input of a message. Files that are still uploading stay. */
  takeInput(
    text: string,
    quote: string | null,
    options: Pick<UserInput, 'model' | 'toolChoice'>,
    mentions: readonly Mention[] = [],
  ): TakenInput {
    const ready = this.#files.filter(({ attachmentId }) => attachmentId !== null);
    const sent: SentMessage = { text, quote, files: ready };
    this.#text = '';
    this.#quote = null;
    this.#files = this.#files.filter((file) => !ready.includes(file));
    const input: UserInput = {
      content: text === '' ? [] : contentOf(text, mentions),
      attachments: ready.flatMap(({ attachmentId }) => attachmentId ?? []),
      quotedText: quote,
      ...options,
    };
    this.#changed.fire();
    return { input, sent };
  }

  /** Uploads a file; `onDidChange` reports progress and errors. `directUrl`: see `ConversationApi.upload`. */
  async add(name: string, read: ReadFile, api: ConversationApi, directUrl: string | undefined): Promise<void> {
    const key = randomUUID();
    const stop = new AbortController();
    this.#files = [...this.#files, { key, name, size: null, attachmentId: null, error: null, stop }];
    this.#changed.fire();
    try {
      const file = await read();
      this.#set(key, { size: file.bytes.byteLength });
      stop.signal.throwIfAborted();
      const { id } = await api.upload(file, stop.signal, directUrl);
      this.#set(key, { attachmentId: id });
    } catch (thrown) {
      const error = toSourceError(thrown);
      if (!isSourceError(error, 'cancelled')) this.#set(key, { error });
    }
  }

  /** Removes a file. Returns the server's id if the upload had finished, else null. */
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

/** The content that `takeInput` removed, for `restore`. */
export interface SentMessage {
  readonly text: string;
  readonly quote: string | null;
  readonly files: readonly DraftFileState[];
}

interface TakenInput {
  readonly input: UserInput;
  readonly sent: SentMessage;
}

const stateKey = 'chatkit.talk.options';
const optionsSchema = z.object({ model: z.string(), tool: z.string() });
const storedSchema = z.record(z.string(), optionsSchema);

/** Model and tool names that are sent with each message; empty: server default. */
export type MessageOptions = z.infer<typeof optionsSchema>;

const none: MessageOptions = { model: '', tool: '' };

/** Remembers the last selected model and tool of each connection. */
export class MessageOptionsMemory {
  readonly #state: vscode.Memento;

  constructor(state: vscode.Memento) {
    this.#state = state;
  }

  read(connectionId: string): MessageOptions {
    return this.#all()[connectionId] ?? none;
  }

  async write(connectionId: string, options: MessageOptions): Promise<void> {
    await this.#state.update(stateKey, { ...this.#all(), [connectionId]: options });
  }

  #all(): Readonly<Record<string, MessageOptions>> {
    const stored = storedSchema.safeParse(this.#state.get(stateKey));
    return stored.success ? stored.data : {};
  }
}

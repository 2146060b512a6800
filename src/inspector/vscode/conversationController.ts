import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { SourceError } from '../../chatkit/common/errors.ts';
import type { StreamCommand } from '../../chatkit/common/stream/conversationApi.ts';
import type { ConversationError, ConversationView } from '../../conversation/common/protocol.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { commandAgain } from '../../conversation/vscode/retryCommand.ts';
import { fileNameOf, pickFiles, readAttachment } from '../../conversation/vscode/pickFiles.ts';
import { MessageOptionsMemory } from '../../conversation/vscode/messageOptions.ts';
import type { RunEnd, ResponseStream } from '../../conversation/vscode/responseStream.ts';
import { toConversationView } from '../../conversation/vscode/conversationView.ts';
import type { Conversation } from '../../conversation/vscode/conversation.ts';
import type { InspectorTarget } from './target.ts';

/** An error in words, with the command that cures it. */
export interface Described {
  readonly message: string;
  readonly detail: string;
  readonly action: string | null;
  readonly cure: () => unknown;
}

export interface ConversationControllerOptions {
  readonly services: Services;
  readonly target: InspectorTarget;
  readonly talk: Conversation;
  readonly describe: (error: SourceError, retry: () => unknown) => Promise<Described>;
  /** What the page is shown of the conversation changed. */
  readonly onChange: (view: ConversationView) => void;
  /** A run began (true), or ended. */
  readonly onRunning: (running: boolean) => void;
}

/** A conversation as one page shows it: composes messages, and puts into words how they went. */
export class ConversationController implements vscode.Disposable {
  readonly #parts: ConversationControllerOptions;
  readonly #options: MessageOptionsMemory;
  readonly #unsubscribe: readonly (() => void)[];
  #running = false;
  /** The end that `#trouble` is about. */
  #told: RunEnd | null = null;
  #trouble: ConversationError | null = null;
  #cure: () => unknown = () => undefined;

  constructor(parts: ConversationControllerOptions) {
    this.#parts = parts;
    this.#options = new MessageOptionsMemory(parts.services.context.globalState);
    const { talk } = parts;
    this.#unsubscribe = [talk.onDidChange(() => this.#update()), talk.draft.onDidChange(() => this.#tell())];
    this.#update();
  }

  get view(): ConversationView {
    const { talk } = this.#parts;
    const { last: run, dismissed, draft } = talk;
    return toConversationView({ run, trouble: this.#trouble, dismissed, draft, options: this.#chosen });
  }

  /** Sends what is written. */
  say(text: string, quote: string | null): void {
    const { talk, target } = this.#parts;
    if (talk.running !== null || (text.trim() === '' && talk.draft.files.length === 0)) return;
    if (talk.draft.files.some(({ attachmentId, error }) => attachmentId === null && error === null)) return;
    const { model, tool } = this.#chosen;
    const names = { model: model === '' ? null : model, toolChoice: tool === '' ? null : tool };
    const { input, sent } = talk.draft.take(text, quote, names);
    const { threadId } = talk;
    talk.say(
      threadId === null
        ? { type: 'createThread', input }
        : { type: 'addUserMessage', threadId: target.ref.threadId, input },
      sent,
    );
  }

  /** Runs a command that is not written in the composer. Throws `SourceError` kind `conflict` while another runs. */
  run(command: StreamCommand): ResponseStream {
    return this.#parts.talk.run(command);
  }

  stop(): void {
    // The page does not offer it where the server asks not to be stopped.
    this.#parts.talk.stopForUser();
  }

  /** Tries again what did not end well. */
  retry(): void {
    const command = this.#again();
    if (command !== null && this.#parts.talk.running === null) this.#parts.talk.run(command);
  }

  /** Runs the command that the trouble offers. */
  cure(): unknown {
    return this.#cure();
  }

  dismiss(): void {
    this.#parts.talk.dismiss();
  }

  /** Takes note of what is written, in memory. */
  write(text: string, quote: string | null): void {
    this.#parts.talk.draft.write(text, quote);
  }

  /** Asks for files, and uploads them. */
  async attach(): Promise<void> {
    const { services, target, talk } = this.#parts;
    const { conversation: source } = services.connections.source(target.ref.connectionId);
    if (source === undefined) return;
    const uploads = (await pickFiles()).map((uri) =>
      talk.draft.add(fileNameOf(uri), () => readAttachment(uri), source, target.connection?.uploadUrl),
    );
    await Promise.all(uploads);
  }

  /** Takes a file away again, also from the server; whether that succeeds is of no interest to anybody. */
  detach(key: string): void {
    const { services, target, talk } = this.#parts;
    const attachmentId = talk.draft.remove(key);
    if (attachmentId === null) return;
    services.connections
      .source(target.ref.connectionId)
      .conversation?.deleteAttachment(attachmentId, AbortSignal.timeout(30_000))
      .catch((error: unknown) => services.log.warn(`An attachment stays on the server: ${String(error)}`));
  }

  async choose(model: string, tool: string): Promise<void> {
    await this.#options.write(this.#parts.target.ref.connectionId, { model: model.trim(), tool: tool.trim() });
    this.#tell();
  }

  dispose(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  get #chosen() {
    return this.#options.read(this.#parts.target.ref.connectionId);
  }

  #again(): StreamCommand | null {
    const { talk, target } = this.#parts;
    const run = talk.last;
    if (run === null || run.end === null) return null;
    return commandAgain(run, target.store.items(run.threadId ?? ''));
  }

  #update(): void {
    const { last, running } = this.#parts.talk;
    if (this.#running !== (running !== null)) {
      this.#running = running !== null;
      this.#parts.onRunning(this.#running);
    }
    const end = last?.end ?? null;
    if (end !== this.#told) {
      this.#told = end;
      this.#trouble = null;
      if (end !== null) void this.#describe(end);
    }
    this.#tell();
  }

  async #describe(end: RunEnd): Promise<void> {
    if (end.reason === 'done' || end.reason === 'stopped') return;
    const again = () => this.retry();
    const error = end.reason === 'failed' ? end.error : null;
    const described = error === null ? undefined : await this.#parts.describe(error, again);
    if (this.#told !== end) return;
    const canRetry = this.#again() !== null;
    if (end.reason === 'fault') {
      const { code, message, allowRetry } = end.fault;
      const said = message ?? l10n.t('The server reports an error ({0}).', code);
      this.#trouble = {
        message: said.slice(0, 4_000),
        detail: message === null ? '' : code,
        retry: allowRetry && canRetry,
        action: null,
      };
    } else if (described !== undefined) {
      const { message, detail, action, cure } = described;
      const isRetry = end.error.nextStep === 'retry';
      const broke = (this.#parts.talk.last?.eventCount ?? 0) > 0;
      this.#cure = cure;
      this.#trouble = {
        message: broke ? l10n.t('The stream broke off before its end. What came stays.') : message,
        detail,
        retry: canRetry,
        action: isRetry ? null : action,
      };
    }
    this.#tell();
  }

  #tell(): void {
    this.#parts.onChange(this.view);
  }
}

/** What a page without a conversation may not ask. */
export function needTalk(talk: ConversationController | null | undefined): ConversationController {
  if (talk) return talk;
  throw new SourceError('invalidRequest', 'Nothing can be said to this source.', { mayHaveArrived: false });
}

import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { fileNameOf } from '../../base/common/fileName.ts';
import { RpcError } from '../../base/common/rpc.ts';
import type { Mention } from '../../conversation/common/mentions.ts';
import { serverMessage } from '../../chatkit/vscode/present.ts';
import { SourceError, toSourceError } from '../../chatkit/common/errors.ts';
import { type StreamCommand, messageCommand } from '../../chatkit/common/stream/conversationApi.ts';
import type { ConversationError, ConversationView } from '../../conversation/common/protocol.ts';
import { runCommand } from '../../chatkit/vscode/commands.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { type Conversation, retryCommand, toConversationView } from '../../conversation/vscode/conversation.ts';
import { pickAudio, pickFiles, readAttachment, recordingOf } from '../../conversation/vscode/pickFiles.ts';
import { MessageOptionsMemory } from '../../conversation/vscode/messageDraft.ts';
import type { ResponseEnd } from '../../conversation/vscode/responseStream.ts';
import type { InspectorTarget } from './target.ts';

/** Time limit of a transcription, ms. */
const transcribeTimeoutMs = 120_000;

/** An error message with the command that resolves the error. */
interface DescribedError {
  readonly message: string;
  readonly detail: string;
  readonly action: string | null;
  readonly resolve: () => unknown;
}

interface ConversationControllerOptions {
  readonly services: Services;
  readonly target: InspectorTarget;
  readonly conversation: Conversation;
  readonly describe: (error: SourceError, retry: () => unknown) => Promise<DescribedError>;
  /** Called when the conversation's state changed. */
  readonly onChange: (view: ConversationView) => void;
  /** Called when a response starts (true) or ends (false). */
  readonly onRunning: (running: boolean) => void;
}

/** Connects a conversation with one webview: sends messages and describes how responses ended. */
export class ConversationController implements vscode.Disposable {
  readonly conversation: Conversation;
  readonly #options: ConversationControllerOptions;
  readonly #messageOptions: MessageOptionsMemory;
  readonly #unsubscribe: readonly (() => void)[];
  #running = false;
  /** The end that `#error` describes. */
  #describedEnd: ResponseEnd | null = null;
  #error: ConversationError | null = null;
  #resolve: () => unknown = () => undefined;

  constructor(options: ConversationControllerOptions) {
    this.#options = options;
    this.conversation = options.conversation;
    this.#messageOptions = new MessageOptionsMemory(options.services.context.globalState);
    const { conversation } = options;
    this.#unsubscribe = [
      conversation.onDidChange(() => this.#update()),
      conversation.draft.onDidChange(() => this.#emitView()),
    ];
    this.#update();
  }

  get view(): ConversationView {
    const { conversation } = this.#options;
    const { last: response, unfinished, dismissed, draft, sendAgain } = conversation;
    const options = this.#selectedOptions;
    return toConversationView({ response, unfinished, error: this.#error, dismissed, draft, options, sendAgain });
  }

  /** Sends a message with the draft's attachments. Does nothing while a response or an upload is in progress. */
  sendMessage(text: string, quote: string | null, mentions: readonly Mention[] = []): void {
    const { conversation, target } = this.#options;
    if (conversation.running !== null || (text.trim() === '' && conversation.draft.files.length === 0)) return;
    if (conversation.draft.files.some(({ attachmentId, error }) => attachmentId === null && error === null)) return;
    const { model, tool } = this.#selectedOptions;
    const names = { model: model === '' ? null : model, toolChoice: tool === '' ? null : tool };
    const { input, sent } = conversation.draft.takeInput(text, quote, names, mentions);
    const threadId = conversation.threadId === null ? null : target.ref.threadId;
    conversation.sendMessage(messageCommand(threadId, input), sent);
  }

  /** Repeats the failed command. */
  retry(): void {
    const { conversation, target } = this.#options;
    const command = this.#retryCommand();
    if (command === null || conversation.running !== null) return;
    const failed = conversation.last?.command.type;
    const wasMessage = failed === 'createThread' || failed === 'addUserMessage' || failed === 'retryAfter';
    // The retry of another command deletes items that existed before it, such as a tool call: that asks first.
    if (command.type === 'retryAfter' && !wasMessage)
      void runCommand('chatkit.retryFromHere', { ...target.ref, threadId: command.threadId, itemId: command.itemId });
    else conversation.sendCommand(command);
  }

  /** Runs the command that resolves the conversation's error. */
  resolveError(): unknown {
    return this.#resolve();
  }

  /** Asks for files and uploads them. */
  async attach(): Promise<void> {
    const { services, target, conversation } = this.#options;
    const { conversation: source } = services.connections.source(target.ref.connectionId);
    if (source === undefined) return;
    const uploads = (await pickFiles()).map((uri) =>
      conversation.draft.add(fileNameOf(uri), () => readAttachment(uri), source, target.connection?.uploadUrl),
    );
    await Promise.all(uploads);
  }

  /** Returns the text of a recording, or of an audio file that the user selects; null if the user cancels. */
  async transcribe(recording: { readonly mimeType: string; readonly base64: string } | null): Promise<string | null> {
    const { services, target } = this.#options;
    const { conversation: api } = services.connections.source(target.ref.connectionId);
    if (api === undefined) return null;
    const audio = recording === null ? await pickAudio() : recordingOf(recording);
    if (audio === null) return null;
    try {
      return await api.transcribe(audio, AbortSignal.timeout(transcribeTimeoutMs));
    } catch (thrown) {
      const error = toSourceError(thrown);
      const { message } = await this.#options.describe(error, () => undefined);
      throw new RpcError({ kind: error.kind, message: `${message} ${serverMessage(error)}`.trim() });
    }
  }

  /** Removes a file from the draft and from the server. Best effort; failures are logged. */
  detach(key: string): void {
    const { services, target, conversation } = this.#options;
    const attachmentId = conversation.draft.remove(key);
    if (attachmentId === null) return;
    services.connections
      .source(target.ref.connectionId)
      .conversation?.deleteAttachment(attachmentId, AbortSignal.timeout(30_000))
      .catch((error: unknown) => services.log.warn(`An attachment stays on the server: ${String(error)}`));
  }

  async setOptions(model: string, tool: string): Promise<void> {
    await this.#messageOptions.write(this.#options.target.ref.connectionId, { model: model.trim(), tool: tool.trim() });
    this.#emitView();
  }

  dispose(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }

  get #selectedOptions() {
    return this.#messageOptions.read(this.#options.target.ref.connectionId);
  }

  #retryCommand(): StreamCommand | null {
    const { conversation, target } = this.#options;
    const response = conversation.last;
    if (response === null || response.end === null) return null;
    return retryCommand(response, target.store.items(response.threadId ?? ''));
  }

  #update(): void {
    const { last, running } = this.#options.conversation;
    if (this.#running !== (running !== null)) {
      this.#running = running !== null;
      this.#options.onRunning(this.#running);
    }
    const end = last?.end ?? null;
    if (end !== this.#describedEnd) {
      this.#describedEnd = end;
      this.#error = null;
      if (end !== null) void this.#describe(end);
    }
    this.#emitView();
  }

  async #describe(end: ResponseEnd): Promise<void> {
    if (end.reason === 'done' || end.reason === 'stopped') return;
    const retry = () => this.retry();
    const error = end.reason === 'failed' ? end.error : null;
    const described = error === null ? undefined : await this.#options.describe(error, retry);
    if (this.#describedEnd !== end) return;
    const canRetry = this.#retryCommand() !== null;
    if (end.reason === 'fault') {
      const { code, message, allowRetry } = end.fault;
      const text = message ?? l10n.t('The server reported an error ({0}).', code);
      this.#error = {
        message: text.slice(0, 4_000),
        detail: message === null ? '' : code,
        retry: allowRetry && canRetry,
        action: null,
      };
    } else if (described !== undefined) {
      const { message, detail, action, resolve } = described;
      const isRetry = end.error.nextStep === 'retry';
      const wasInterrupted = (this.#options.conversation.last?.eventCount ?? 0) > 0;
      this.#resolve = resolve;
      this.#error = {
        message: wasInterrupted ? l10n.t('The stream ended unexpectedly. The partial response was saved.') : message,
        detail,
        retry: canRetry,
        action: isRetry ? null : action,
      };
    }
    this.#emitView();
  }

  #emitView(): void {
    this.#options.onChange(this.view);
  }
}

/** Returns the conversation. Throws `SourceError` `invalidRequest` if the source does not accept messages. */
export function requireConversation(conversation: ConversationController | null | undefined): ConversationController {
  if (conversation) return conversation;
  throw new SourceError('invalidRequest', l10n.t('This source does not accept messages.'), { mayHaveArrived: false });
}

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isJsonObject } from '../../base/common/json.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { showStatus } from '../../base/vscode/messages/notifications.ts';
import { type ThreadItem, quotedText } from '../../chatkit/common/model/item.ts';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import { itemsIn } from '../../chatkit/common/store/types.ts';
import type { UserInput } from '../../chatkit/common/stream/conversationApi.ts';
import { serverResponds } from '../../connections/vscode/serverResponds.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { Conversation } from '../../conversation/vscode/conversation.ts';
import type { ConversationService } from '../../conversation/vscode/conversationService.ts';

interface SendAgainOptions {
  readonly services: Services;
  readonly conversations: ConversationService;
  /** Shows a new thread of a connection, in the panel of the previous one if that is open. Returns its placeholder. */
  readonly showNewThread: (connectionId: string) => ThreadRef;
}

/** Delay after the last changed file before the server is asked, in ms: a build writes many files. */
const settleMs = 500;
/** Files that tools write beside the code, and that do not change what the server does. */
const ignored =
  /\/(?:node_modules|\.git|__pycache__|\.venv|\.mypy_cache|\.pytest_cache|__snapshots__)\/|\.(?:log|pyc|tmp|swp)$/;

/**
 * *Send Again on Save*: when a file of the workspace changed and the server responds again, sends the last user message of a
 * conversation to a new thread.
 */
export class SendAgain implements vscode.Disposable {
  readonly #options: SendAgainOptions;
  readonly #watched = new Set<Conversation>();
  #watching: Disposables | null = null;
  #timer: NodeJS.Timeout | undefined;
  #stop = new AbortController();

  constructor(options: SendAgainOptions) {
    this.#options = options;
  }

  /** Turns it on or off for a thread. */
  toggle(ref: ThreadRef, on: boolean): void {
    const conversation = this.#options.conversations.of(ref);
    conversation.setSendAgain(on);
    if (on) this.#watched.add(conversation);
    else this.#watched.delete(conversation);
    if (this.#watched.size > 0) this.#watching ??= this.#watch();
    else this.#unwatch();
  }

  dispose(): void {
    this.#watched.clear();
    this.#unwatch();
  }

  #watch(): Disposables {
    const own = new Disposables();
    const watcher = vscode.workspace.createFileSystemWatcher('**/*');
    const changed = ({ path }: vscode.Uri): void => {
      if (ignored.test(path)) return;
      // A newer change starts over.
      this.#stop.abort();
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#stop = new AbortController();
        for (const conversation of this.#watched) void this.#send(conversation, this.#stop.signal);
      }, settleMs);
    };
    own.push(
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => changed(uri)),
    );
    return own;
  }

  #unwatch(): void {
    clearTimeout(this.#timer);
    this.#stop.abort();
    this.#watching?.dispose();
    this.#watching = null;
  }

  async #send(conversation: Conversation, signal: AbortSignal): Promise<void> {
    const { services, conversations, showNewThread } = this.#options;
    const { connectionId, threadId } = conversation;
    const connection = services.connections.get(connectionId);
    if (connection === undefined || threadId === null) return;
    const input = lastInput(itemsIn(services.connections.store(connectionId).items(threadId)));
    if (input === null) return;
    showStatus(formatMessage(l10n.t('Waiting for “{0}” to respond…'), connection.name), 5_000, 'watch');
    if (!(await serverResponds(services.connections.source(connectionId), signal))) return;
    if (!this.#watched.has(conversation)) return;
    const ref = showNewThread(connectionId);
    conversations.sendCommand(ref, { type: 'createThread', input });
    showStatus(l10n.t('Sent the last message again.'), 3_000);
  }
}

/** The last message of the user as it was sent; null where there is none. */
function lastInput(items: readonly ThreadItem[]): UserInput | null {
  const message = items.findLast(({ kind }) => kind === 'user_message');
  if (message?.kind !== 'user_message') return null;
  const { content, attachments, inference } = message;
  return {
    content: content.flatMap((part): UserInput['content'] => {
      if (part.type === 'text') return [{ type: 'text', text: part.text }];
      if (part.type !== 'tag') return [];
      const { id, text, data, group } = part;
      return [
        { type: 'tag', id, text, data: isJsonObject(data) ? data : {}, ...(group === null ? {} : { group }) } as const,
      ];
    }),
    attachments: attachments.map(({ id }) => id),
    quotedText: quotedText(message),
    model: inference?.model ?? null,
    toolChoice: inference?.toolChoice ?? null,
  };
}

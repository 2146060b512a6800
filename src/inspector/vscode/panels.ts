import { basename } from 'node:path/posix';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { SourceError, isSourceError } from '../../chatkit/common/errors.ts';
import type { SavedResponse } from '../../eventLog/common/readEventLog.ts';
import { type ThreadStore, itemsIn } from '../../chatkit/common/store/types.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { contextKeys, webviewTypes } from '../../chatkit/vscode/ids.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { incompleteText, readSavedEventLog, replayId, replayedFile } from '../../eventLog/vscode/savedEventLog.ts';
import { ReplayedResponse } from '../../eventLog/vscode/replayedResponse.ts';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import { itemSummary, shortId } from '../../threads/common/summary/itemSummary.ts';
import { ContextKey, MilestoneKey, runCommand } from '../../chatkit/vscode/commands.ts';
import { showInformation } from '../../base/vscode/messages/notifications.ts';
import { newThreadId } from '../../conversation/vscode/conversation.ts';
import { ConversationService } from '../../conversation/vscode/conversationService.ts';
import { EventLogs } from '../../eventLog/common/responseRecorder.ts';
import { recordResponses } from '../../eventLog/vscode/recordResponses.ts';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { CompareSelection } from '../../threads/vscode/compare/selection.ts';
import { WidgetHistory } from '../../conversation/vscode/widgetHistory.ts';
import { WebviewHost } from './webviewHost.ts';
import { SendAgain } from './sendAgain.ts';
import { InspectorPanel } from './panel.ts';

interface OpenOptions {
  /** An item to scroll to. */
  readonly itemId?: string | undefined;
  /** Reuses the preview panel and does not move the focus. */
  readonly preview?: boolean | undefined;
}

/** The inspector panels of this window: one per thread, at most one of them a preview. */
export class InspectorPanels implements vscode.Disposable {
  /** The conversations of all panels. */
  readonly conversations: ConversationService;
  /** The event logs since the window was opened. */
  readonly logs = new EventLogs();
  /** The open replays. */
  readonly replays: ReplayPanels;
  readonly #services: Services;
  readonly #compared: CompareSelection;
  readonly #sendAgain: SendAgain;
  readonly #widgets = new WidgetHistory();
  /** The panel of the threads that *Send Again on Save* creates. */
  #repeated: InspectorPanel | null = null;
  readonly #disposables = new Disposables();
  readonly #panels = new Set<InspectorPanel>();
  readonly #hasActive = new ContextKey<boolean>(contextKeys.activeThread);
  readonly #activeIsPreview = new ContextKey<boolean>(contextKeys.previewThread);
  readonly #answering = new ContextKey<boolean>(contextKeys.answering);
  readonly #hasOpenedThread: MilestoneKey;
  readonly #hasSentMessage: MilestoneKey;

  constructor(services: Services, compared: CompareSelection) {
    this.#services = services;
    this.#compared = compared;
    this.#hasOpenedThread = new MilestoneKey(contextKeys.hasOpenedThread, services.context.globalState);
    this.#hasSentMessage = new MilestoneKey(contextKeys.hasSentMessage, services.context.globalState);
    this.conversations = new ConversationService(services.connections, (id) => services.problems.of(id));
    this.replays = new ReplayPanels(services);
    this.#sendAgain = new SendAgain({
      services,
      conversations: this.conversations,
      showNewThread: (connectionId) => this.#showRepeated(connectionId),
    });
    recordResponses(this.conversations, this.logs);
    this.conversations.onDidStart((response) => {
      const { connectionId, threadId } = response;
      const items = threadId === null ? [] : itemsIn(services.connections.store(connectionId).items(threadId));
      this.#widgets.watch(response, items);
      if (response.command.type !== 'createThread') return;
      const stop = response.onDidReceive(() => {
        if (response.threadId === null) return;
        services.requests.noteCreated(response.connectionId, response.threadId);
        stop();
      });
    });
    this.conversations.onDidStart((response) => {
      this.#hasSentMessage.reach();
      // The event is emitted before the conversation refers to the response.
      queueMicrotask(() => this.#updateKeys());
      response.onDidEnd(() => this.#updateKeys());
    });
  }

  /** The active panel, if any. */
  get active(): InspectorPanel | undefined {
    return [...this.#panels].find(({ isActive }) => isActive);
  }

  open(ref: ThreadRef, { itemId, preview = false }: OpenOptions): InspectorPanel {
    const existing = this.#find(ref);
    if (existing) {
      if (!preview) existing.webviewHost.pin();
      existing.reveal(itemId, preview);
      return existing;
    }
    const reused = preview ? [...this.#panels].find(({ webviewHost: page }) => page.isPreview) : undefined;
    if (reused) {
      reused.webviewHost.show(ref, itemId);
      reused.reveal(undefined, true);
      return reused;
    }
    return this.#add(createPanel(ref, vscode.ViewColumn.Active, preview), ref, preview, itemId);
  }

  /** Opens a panel whose first message creates a thread. */
  openNew(connectionId: string): InspectorPanel {
    return this.open({ connectionId, threadId: newThreadId() }, {});
  }

  /** Stops the response of a thread, or of the active panel. Shows a message if the server does not allow it. */
  stopResponse(ref: ThreadRef | undefined): void {
    const conversation = ref === undefined ? this.active?.webviewHost.conversation : this.conversations.of(ref);
    if (!conversation || conversation.stopForUser()) return;
    void showInformation(l10n.t('The server does not allow this response to be stopped.'));
  }

  /** Takes over a panel that the editor restored after a reload. */
  restore(panel: vscode.WebviewPanel, ref: ThreadRef, preview: boolean): InspectorPanel {
    return this.#add(panel, ref, preview, undefined);
  }

  dispose(): void {
    for (const panel of this.#panels) panel.dispose();
    this.#disposables.dispose();
    this.replays.dispose();
    this.#sendAgain.dispose();
    this.conversations.dispose();
  }

  async #compareWidget(ref: ThreadRef, item: ThreadItem): Promise<void> {
    const change = this.#widgets.find({ ...ref, itemId: item.id });
    if (change !== undefined)
      return void (await runCommand('chatkit.compareWidget', { label: itemSummary(item), ...change }));
    void showInformation(l10n.t('This widget has not changed since the window was opened.'));
  }

  /** Shows each repetition in the same panel, beside the thread that is repeated. */
  #showRepeated(connectionId: string): ThreadRef {
    const ref = { connectionId, threadId: newThreadId() };
    if (this.#repeated !== null && this.#panels.has(this.#repeated)) this.#repeated.webviewHost.show(ref, undefined);
    else this.#repeated = this.#add(createPanel(ref, vscode.ViewColumn.Beside, true), ref, false, undefined);
    return ref;
  }

  #updateKeys(): void {
    const { active } = this;
    this.#hasActive.set(active?.isNew === false);
    if ([...this.#panels].some(({ isNew }) => !isNew)) this.#hasOpenedThread.reach();
    this.#activeIsPreview.set(active?.webviewHost.isPreview === true);
    this.#answering.set(active?.webviewHost.conversation?.running != null);
  }

  #find({ connectionId, threadId }: ThreadRef): InspectorPanel | undefined {
    return [...this.#panels].find(
      ({ webviewHost: { ref } }) => ref.connectionId === connectionId && ref.threadId === threadId,
    );
  }

  #add(panel: vscode.WebviewPanel, ref: ThreadRef, preview: boolean, itemId: string | undefined): InspectorPanel {
    const added = new InspectorPanel({
      services: this.#services,
      conversations: this.conversations,
      logs: this.logs,
      compared: this.#compared,
      panel,
      onCompareWidget: (thread, item) => this.#compareWidget(thread, item),
      onSendAgain: (thread, on) => this.#sendAgain.toggle(thread, on),
      ref,
      preview,
      reveal: itemId ?? null,
    });
    this.#panels.add(added);
    const update = () => this.#updateKeys();
    const subscriptions = this.#disposables.add(
      vscode.Disposable.from(
        added.onDidChange(update),
        added.onDidDispose(() => {
          this.#panels.delete(added);
          subscriptions.dispose();
          update();
        }),
      ),
    );
    update();
    return added;
  }
}

function createPanel(
  { threadId }: ThreadRef,
  viewColumn: vscode.ViewColumn,
  preserveFocus: boolean,
): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel(
    webviewTypes.thread,
    shortId(threadId),
    { viewColumn, preserveFocus },
    { enableFindWidget: false, retainContextWhenHidden: false },
  );
}

/** The replays of saved event logs, each in its own panel. */
class ReplayPanels implements vscode.Disposable {
  readonly #services: Services;
  readonly #open = new Map<string, { readonly replay: ReplayedResponse; readonly close: vscode.Disposable }>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** Opens a replay; reopens it if it is open. Throws `SourceError` if the file cannot be replayed. */
  async open(file: vscode.Uri, panel?: vscode.WebviewPanel): Promise<void> {
    const saved = await readSavedEventLog(file);
    const key = file.toString();
    this.#open.get(key)?.close.dispose();
    const name = basename(file.path);
    const shown =
      panel ??
      vscode.window.createWebviewPanel(webviewTypes.thread, name, vscode.ViewColumn.Active, {
        enableFindWidget: false,
        retainContextWhenHidden: false,
      });
    const media = vscode.Uri.joinPath(this.#services.context.extensionUri, 'media');
    shown.iconPath = {
      light: vscode.Uri.joinPath(media, 'thread-light.svg'),
      dark: vscode.Uri.joinPath(media, 'thread-dark.svg'),
    };
    shown.title = l10n.t('Replay: {0}', name);
    const ref = { connectionId: replayId(file), threadId: threadIdOf(saved) };
    const replay = new ReplayedResponse({
      saved,
      ref,
      name,
      incomplete: incompleteText(saved),
      onRestart: () => host.reconnect(),
    });
    const sourceName = saved.connectionName ?? l10n.t('Replay');
    const host = new WebviewHost({
      services: this.#services,
      webview: shown.webview,
      ref,
      preview: false,
      reveal: null,
      findTarget: () => ({ ref, store: replay.store, sourceName }),
      findConversation: () => replay.conversation,
      findLog: () => replay.log,
      onLabel: () => undefined,
      onPin: () => undefined,
    });
    const disposables = new Disposables();
    const close = vscode.Disposable.from(disposables, shown);
    disposables.push(
      host,
      replay,
      shown.onDidChangeViewState(() => host.setVisible(shown.visible)),
      shown.onDidDispose(() => {
        disposables.dispose();
        if (this.#open.get(key)?.close === close) this.#open.delete(key);
      }),
    );
    this.#open.set(key, { replay, close });
  }

  /**
   * Runs `action` with the store of a replay. If it throws `notFound`, repeats it with all events played. Throws
   * `SourceError` if the file cannot be replayed.
   */
  async withStore<T>(connectionId: string, action: (store: ThreadStore) => Promise<T>): Promise<T> {
    const file = replayedFile(connectionId);
    if (file === undefined)
      throw new SourceError('notFound', l10n.t('This thread is not a replay.'), { nextStep: 'none' });
    const shown = this.#open.get(file.toString())?.replay;
    try {
      if (shown) return await action(shown.store);
    } catch (error) {
      if (!isSourceError(error, 'notFound')) throw error;
    }
    const saved = await readSavedEventLog(file);
    const ref = { connectionId, threadId: threadIdOf(saved) };
    const replay = new ReplayedResponse({ saved, ref, name: '', incomplete: null, onRestart: () => undefined });
    try {
      replay.control({ do: 'finish' });
      await replay.conversation.last?.ended;
      return await action(replay.store);
    } finally {
      replay.dispose();
    }
  }

  dispose(): void {
    for (const { close } of [...this.#open.values()]) close.dispose();
  }
}

/** Returns the thread id of the log, or `replay` if it has no valid one. */
function threadIdOf({ response: { threadId } }: SavedResponse): string {
  return threadId !== null && threadId !== '' && threadId.length <= 1024 ? threadId : 'replay';
}

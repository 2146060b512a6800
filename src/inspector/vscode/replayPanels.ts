import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isSourceError, SourceError } from '../../chatkit/common/errors.ts';
import type { SavedResponse } from '../../eventLog/common/readEventLog.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import { basename } from 'node:path/posix';
import { Disposables } from '../../base/vscode/disposables.ts';
import { webviewTypes } from '../../chatkit/vscode/ids.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { WebviewHost } from './webviewHost.ts';
import { incompleteText, readSavedEventLog, replayedFile, replayId } from '../../eventLog/vscode/savedEventLog.ts';
import { ReplayedResponse } from '../../eventLog/vscode/replayedResponse.ts';

/** The replays of saved event logs, each in its own panel. */
export class ReplayPanels implements vscode.Disposable {
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
    if (file === undefined) throw new SourceError('notFound', 'This thread is not a replay.', { nextStep: 'none' });
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

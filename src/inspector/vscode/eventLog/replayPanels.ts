import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isSourceError, SourceError } from '../../../chatkit/common/errors.ts';
import type { SavedResponse } from '../../../eventLog/common/readFile.ts';
import type { ThreadStore } from '../../../chatkit/common/store/types.ts';
import { basename } from 'node:path/posix';
import { Disposables } from '../../../base/vscode/disposables.ts';
import { webviewTypes } from '../../../chatkit/vscode/ids.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import { WebviewHost } from '../webviewHost.ts';
import { readSaved, incompleteText } from '../../../eventLog/vscode/readSaved.ts';
import { replayedFile, replayId } from '../../../eventLog/vscode/replayedFile.ts';
import { ReplayedResponse } from '../../../eventLog/vscode/replayedResponse.ts';

/** Replays of saved event logs, each in a panel of its own. */
export class ReplayPanels implements vscode.Disposable {
  readonly #services: Services;
  readonly #open = new Map<string, { readonly replay: ReplayedResponse; readonly close: vscode.Disposable }>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** Opens a file, anew where it is open. Throws `SourceError` for what cannot be replayed. */
  async open(file: vscode.Uri, panel?: vscode.WebviewPanel): Promise<void> {
    const saved = await readSaved(file);
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
      onRestart: () => page.reconnect(),
    });
    const sourceName = saved.connectionName ?? l10n.t('Replay');
    const page = new WebviewHost({
      services: this.#services,
      webview: shown.webview,
      ref,
      preview: false,
      reveal: null,
      find: () => ({ ref, store: replay.store, sourceName }),
      talk: () => replay.talk,
      log: () => replay.log,
      onLabel: () => undefined,
      onPin: () => undefined,
    });
    const parts = new Disposables();
    const close = vscode.Disposable.from(parts, shown);
    parts.push(
      page,
      replay,
      shown.onDidChangeViewState(() => page.setVisible(shown.visible)),
      shown.onDidDispose(() => {
        parts.dispose();
        if (this.#open.get(key)?.close === close) this.#open.delete(key);
      }),
    );
    this.#open.set(key, { replay, close });
  }

  /**
   * Runs `action` with what a replay has played so far; what is not found there, with all of it. Throws `SourceError` for
   * what cannot be replayed.
   */
  async withStore<T>(connectionId: string, action: (store: ThreadStore) => Promise<T>): Promise<T> {
    const file = replayedFile(connectionId);
    if (file === undefined) throw new SourceError('notFound', 'This is no replay.', { nextStep: 'none' });
    const shown = this.#open.get(file.toString())?.replay;
    try {
      if (shown) return await action(shown.store);
    } catch (error) {
      if (!isSourceError(error, 'notFound')) throw error;
    }
    const saved = await readSaved(file);
    const ref = { connectionId, threadId: threadIdOf(saved) };
    const replay = new ReplayedResponse({ saved, ref, name: '', incomplete: null, onRestart: () => undefined });
    try {
      replay.control({ do: 'finish' });
      await replay.talk.last?.ended;
      return await action(replay.store);
    } finally {
      replay.dispose();
    }
  }

  dispose(): void {
    for (const { close } of [...this.#open.values()]) close.dispose();
  }
}

/** The thread that the stream names; a name of our own where it names none, or nothing that could be one. */
function threadIdOf({ run: { threadId } }: SavedResponse): string {
  return threadId !== null && threadId !== '' && threadId.length <= 1024 ? threadId : 'replay';
}

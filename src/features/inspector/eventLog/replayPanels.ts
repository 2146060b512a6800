import * as vscode from 'vscode';
import { basename } from 'node:path/posix';
import { Disposables } from '../../../host/disposables.ts';
import { webviewTypes } from '../../../host/ids.ts';
import type { Services } from '../../services.ts';
import { PageHost } from '../pageHost.ts';
import { readSaved, incompleteText } from './readSaved.ts';
import { ReplayedRun } from './replayedRun.ts';

/** Begins the id of what stands in for a connection: the page keeps it, and brings the replay back after a reload. */
const prefix = 'replay:';

/** The file that a page was a replay of; undefined for any other page. */
export function replayedFile(connectionId: string): vscode.Uri | undefined {
  return connectionId.startsWith(prefix) ? vscode.Uri.parse(connectionId.slice(prefix.length)) : undefined;
}

/** Replays of saved event logs, each in a panel of its own. */
export class ReplayPanels implements vscode.Disposable {
  readonly #services: Services;
  readonly #open = new Map<string, vscode.Disposable>();

  constructor(services: Services) {
    this.#services = services;
  }

  /** Opens a file, anew where it is open. Throws `SourceError` for what cannot be replayed. */
  async open(file: vscode.Uri, panel?: vscode.WebviewPanel): Promise<void> {
    const saved = await readSaved(file);
    const key = file.toString();
    this.#open.get(key)?.dispose();
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
    shown.title = vscode.l10n.t('Replay: {0}', name);
    const ref = { connectionId: prefix + key, threadId: saved.run.threadId ?? 'replay' };
    const replay = new ReplayedRun({
      saved,
      ref,
      name,
      incomplete: incompleteText(saved),
      onRestart: () => page.reconnect(),
    });
    const sourceName = saved.connectionName ?? vscode.l10n.t('Replay');
    const page = new PageHost({
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
        if (this.#open.get(key) === close) this.#open.delete(key);
      }),
    );
    this.#open.set(key, close);
  }

  dispose(): void {
    for (const open of [...this.#open.values()]) open.dispose();
  }
}

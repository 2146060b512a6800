import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ThreadItem } from '../../chatkit/common/model/item.ts';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { isNewThread } from '../../conversation/vscode/conversation.ts';
import type { ConversationService } from '../../conversation/vscode/conversationService.ts';
import type { EventLogs } from '../../eventLog/common/responseRecorder.ts';
import { liveLog } from '../../eventLog/vscode/threadLog.ts';
import type { CompareSelection } from '../../threads/vscode/compare/selection.ts';
import { WebviewHost } from './webviewHost.ts';
import { connectionTarget } from './target.ts';

interface PanelOptions {
  readonly services: Services;
  readonly conversations: ConversationService;
  readonly logs: EventLogs;
  readonly compared: CompareSelection;
  readonly panel: vscode.WebviewPanel;
  readonly onCompareWidget: (ref: ThreadRef, item: ThreadItem) => Promise<void>;
  readonly onSendAgain: (ref: ThreadRef, on: boolean) => void;
  readonly ref: ThreadRef;
  readonly preview: boolean;
  /** An item to scroll to initially. */
  readonly reveal: string | null;
}

/** A webview panel that shows one thread; a preview is reused for other threads. */
export class InspectorPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  /** The webview of the panel. */
  readonly webviewHost: WebviewHost;
  readonly #disposables = new Disposables();
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly #changed = new vscode.EventEmitter<void>();

  readonly onDidDispose = this.#disposed.event;
  /** Emitted when the panel's visibility, label or preview state changed. */
  readonly onDidChange = this.#changed.event;

  constructor({
    services,
    conversations,
    logs,
    compared,
    panel,
    onSendAgain,
    onCompareWidget,
    ref,
    preview,
    reveal,
  }: PanelOptions) {
    this.#panel = panel;
    const media = vscode.Uri.joinPath(services.context.extensionUri, 'media');
    panel.iconPath = {
      light: vscode.Uri.joinPath(media, 'thread-light.svg'),
      dark: vscode.Uri.joinPath(media, 'thread-dark.svg'),
    };
    this.webviewHost = new WebviewHost({
      services,
      webview: panel.webview,
      ref,
      preview,
      reveal,
      compared,
      findTarget: (target) => connectionTarget(services.connections, target),
      findConversation: (target) =>
        services.connections.source(target.connectionId).capabilities.send ? conversations.of(target) : null,
      findLog: (target) => liveLog(logs, target, services.requests),
      onLabel: (label, deleted) => {
        panel.title = deleted ? l10n.t('{0} (deleted)', label) : label;
        this.#changed.fire();
      },
      onPin: () => this.#changed.fire(),
      onSendAgain,
      onCompareWidget,
    });
    this.#disposables.push(
      this.#disposed,
      this.#changed,
      this.webviewHost,
      panel.onDidDispose(() => this.dispose()),
      panel.onDidChangeViewState(() => {
        this.webviewHost.setVisible(panel.visible);
        this.#changed.fire();
      }),
      services.connections.onDidChange(({ connectionIds }) => {
        if (connectionIds.includes(this.webviewHost.ref.connectionId)) this.webviewHost.reconnect();
      }),
    );
  }

  /** The first message will create its thread. */
  get isNew(): boolean {
    return isNewThread(this.webviewHost.ref.threadId);
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  reveal(itemId: string | undefined, preserveFocus: boolean): void {
    this.#panel.reveal(undefined, preserveFocus);
    if (itemId !== undefined) this.webviewHost.reveal(itemId);
  }

  dispose(): void {
    if (this.#disposables.isDisposed) return;
    this.#disposed.fire();
    this.#disposables.dispose();
    this.#panel.dispose();
  }
}

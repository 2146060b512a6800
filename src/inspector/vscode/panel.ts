import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { isNewThread } from '../../conversation/vscode/newThread.ts';
import type { ConversationService } from '../../conversation/vscode/conversationService.ts';
import type { Conversation } from '../../conversation/vscode/conversation.ts';
import type { EventLogs } from '../../eventLog/common/eventLogs.ts';
import { liveLog } from '../../eventLog/vscode/threadLog.ts';
import { WebviewHost } from './webviewHost.ts';
import { connectionTarget } from './target.ts';

export interface PanelOptions {
  readonly services: Services;
  readonly talks: ConversationService;
  readonly logs: EventLogs;
  readonly panel: vscode.WebviewPanel;
  readonly ref: ThreadRef;
  readonly preview: boolean;
  /** An item to show at first. */
  readonly reveal: string | null;
}

/** One webview panel: shows one thread, or as a preview one after the other. */
export class InspectorPanel implements vscode.Disposable {
  readonly #panel: vscode.WebviewPanel;
  readonly #page: WebviewHost;
  readonly #disposables = new Disposables();
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly #changed = new vscode.EventEmitter<void>();

  readonly onDidDispose = this.#disposed.event;
  /** Whether it is in front, or whether it is a preview, changed. */
  readonly onDidChange = this.#changed.event;

  constructor({ services, talks, logs, panel, ref, preview, reveal }: PanelOptions) {
    this.#panel = panel;
    const media = vscode.Uri.joinPath(services.context.extensionUri, 'media');
    panel.iconPath = {
      light: vscode.Uri.joinPath(media, 'thread-light.svg'),
      dark: vscode.Uri.joinPath(media, 'thread-dark.svg'),
    };
    this.#page = new WebviewHost({
      services,
      webview: panel.webview,
      ref,
      preview,
      reveal,
      find: (target) => connectionTarget(services.connections, target),
      talk: (target) => (services.connections.source(target.connectionId).capabilities.send ? talks.of(target) : null),
      log: (target) => liveLog(logs, target),
      onLabel: (label, deleted) => {
        panel.title = deleted ? l10n.t('{0} (deleted)', label) : label;
        this.#changed.fire();
      },
      onPin: () => this.#changed.fire(),
    });
    this.#disposables.push(
      this.#disposed,
      this.#changed,
      this.#page,
      panel.onDidDispose(() => this.dispose()),
      panel.onDidChangeViewState(() => {
        this.#page.setVisible(panel.visible);
        this.#changed.fire();
      }),
      services.connections.onDidChange(({ connectionIds }) => {
        if (connectionIds.includes(this.ref.connectionId)) this.#page.reconnect();
      }),
    );
  }

  get ref(): ThreadRef {
    return this.#page.ref;
  }

  /** Its thread is yet to be made. */
  get isNew(): boolean {
    return isNewThread(this.ref.threadId);
  }

  get talk(): Conversation | null {
    return this.#page.talk;
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  get isPreview(): boolean {
    return this.#page.isPreview;
  }

  /** Shows another thread in the same panel. */
  show(ref: ThreadRef, itemId: string | undefined): void {
    this.#page.show(ref, itemId);
  }

  reveal(itemId: string | undefined, preserveFocus: boolean): void {
    this.#panel.reveal(undefined, preserveFocus);
    if (itemId !== undefined) this.#page.reveal(itemId);
  }

  pin(): void {
    this.#page.pin();
  }

  find(): void {
    this.#page.find();
  }

  follow(on: boolean): void {
    this.#page.follow(on);
  }

  dispose(): void {
    if (this.#disposables.isDisposed) return;
    this.#disposed.fire();
    this.#disposables.dispose();
    this.#panel.dispose();
  }
}

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import { shortId } from '../../threads/common/summary/threadLabel.ts';
import { ContextKey } from '../../chatkit/vscode/contextKey.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { contextKeys, webviewTypes } from '../../chatkit/vscode/ids.ts';
import { showInformation } from '../../base/vscode/messages/notifications.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { newThreadId } from '../../conversation/vscode/newThread.ts';
import { ConversationService } from '../../conversation/vscode/conversationService.ts';
import { EventLogs } from '../../eventLog/common/eventLogs.ts';
import { recordResponses } from '../../eventLog/vscode/recordResponses.ts';
import { ReplayPanels } from './eventLog/replayPanels.ts';
import { InspectorPanel } from './panel.ts';

export interface OpenOptions {
  /** An item to show. */
  readonly itemId?: string | undefined;
  /** Takes over the preview panel, and leaves the focus where it is. */
  readonly preview?: boolean | undefined;
}

/** All inspector panels of this window: one a thread, and at most one of them a preview. */
export class InspectorPanels implements vscode.Disposable {
  /** What is said to servers, in every panel of this window. */
  readonly talks: ConversationService;
  /** What streamed since the window was opened. */
  readonly logs = new EventLogs();
  /** Saved logs that are played. */
  readonly replays: ReplayPanels;
  readonly #services: Services;
  readonly #disposables = new Disposables();
  readonly #panels = new Set<InspectorPanel>();
  readonly #hasActive = new ContextKey<boolean>(contextKeys.activeThread);
  readonly #activeIsPreview = new ContextKey<boolean>(contextKeys.previewThread);
  readonly #answering = new ContextKey<boolean>(contextKeys.answering);

  constructor(services: Services) {
    this.#services = services;
    this.talks = new ConversationService(services.connections);
    this.replays = new ReplayPanels(services);
    recordResponses(this.talks, this.logs);
    this.talks.onDidStart((run) => {
      // Told before the run is known as the one that is under way.
      queueMicrotask(() => this.#updateKeys());
      run.onDidEnd(() => this.#updateKeys());
    });
  }

  /** The panel in front, if it has the focus. */
  get active(): InspectorPanel | undefined {
    return [...this.#panels].find(({ isActive }) => isActive);
  }

  open(ref: ThreadRef, { itemId, preview = false }: OpenOptions): InspectorPanel {
    const existing = this.#find(ref);
    if (existing) {
      if (!preview) existing.pin();
      existing.reveal(itemId, preview);
      return existing;
    }
    const reused = preview ? [...this.#panels].find(({ isPreview }) => isPreview) : undefined;
    if (reused) {
      reused.show(ref, itemId);
      reused.reveal(undefined, true);
      return reused;
    }
    const panel = vscode.window.createWebviewPanel(
      webviewTypes.thread,
      shortId(ref.threadId),
      { viewColumn: vscode.ViewColumn.Active, preserveFocus: preview },
      { enableFindWidget: false, retainContextWhenHidden: false },
    );
    return this.#add(panel, ref, preview, itemId);
  }

  /** A panel for a thread that its first message will make. */
  openNew(connectionId: string): InspectorPanel {
    return this.open({ connectionId, threadId: newThreadId() }, {});
  }

  /** Stops the answer of a thread, or of the panel in front; says so where its server asks not to be stopped. */
  stopResponse(ref: ThreadRef | undefined): void {
    const talk = ref === undefined ? this.active?.talk : this.talks.of(ref);
    if (!talk || talk.stopForUser()) return;
    void showInformation(l10n.t('The server asks not to be stopped: its answer goes on.'));
  }

  /** Takes over a panel that the editor brought back after a reload. */
  restore(panel: vscode.WebviewPanel, ref: ThreadRef, preview: boolean): InspectorPanel {
    return this.#add(panel, ref, preview, undefined);
  }

  dispose(): void {
    for (const panel of this.#panels) panel.dispose();
    this.#disposables.dispose();
    this.replays.dispose();
    this.talks.dispose();
  }

  #updateKeys(): void {
    const { active } = this;
    this.#hasActive.set(active?.isNew === false);
    this.#activeIsPreview.set(active?.isPreview === true);
    this.#answering.set(active?.talk?.running != null);
  }

  #find({ connectionId, threadId }: ThreadRef): InspectorPanel | undefined {
    return [...this.#panels].find(({ ref }) => ref.connectionId === connectionId && ref.threadId === threadId);
  }

  #add(panel: vscode.WebviewPanel, ref: ThreadRef, preview: boolean, itemId: string | undefined): InspectorPanel {
    const added = new InspectorPanel({
      services: this.#services,
      talks: this.talks,
      logs: this.logs,
      panel,
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

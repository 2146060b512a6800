import * as vscode from 'vscode';
import type { ThreadRef } from '../../domain/refs.ts';
import { shortId } from '../../domain/summary/threadLabel.ts';
import { ContextKey } from '../../host/contextKey.ts';
import { Disposables } from '../../host/disposables.ts';
import { contextKeys, webviewTypes } from '../../host/ids.ts';
import type { Services } from '../services.ts';
import { Talks } from '../talk/talks.ts';
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
  readonly talks: Talks;
  readonly #services: Services;
  readonly #disposables = new Disposables();
  readonly #panels = new Set<InspectorPanel>();
  readonly #hasActive = new ContextKey<boolean>(contextKeys.activeThread);
  readonly #activeIsPreview = new ContextKey<boolean>(contextKeys.previewThread);

  constructor(services: Services) {
    this.#services = services;
    this.talks = new Talks(services.connections);
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

  /** Takes over a panel that the editor brought back after a reload. */
  restore(panel: vscode.WebviewPanel, ref: ThreadRef, preview: boolean): InspectorPanel {
    return this.#add(panel, ref, preview, undefined);
  }

  dispose(): void {
    for (const panel of this.#panels) panel.dispose();
    this.#disposables.dispose();
    this.talks.dispose();
  }

  #updateKeys(): void {
    const { active } = this;
    this.#hasActive.set(active !== undefined);
    this.#activeIsPreview.set(active?.isPreview === true);
  }

  #find({ connectionId, threadId }: ThreadRef): InspectorPanel | undefined {
    return [...this.#panels].find(({ ref }) => ref.connectionId === connectionId && ref.threadId === threadId);
  }

  #add(panel: vscode.WebviewPanel, ref: ThreadRef, preview: boolean, itemId: string | undefined): InspectorPanel {
    const added = new InspectorPanel({ services: this.#services, panel, ref, preview, reveal: itemId ?? null });
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

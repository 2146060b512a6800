import type * as vscode from 'vscode';
import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import { Disposables } from '../../../base/vscode/disposables.ts';
import type { LazyTreeProvider } from '../../../base/vscode/lazyProviders.ts';
import { setTreeMessage } from '../../../base/vscode/messages/notifications.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';
import type { ThreadsNode } from '../model/nodes.ts';
import type { RowContext } from '../rows/rowContext.ts';
import { Ages } from './ages.ts';
import { AutoRefresh } from './autoRefresh.ts';
import { focusedRows } from './focusedRows.ts';
import { troubleReads, untitledPreviews } from './previews.ts';
import { ThreadsProvider } from './provider.ts';
import { viewDescription, viewMessage } from './viewMessage.ts';

/** The Threads view: rows, message, selection and focus, and the timers that update it. */
export class ThreadsView implements vscode.Disposable {
  readonly model: ThreadsModel;
  readonly #context: RowContext;
  readonly #tree: vscode.TreeView<ThreadsNode>;
  readonly #disposables = new Disposables();
  readonly #collapsed = new Set<string>();

  constructor({ settings, log }: Services, registration: LazyTreeProvider<ThreadsNode>, context: RowContext) {
    this.model = context.model;
    this.#context = context;
    this.#tree = registration.view;
    const isVisible = (): boolean => this.#tree.visible;
    this.#disposables.push(
      registration.setProvider(new ThreadsProvider(context)),
      this.#tree.onDidCollapseElement(({ element }) => void this.#collapsed.add(element.id)),
      this.#tree.onDidExpandElement(({ element }) => void this.#collapsed.delete(element.id)),
      this.model.onDidChangeThreads(() => this.#updateMessage()),
      untitledPreviews(this.model, log),
      troubleReads(this.model, log),
      this.model.state.onDidChange(() => this.#updateDescription()),
      new Ages(context, isVisible),
      new AutoRefresh({
        model: this.model,
        settings,
        isExpanded: (connectionId) => !this.#collapsed.has(this.model.connectionNode(connectionId).id),
        isVisible,
        onDidChangeVisibility: this.#tree.onDidChangeVisibility,
      }),
    );
    this.#updateMessage();
    this.#updateDescription();
  }

  /** The selected rows; empty while the view is hidden. */
  get selection(): readonly ThreadsNode[] {
    return this.#tree.visible ? this.#tree.selection : [];
  }

  /** The rows that a key pressed in the view applies to. */
  focusedRows(): Promise<readonly ThreadsNode[]> {
    return focusedRows(this.#tree);
  }

  async reveal(ref: ThreadRef, options: { readonly focus: boolean }): Promise<void> {
    if (this.model.matching(ref.connectionId).some(({ id }) => id === ref.threadId)) {
      await this.#tree.reveal(this.model.threadNode(ref), { select: true, focus: options.focus });
    }
  }

  /** Selects a thread that was just created, without moving the focus. A hidden view is not opened. */
  async select(ref: ThreadRef): Promise<void> {
    if (this.#tree.visible) await this.reveal(ref, { focus: false });
  }

  async expand(connectionId: string): Promise<void> {
    await this.#tree.reveal(this.model.connectionNode(connectionId), { select: false, focus: false, expand: true });
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #updateDescription(): void {
    // An empty text hides it; undefined is not accepted by all versions.
    this.#tree.description = viewDescription(this.model) ?? '';
  }

  #updateMessage(): void {
    setTreeMessage(this.#tree, viewMessage(this.model, this.#context.times) ?? '');
  }
}

import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { statusLabel } from '../../../chatkit/common/model/item.ts';
import { isFiltering } from '../../common/filter.ts';
import type { Times } from '../../common/summary/times.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { presentError, withConnectionName } from '../../../chatkit/vscode/present.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';
import type { ConnectionFilter } from '../model/viewState.ts';
import type { ThreadsNode } from '../model/nodes.ts';
import { connectionRow, connectionTooltip } from '../rows/connectionRow.ts';
import type { RowContext } from '../rows/rowContext.ts';
import { groupRow, loadMoreRow } from '../rows/groupRow.ts';
import { itemRow, itemTooltip } from '../rows/itemRow.ts';
import { messageRow, messageTooltip } from '../rows/messageRow.ts';
import { RenderedThreadRows, threadTooltip } from '../rows/threadRow.ts';
import type { ThreadRef } from '../../../chatkit/common/model/thread.ts';
import { Disposables } from '../../../base/vscode/disposables.ts';
import { selectingSuccessor } from '../../../base/vscode/rowSuccession.ts';
import type { LazyTreeProvider } from '../../../base/vscode/lazyProviders.ts';
import { setTreeMessage } from '../../../base/vscode/messages/notifications.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import { Ages } from './ages.ts';
import { AutoRefresh } from './autoRefresh.ts';
import { focusedRows } from './focusedRows.ts';
import { troubleReads, untitledPreviews } from './previews.ts';

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
      this.model.connections.onWillRemove(({ connectionId, removed }) => {
        this.#selectingSuccessor(this.model.rows.connection(connectionId), () => removed).catch((error: unknown) =>
          log.error('Could not select the next connection', error),
        );
      }),
      untitledPreviews(this.model, log),
      troubleReads(this.model, log),
      this.model.state.onDidChange(() => this.#updateDescription()),
      new Ages(context, isVisible),
      new AutoRefresh({
        model: this.model,
        settings,
        isExpanded: (connectionId) => !this.#collapsed.has(this.model.rows.connection(connectionId).id),
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
      await this.#tree.reveal(this.model.rows.thread(ref), { select: true, focus: options.focus });
    }
  }

  /** Selects a thread that was just created, without moving the focus. A hidden view is not opened. */
  async select(ref: ThreadRef): Promise<void> {
    if (!this.#tree.visible) return;
    const { model } = this;
    // Loads the list of a connection that was never expanded.
    if (model.matching(ref.connectionId).length === 0) await model.children(model.rows.connection(ref.connectionId));
    await this.reveal(ref, { focus: false });
  }

  /** Runs an action that removes threads of rows; see `selectingSuccessor`. */
  async selectingSuccessor(last: ThreadRef, action: () => Promise<void>): Promise<void> {
    await this.#selectingSuccessor(this.model.rows.thread(last), action);
  }

  async #selectingSuccessor(last: ThreadsNode, action: () => Promise<void>): Promise<void> {
    const { model } = this;
    const rows = {
      view: this.#tree,
      children: (parent: ThreadsNode | undefined) => model.children(parent),
      parent: (row: ThreadsNode) => model.parent(row),
    };
    await selectingSuccessor(rows, last, action);
  }

  async expand(connectionId: string): Promise<void> {
    await this.#tree.reveal(this.model.rows.connection(connectionId), { select: false, focus: false, expand: true });
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

/** Delay in ms, after which the rows are rendered and the network bundle is preloaded for the first request. */
const preloadDelayMs = 400;

/** Provides the rows of the model to the editor. Tooltips are created on demand. */
export class ThreadsProvider implements vscode.TreeDataProvider<ThreadsNode> {
  readonly #context: RowContext;
  readonly #threads = new RenderedThreadRows();
  readonly onDidChangeTreeData: vscode.Event<ThreadsNode[] | undefined>;

  constructor(context: RowContext) {
    this.#context = context;
    this.onDidChangeTreeData = context.model.onDidChange;
  }

  getTreeItem(node: ThreadsNode): vscode.TreeItem {
    switch (node.type) {
      case 'connection':
        return connectionRow(node, this.#context);
      case 'group':
        return groupRow(node, this.#context);
      case 'thread':
        return this.#threads.row(node, this.#context);
      case 'item':
        return itemRow(node, this.#context);
      case 'loadMore':
        return loadMoreRow(node, this.#context);
      case 'message':
        return messageRow(node, this.#context);
    }
  }

  async getChildren(node?: ThreadsNode): Promise<ThreadsNode[]> {
    const { model } = this.#context;
    const rows = [...(await model.children(node))];
    if (node === undefined) setTimeout(() => model.connections.prepare(), preloadDelayMs);
    return rows;
  }

  getParent(node: ThreadsNode): ThreadsNode | undefined {
    return this.#context.model.parent(node);
  }

  async resolveTreeItem(row: vscode.TreeItem, node: ThreadsNode): Promise<vscode.TreeItem> {
    // Returns a copy, because the row is cached and its tooltip would become outdated.
    return { ...row, tooltip: await this.#tooltip(node) };
  }

  async #tooltip(node: ThreadsNode): Promise<vscode.MarkdownString | undefined> {
    switch (node.type) {
      case 'connection':
        return connectionTooltip(node, this.#context);
      case 'thread':
        return threadTooltip(node, this.#context);
      case 'item':
        return itemTooltip(node, this.#context);
      case 'message':
        return messageTooltip(node, this.#context);
      default:
        return undefined;
    }
  }
}

/**
 * Returns the message above the rows: connections that could not be loaded with what to do, then the filters and how many
 * loaded threads match them. The error rows can be out of sight in a long list; the message is not.
 */
export function viewMessage(model: ThreadsModel, times: Times): string | undefined {
  const parts = [...failureText(model), ...filterLines(model, times)];
  // The editor shows the message as one paragraph: line breaks are spaces there.
  return parts.length === 0 ? undefined : parts.join(' • ');
}

/** Returns the order and whether untitled threads are previewed, if they are not the default. */
export function viewDescription({ state }: Pick<ThreadsModel, 'state'>): string | undefined {
  const { order, previewUntitled } = state.preferences;
  const parts = [
    ...(order === 'asc' ? [l10n.t('oldest first')] : []),
    ...(previewUntitled ? [l10n.t('previews')] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/** The reason and the next step of one connection. The rows of several connections show their reasons. */
function failureText(model: ThreadsModel): readonly string[] {
  const failed = model.connections.all.flatMap((connection) => {
    const error = model.store(connection.id)?.list.error ?? null;
    return error === null ? [] : [{ connection, error }];
  });
  const [first, second] = failed;
  if (first === undefined) return [];
  if (second !== undefined) {
    const names = failed.map(({ connection }) => connection.name).join(', ');
    return [formatMessage(l10n.t('Could not load {0} connections: {1}.'), String(failed.length), names)];
  }
  const { connection, error } = first;
  const { message, action } = presentError(error, { connection, subject: 'threads' });
  const fix = action === undefined ? '' : formatMessage(l10n.t('Next step: {0}'), action.title);
  return [`${withConnectionName(connection.name, message)} ${fix}`.trim()];
}

function filterLines(model: ThreadsModel, times: Times): readonly string[] {
  return model.state.filtered.flatMap((connectionId) => {
    const connection = model.connections.get(connectionId);
    const list = model.store(connectionId)?.list;
    if (connection === undefined || list === undefined) return [];
    const filter = model.state.filter(connectionId);
    const name = `${oneLine(connection.name)}: `;
    const text = filterText(filter, times);
    if (!isFiltering(filter) || list.asOf === null) return [`${name}${text}`];
    const matches = model.matching(connectionId).length;
    const loaded = list.threads.length;
    return [
      loaded === 1
        ? l10n.t('{0}{1} — {2} of 1 loaded thread', name, text, matches)
        : l10n.t('{0}{1} — {2} of {3} loaded threads', name, text, matches, loaded),
    ];
  });
}

/** `User: user_123 · “oslo” · locked · since 1 Nov 2026`. */
function filterText(filter: ConnectionFilter, times: Times): string {
  const { user, text, statuses, from, to, conditions } = filter;
  return [
    user === null ? null : formatMessage(l10n.t('User: {0}'), user),
    text === null ? null : formatMessage(l10n.t('“{0}”'), text),
    ...statuses.map((status) => statusLabel(status)),
    ...conditions.map((condition) => (condition === 'stuck' ? l10n.t('stuck') : l10n.t('no answer'))),
    from === null ? null : l10n.t('since {0}', times.date(from)),
    to === null ? null : l10n.t('before {0}', times.date(to)),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { toSourceError } from '../../chatkit/common/errors.ts';
import type { ItemRef, SessionRef, Thread, ThreadRef } from '../../chatkit/common/model/thread.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import { oneLine } from '../../base/common/plainText.ts';
import { statusText, threadLabel } from '../common/summary/itemSummary.ts';
import { Times } from '../common/summary/times.ts';
import { isCancellation } from '../../chatkit/vscode/notify.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { presentError } from '../../chatkit/vscode/present.ts';
import { pickConnection } from '../../connections/vscode/pickConnection.ts';
import type { Connections } from '../../connections/vscode/services.ts';
import { focusedRow } from '../../chatkit/vscode/ids.ts';
import type { ThreadsView } from './view/threadsView.ts';

/** The target of a command: a row, or the thread in the active editor. Rows have a `type`. */
export type Target = Partial<ItemRef & SessionRef> & { readonly type?: string };

/**
 * Finds the targets of a command, in this order: the rows it was opened on; for a key, the focused row; several selected
 * rows; the thread in the active editor; one selected row.
 */
export class Targets {
  readonly #view: ThreadsView;
  readonly #connections: Connections;
  readonly #activeThread: () => ThreadRef | undefined;

  constructor(view: ThreadsView, connections: Connections, activeThread: () => ThreadRef | undefined) {
    this.#view = view;
    this.#connections = connections;
    this.#activeThread = activeThread;
  }

  /** Returns an empty array when there is no row, no selection and no active thread. */
  async rows(
    row: Target | typeof focusedRow | undefined,
    rows: readonly Target[] | undefined,
  ): Promise<readonly Target[]> {
    if (row === focusedRow) return this.#view.focusedRows();
    if (row !== undefined) return rows === undefined || rows.length === 0 ? [row] : rows;
    const { selection } = this.#view;
    const active = this.#activeThread();
    return selection.length > 1 || active === undefined ? selection : [active];
  }

  /** Returns each target thread once. Asks the user when there is none. Returns an empty array when the user cancels. */
  async threads(
    row: Target | typeof focusedRow | undefined,
    rows: readonly Target[] | undefined,
    options: PickThreadsOptions,
  ): Promise<readonly ThreadRef[]> {
    const found = new Map<string, ThreadRef>();
    for (const { type, connectionId, threadId } of await this.rows(row, rows)) {
      if (connectionId === undefined || threadId === undefined || (type !== undefined && type !== 'thread')) continue;
      found.set(`${connectionId}\n${threadId}`, { connectionId, threadId });
    }
    if (found.size > 0 || row !== undefined) return [...found.values()];
    return pickThreads(this.#connections, options);
  }
}

interface ThreadChoice extends vscode.QuickPickItem {
  readonly threadId: string;
}

interface PickThreadsOptions {
  readonly title: string;
  readonly many: boolean;
  /** Which connections are offered; all by default. */
  readonly can?: (connectionId: string) => boolean;
}

/**
 * Asks for threads: the connection if there are several, then its threads. Loaded threads are offered at once. If only one
 * thread can be picked, the user can also enter an ID. Returns an empty array when the user cancels.
 */
export async function pickThreads(
  connections: Connections,
  { title, many, can = () => true }: PickThreadsOptions,
): Promise<readonly ThreadRef[]> {
  const question = l10n.t('Select the connection of the threads');
  const connection = await pickConnection(connections, question, ({ id }) => can(id));
  if (connection === undefined) return [];
  const ids = await new ThreadPick(connections.store(connection.id), title, many).ask();
  return ids.map((threadId) => ({ connectionId: connection.id, threadId }));
}

class ThreadPick {
  readonly #store: ThreadStore;
  readonly #many: boolean;
  readonly #pick = vscode.window.createQuickPick<ThreadChoice>();
  readonly #times = new Times(vscode.env.language);
  readonly #disposables = new Disposables();
  readonly #closed = new AbortController();

  constructor(store: ThreadStore, title: string, many: boolean) {
    this.#store = store;
    this.#many = many;
    this.#pick.title = title;
    this.#pick.canSelectMany = many;
    this.#pick.matchOnDescription = true;
    this.#pick.matchOnDetail = true;
    this.#pick.placeholder = many
      ? l10n.t('Select threads, or filter by text, user or ID')
      : l10n.t('Select a thread, or filter by text, user or ID');
  }

  async ask(): Promise<readonly string[]> {
    try {
      return await new Promise((resolve) => {
        this.#disposables.push(
          this.#pick.onDidAccept(() => resolve(this.#selectedChoices().map(({ threadId }) => threadId))),
          this.#pick.onDidTriggerButton(() => void this.#load(this.#store.loadMoreThreads(this.#closed.signal))),
          this.#pick.onDidChangeValue(() => {
            if (!this.#many) this.#updateItems();
          }),
          this.#pick.onDidHide(() => resolve([])),
        );
        this.#updateItems();
        this.#pick.show();
        if (this.#store.list.asOf === null) void this.#load(this.#store.refreshList(this.#closed.signal));
      });
    } finally {
      this.#closed.abort();
      this.#disposables.dispose();
      this.#pick.dispose();
    }
  }

  async #load(load: Promise<void>): Promise<void> {
    this.#pick.busy = true;
    try {
      await load;
    } catch (error) {
      if (isCancellation(error)) return;
      this.#pick.placeholder = presentError(toSourceError(error)).message;
    }
    this.#pick.busy = false;
    this.#updateItems();
  }

  /** Enter can arrive before the rows contain a pasted ID. Nothing is selected then. */
  #selectedChoices(): readonly ThreadChoice[] {
    const { selectedItems } = this.#pick;
    return selectedItems.length > 0 ? selectedItems : this.#typedId(this.#loaded);
  }

  get #loaded(): readonly Thread[] {
    const { threads, asOf } = this.#store.list;
    return asOf === null ? [] : threads;
  }

  #updateItems(): void {
    const { hasMore } = this.#store.list;
    const loaded = this.#loaded;
    // Replacing the rows must not lose the current selection.
    const selected = new Set(this.#pick.selectedItems.map(({ threadId }) => threadId));
    const rows = [...loaded.map((thread) => this.#choice(thread)), ...this.#typedId(loaded)];
    this.#pick.items = rows;
    if (this.#many) this.#pick.selectedItems = rows.filter(({ threadId }) => selected.has(threadId));
    this.#pick.buttons = hasMore
      ? [{ iconPath: new vscode.ThemeIcon('fold-down'), tooltip: l10n.t('Load More Threads') }]
      : [];
  }

  #choice(thread: Thread): ThreadChoice {
    const { user, createdAt, status } = thread;
    const facts = [
      ...(user === null ? [] : [oneLine(user)]),
      ...(createdAt === null ? [] : [this.#times.age(createdAt, Date.now())]),
      ...(status.type === 'active' ? [] : [statusText(status)]),
    ];
    return {
      label: withoutIcons(threadLabel(thread, this.#store.firstUserText(thread.id))),
      description: withoutIcons(facts.join(' · ')),
      detail: thread.id,
      threadId: thread.id,
    };
  }

  /** The typed text can be the ID of a thread that is not loaded. */
  #typedId(loaded: readonly Thread[]): readonly ThreadChoice[] {
    const typed = this.#pick.value.trim();
    if (this.#many || typed.length < 4 || /\s/.test(typed) || loaded.some(({ id }) => id === typed)) return [];
    const label = l10n.t('Thread with ID {0}', withoutIcons(oneLine(typed)));
    return [{ label, threadId: typed, alwaysShow: true }];
  }
}

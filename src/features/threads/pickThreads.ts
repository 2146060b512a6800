import * as vscode from 'vscode';
import type { ThreadRef } from '../../domain/refs.ts';
import { oneLine } from '../../domain/summary/plainText.ts';
import { statusText } from '../../domain/summary/threadLabel.ts';
import { isCancellation } from '../../host/cancellation.ts';
import { Disposables } from '../../host/disposables.ts';
import { presentError } from '../../host/present.ts';
import { toSourceError } from '../../domain/errors.ts';
import { pickConnection } from '../connections/pickConnection.ts';
import type { RowContext } from './rows/context.ts';
import { ageOf } from './rows/threadRow.ts';

interface ThreadChoice extends vscode.QuickPickItem {
  readonly threadId: string;
}

export interface ThreadQuestion {
  readonly title: string;
  readonly many: boolean;
  /** Connections that can do what is wanted; all unless given. */
  readonly can?: (connectionId: string) => boolean;
}

/**
 * Asks for threads, for commands that were run without any: the connection where there are several, then its threads.
 * What is loaded is there at once; an id that is not among them may be typed. Empty when the user leaves.
 */
export async function pickThreads(context: RowContext, question: ThreadQuestion): Promise<readonly ThreadRef[]> {
  const { model } = context;
  const can = question.can ?? (() => true);
  const connection = await pickConnection(model.connections, vscode.l10n.t('Threads of which connection?'), ({ id }) =>
    can(id),
  );
  if (connection === undefined) return [];
  const ids = await new ThreadPick(context, connection.id, question).ask();
  return ids.map((threadId) => ({ connectionId: connection.id, threadId }));
}

class ThreadPick {
  readonly #context: RowContext;
  readonly #connectionId: string;
  readonly #pick = vscode.window.createQuickPick<ThreadChoice>();
  readonly #own = new Disposables();
  readonly #closed = new AbortController();

  constructor(context: RowContext, connectionId: string, { title, many }: ThreadQuestion) {
    this.#context = context;
    this.#connectionId = connectionId;
    this.#pick.title = title;
    this.#pick.canSelectMany = many;
    this.#pick.matchOnDescription = true;
    this.#pick.matchOnDetail = true;
    this.#pick.placeholder = many
      ? vscode.l10n.t('Which threads? Type words, a user or an id')
      : vscode.l10n.t('Which thread? Type words, a user or an id');
  }

  async ask(): Promise<readonly string[]> {
    const many = this.#pick.canSelectMany;
    try {
      return await new Promise((resolve) => {
        this.#own.push(
          this.#pick.onDidAccept(() => resolve(this.#pick.selectedItems.map(({ threadId }) => threadId))),
          this.#pick.onDidTriggerButton(() => void this.#load(true)),
          this.#pick.onDidChangeValue(() => {
            if (!many) this.#fill();
          }),
          this.#pick.onDidHide(() => resolve([])),
        );
        this.#pick.show();
        void this.#load(false);
      });
    } finally {
      this.#closed.abort();
      this.#own.dispose();
      this.#pick.dispose();
    }
  }

  async #load(more: boolean): Promise<void> {
    const store = this.#context.model.store(this.#connectionId);
    if (store === undefined) return;
    this.#fill();
    if (!more && store.list.asOf !== null) return;
    this.#pick.busy = true;
    try {
      await (more ? store.loadMoreThreads(this.#closed.signal) : store.refreshList(this.#closed.signal));
    } catch (error) {
      if (isCancellation(error)) return;
      this.#pick.placeholder = presentError(toSourceError(error)).message;
    }
    this.#pick.busy = false;
    this.#fill();
  }

  #fill(): void {
    const { model, strings } = this.#context;
    const store = model.store(this.#connectionId);
    if (store === undefined) return;
    const threads = store.list.asOf === null ? [] : store.list.threads;
    const typed = this.#pick.value.trim();
    const choices = threads.map((thread): ThreadChoice => ({
      label: model.label({ connectionId: this.#connectionId, threadId: thread.id }),
      description: [
        ...(thread.user === null ? [] : [oneLine(thread.user)]),
        ...ageOf(thread, this.#context),
        ...(thread.status.type === 'active' ? [] : [statusText(thread.status, strings)]),
      ].join(' · '),
      detail: thread.id,
      threadId: thread.id,
    }));
    const isKnown = threads.some(({ id }) => id === typed);
    const byId: ThreadChoice[] =
      typed.length < 4 || /\s/.test(typed) || isKnown || this.#pick.canSelectMany
        ? []
        : [{ label: vscode.l10n.t('The thread with the id {0}', oneLine(typed)), threadId: typed, alwaysShow: true }];
    // Setting the rows anew must not lose what was chosen before more were loaded.
    const chosen = new Set(this.#pick.selectedItems.map(({ threadId }) => threadId));
    const rows = [...choices, ...byId];
    this.#pick.items = rows;
    if (this.#pick.canSelectMany) this.#pick.selectedItems = rows.filter(({ threadId }) => chosen.has(threadId));
    this.#pick.buttons = store.list.hasMore
      ? [{ iconPath: new vscode.ThemeIcon('fold-down'), tooltip: vscode.l10n.t('Load More') }]
      : [];
  }
}

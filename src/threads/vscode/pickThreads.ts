import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { toSourceError } from '../../chatkit/common/errors.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import type { ThreadRef } from '../../chatkit/common/refs.ts';
import type { ThreadStore } from '../../chatkit/common/store/types.ts';
import { oneLine } from '../../base/common/plainText.ts';
import { statusText, threadLabel } from '../common/summary/threadLabel.ts';
import { Times } from '../common/summary/times.ts';
import { isCancellation } from '../../chatkit/vscode/cancellation.ts';
import { Disposables } from '../../base/vscode/disposables.ts';
import { withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { presentError } from '../../chatkit/vscode/present.ts';
import { pickConnection } from '../../connections/vscode/pickConnection.ts';
import type { Connections } from '../../connections/vscode/types.ts';

interface ThreadChoice extends vscode.QuickPickItem {
  readonly threadId: string;
}

export interface PickThreadsOptions {
  readonly title: string;
  readonly many: boolean;
  /** Connections that can do what is wanted; all unless given. */
  readonly can?: (connectionId: string) => boolean;
}

/**
 * Asks for threads, for commands that were run without any: the connection where there are several, then its threads.
 * What is loaded is there at once; of a single one an id that is not among them may be typed. Empty when the user leaves.
 */
export async function pickThreads(
  connections: Connections,
  { title, many, can = () => true }: PickThreadsOptions,
): Promise<readonly ThreadRef[]> {
  const question = l10n.t('Threads of which connection?');
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
  readonly #own = new Disposables();
  readonly #closed = new AbortController();

  constructor(store: ThreadStore, title: string, many: boolean) {
    this.#store = store;
    this.#many = many;
    this.#pick.title = title;
    this.#pick.canSelectMany = many;
    this.#pick.matchOnDescription = true;
    this.#pick.matchOnDetail = true;
    this.#pick.placeholder = many
      ? l10n.t('Which threads? Type words, a user or an id')
      : l10n.t('Which thread? Type words, a user or an id');
  }

  async ask(): Promise<readonly string[]> {
    try {
      return await new Promise((resolve) => {
        this.#own.push(
          this.#pick.onDidAccept(() => resolve(this.#chosen().map(({ threadId }) => threadId))),
          this.#pick.onDidTriggerButton(() => void this.#load(this.#store.loadMoreThreads(this.#closed.signal))),
          this.#pick.onDidChangeValue(() => {
            if (!this.#many) this.#fill();
          }),
          this.#pick.onDidHide(() => resolve([])),
        );
        this.#fill();
        this.#pick.show();
        if (this.#store.list.asOf === null) void this.#load(this.#store.refreshList(this.#closed.signal));
      });
    } finally {
      this.#closed.abort();
      this.#own.dispose();
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
    this.#fill();
  }

  /** Enter may come before the rows follow an id that was pasted: then nothing is selected yet. */
  #chosen(): readonly ThreadChoice[] {
    const { selectedItems } = this.#pick;
    return selectedItems.length > 0 ? selectedItems : this.#typedId(this.#known);
  }

  get #known(): readonly Thread[] {
    const { threads, asOf } = this.#store.list;
    return asOf === null ? [] : threads;
  }

  #fill(): void {
    const { hasMore } = this.#store.list;
    const known = this.#known;
    // Setting the rows anew must not lose what was chosen before more were loaded.
    const chosen = new Set(this.#pick.selectedItems.map(({ threadId }) => threadId));
    const rows = [...known.map((thread) => this.#choice(thread)), ...this.#typedId(known)];
    this.#pick.items = rows;
    if (this.#many) this.#pick.selectedItems = rows.filter(({ threadId }) => chosen.has(threadId));
    this.#pick.buttons = hasMore ? [{ iconPath: new vscode.ThemeIcon('fold-down'), tooltip: l10n.t('Load More') }] : [];
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

  /** What was typed may be the id of a thread that is not loaded. */
  #typedId(known: readonly Thread[]): readonly ThreadChoice[] {
    const typed = this.#pick.value.trim();
    if (this.#many || typed.length < 4 || /\s/.test(typed) || known.some(({ id }) => id === typed)) return [];
    const label = l10n.t('The thread with the id {0}', withoutIcons(oneLine(typed)));
    return [{ label, threadId: typed, alwaysShow: true }];
  }
}

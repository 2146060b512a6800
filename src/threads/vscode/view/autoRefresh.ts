import type * as vscode from 'vscode';
import { onDispose } from '../../../base/vscode/disposables.ts';
import type { Settings } from '../../../chatkit/vscode/settings.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';

export interface AutoRefreshOptions {
  readonly model: ThreadsModel;
  readonly settings: Settings;
  /** Somebody can see the rows of this connection. */
  readonly isShown: (connectionId: string) => boolean;
  readonly isVisible: () => boolean;
  readonly onDidChangeVisibility: vscode.Event<unknown>;
}

/** A connection that fails is asked less often, up to this many times the interval. */
const maxBackoff = 16;

/**
 * Looks for new threads while the view is visible: one page of each loaded connection, whatever is loaded. Not paused
 * when the window loses the focus: the developer chats in the app beside it.
 */
export class AutoRefresh implements vscode.Disposable {
  readonly #parts: AutoRefreshOptions;
  readonly #underway = new Set<string>();
  /** Rounds to leave out for a connection, and how many it was after the last failure. */
  readonly #pauses = new Map<string, { left: number; length: number }>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: AutoRefreshOptions) {
    this.#parts = parts;
    this.#subscriptions = [
      parts.onDidChangeVisibility(() => this.#start()),
      parts.settings.onDidChange((ids) => {
        if (ids.includes('chatkit.threads.autoRefreshSeconds')) this.#start();
      }),
      onDispose(() => clearInterval(this.#timer)),
    ];
    this.#start();
  }

  /** One round, as the timer runs it. */
  async tick(): Promise<void> {
    const { model, isShown } = this.#parts;
    const due = model.connections.all.filter(({ id }) => this.#isLoaded(id) && isShown(id) && this.#isDue(id));
    await Promise.all(due.map(({ id }) => this.#refresh(id)));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #start(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    const seconds = this.#parts.settings.get('chatkit.threads.autoRefreshSeconds');
    if (seconds > 0 && this.#parts.isVisible()) this.#timer = setInterval(() => void this.tick(), seconds * 1000);
  }

  #isLoaded(connectionId: string): boolean {
    const list = this.#parts.model.store(connectionId)?.list;
    return list !== undefined && list.asOf !== null && !this.#underway.has(connectionId);
  }

  #isDue(connectionId: string): boolean {
    const pause = this.#pauses.get(connectionId);
    if (pause === undefined || pause.left === 0) return true;
    pause.left -= 1;
    return false;
  }

  async #refresh(connectionId: string): Promise<void> {
    this.#underway.add(connectionId);
    try {
      await this.#parts.model.refreshConnection(connectionId, 'page');
    } finally {
      this.#underway.delete(connectionId);
    }
    if (this.#parts.model.store(connectionId)?.list.errorAt === 'start') {
      const length = Math.min(maxBackoff, (this.#pauses.get(connectionId)?.length ?? 0) * 2 || 1);
      this.#pauses.set(connectionId, { left: length, length });
    } else {
      this.#pauses.delete(connectionId);
    }
  }
}

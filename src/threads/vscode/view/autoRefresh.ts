import type * as vscode from 'vscode';
import { onDispose } from '../../../base/vscode/disposables.ts';
import { isSourceError } from '../../../chatkit/common/errors.ts';
import type { Settings } from '../../../chatkit/vscode/settings.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';

interface AutoRefreshOptions {
  readonly model: ThreadsModel;
  readonly settings: Settings;
  /** The row of this connection is expanded. */
  readonly isExpanded: (connectionId: string) => boolean;
  readonly isVisible: () => boolean;
  readonly onDidChangeVisibility: vscode.Event<unknown>;
}

/** A connection that fails is polled less often: at most after this many intervals. */
const maxBackoff = 16;

/**
 * Polls for new threads while the view is visible: one page of each connection that is loaded, or whose server did not
 * run. Polling continues when the window
 * loses the focus, because the developer chats in another app.
 */
export class AutoRefresh implements vscode.Disposable {
  readonly #options: AutoRefreshOptions;
  readonly #refreshing = new Set<string>();
  /** The number of intervals left to skip for a connection, and the number skipped after its last failure. */
  readonly #pauses = new Map<string, { left: number; length: number }>();
  readonly #subscriptions: readonly vscode.Disposable[];
  #timer: NodeJS.Timeout | undefined;

  constructor(options: AutoRefreshOptions) {
    this.#options = options;
    this.#subscriptions = [
      options.onDidChangeVisibility(() => this.#start()),
      options.settings.onDidChange((ids) => {
        if (ids.includes('chatkit.threads.autoRefreshSeconds')) this.#start();
      }),
      onDispose(() => clearInterval(this.#timer)),
    ];
    this.#start();
  }

  /** Refreshes the connections that are due. The timer calls this. */
  async tick(): Promise<void> {
    const { model, isExpanded } = this.#options;
    const due = model.connections.all.filter(({ id }) => this.#isLoaded(id) && isExpanded(id) && this.#isDue(id));
    await Promise.all(due.map(({ id }) => this.#refresh(id)));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #start(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    const seconds = this.#options.settings.get('chatkit.threads.autoRefreshSeconds');
    if (seconds > 0 && this.#options.isVisible()) this.#timer = setInterval(() => void this.tick(), seconds * 1000);
  }

  #isLoaded(connectionId: string): boolean {
    const list = this.#options.model.store(connectionId)?.list;
    if (list === undefined || this.#refreshing.has(connectionId)) return false;
    // A server that was not running can be started at any time. Other failures need a change by the user.
    return list.asOf !== null || (list.error !== null && isSourceError(list.error, 'network'));
  }

  #isDue(connectionId: string): boolean {
    const pause = this.#pauses.get(connectionId);
    if (pause === undefined || pause.left === 0) return true;
    pause.left -= 1;
    return false;
  }

  async #refresh(connectionId: string): Promise<void> {
    this.#refreshing.add(connectionId);
    try {
      await this.#options.model.refreshConnection(connectionId, 'page');
    } finally {
      this.#refreshing.delete(connectionId);
    }
    if (this.#options.model.store(connectionId)?.list.errorAt === 'start') {
      const length = Math.min(maxBackoff, (this.#pauses.get(connectionId)?.length ?? 0) * 2 || 1);
      this.#pauses.set(connectionId, { left: length, length });
    } else {
      this.#pauses.delete(connectionId);
    }
  }
}

import * as vscode from 'vscode';
import type { ThreadRef } from '../../../chatkit/common/model/thread.ts';
import { ContextKey } from '../../../chatkit/vscode/commands.ts';
import { contextKeys } from '../../../chatkit/vscode/ids.ts';
import type { Connections } from '../../../connections/vscode/services.ts';

/** The thread that *Select Thread for Compare* selected, until its connection is removed. */
export class CompareSelection implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #hasThread = new ContextKey<boolean>(contextKeys.compareSelected);
  readonly #subscription: vscode.Disposable;
  #thread: ThreadRef | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(connections: Pick<Connections, 'get' | 'onDidChange'>) {
    this.#subscription = connections.onDidChange(() => {
      if (this.#thread !== undefined && connections.get(this.#thread.connectionId) === undefined)
        this.select(undefined);
    });
  }

  get thread(): ThreadRef | undefined {
    return this.#thread;
  }

  /** Whether another thread is selected, so that this one can be compared with it. */
  isOther({ connectionId, threadId }: ThreadRef): boolean {
    const selected = this.#thread;
    return selected !== undefined && (selected.connectionId !== connectionId || selected.threadId !== threadId);
  }

  select(thread: ThreadRef | undefined): void {
    this.#thread = thread;
    this.#hasThread.set(thread !== undefined);
    this.#changed.fire();
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }
}

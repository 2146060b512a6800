import * as vscode from 'vscode';
import type { ThreadsNode } from './nodes.ts';

/** Collects rows to redraw and emits one event for all changes of the same turn of the event loop. */
export class Redraw implements vscode.Disposable {
  readonly #event = new vscode.EventEmitter<ThreadsNode[] | undefined>();
  #pending: Set<ThreadsNode> | 'all' | null = null;

  /** `undefined` means all rows. */
  readonly event = this.#event.event;

  /** Redraws rows and their children. */
  draw(...nodes: readonly ThreadsNode[]): void {
    this.#schedule();
    if (this.#pending !== 'all') for (const node of nodes) this.#pending?.add(node);
  }

  drawAll(): void {
    this.#schedule();
    this.#pending = 'all';
  }

  dispose(): void {
    this.#pending = null;
    this.#event.dispose();
  }

  #schedule(): void {
    if (this.#pending !== null) return;
    this.#pending = new Set();
    setImmediate(() => {
      const nodes = this.#pending;
      this.#pending = null;
      if (nodes !== null) this.#event.fire(nodes === 'all' ? undefined : [...nodes]);
    });
  }
}

import * as vscode from 'vscode';
import type { ThreadsNode } from './nodes.ts';

/** Rows to draw anew, told together when all that follows from what has changed is done: a page of changes is one event. */
export class Redraw implements vscode.Disposable {
  readonly #event = new vscode.EventEmitter<ThreadsNode[] | undefined>();
  #waiting: Set<ThreadsNode> | 'all' | null = null;

  /** `undefined`: all of them. */
  readonly event = this.#event.event;

  /** Draws a row and what is under it anew; all rows without one. */
  draw(...nodes: readonly ThreadsNode[]): void {
    this.#begin();
    if (this.#waiting !== 'all') for (const node of nodes) this.#waiting?.add(node);
  }

  drawAll(): void {
    this.#begin();
    this.#waiting = 'all';
  }

  dispose(): void {
    this.#waiting = null;
    this.#event.dispose();
  }

  #begin(): void {
    if (this.#waiting !== null) return;
    this.#waiting = new Set();
    setImmediate(() => {
      const nodes = this.#waiting;
      this.#waiting = null;
      if (nodes !== null) this.#event.fire(nodes === 'all' ? undefined : [...nodes]);
    });
  }
}

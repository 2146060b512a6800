import type * as vscode from 'vscode';
import type { ThreadNode } from '../model/nodes.ts';
import { ageOf } from '../rows/threadRow.ts';
import type { RowContext } from '../rows/rowContext.ts';

const minute = 60_000;

/** Keeps "5 minutes ago" true: once a minute, while the view is visible, draws the rows anew whose age reads otherwise. */
export class Ages implements vscode.Disposable {
  readonly #context: RowContext;
  readonly #isVisible: () => boolean;
  readonly #timer: NodeJS.Timeout;
  #told = new Map<ThreadNode, string>();

  constructor(context: RowContext, isVisible: () => boolean) {
    this.#context = context;
    this.#isVisible = isVisible;
    this.#timer = setInterval(() => this.tick(), minute);
  }

  tick(): void {
    if (!this.#isVisible()) return;
    const { model } = this.#context;
    const now = new Map<ThreadNode, string>();
    for (const node of model.threadNodes()) {
      const thread = model.thread(node);
      if (thread !== undefined) now.set(node, ageOf(thread, this.#context).join());
    }
    const before = this.#told;
    this.#told = now;
    model.redraw([...now].flatMap(([node, age]) => (before.has(node) && before.get(node) !== age ? [node] : [])));
  }

  dispose(): void {
    clearInterval(this.#timer);
  }
}

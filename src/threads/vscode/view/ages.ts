import type * as vscode from 'vscode';
import type { ThreadNode } from '../model/nodes.ts';
import { ageOf } from '../rows/threadRow.ts';
import type { RowContext } from '../rows/rowContext.ts';

const minute = 60_000;

/** Updates "5 minutes ago": once per minute, while the view is visible, redraws the rows whose age text has changed. */
export class Ages implements vscode.Disposable {
  readonly #context: RowContext;
  readonly #isVisible: () => boolean;
  readonly #timer: NodeJS.Timeout;
  #shown = new Map<ThreadNode, string>();

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
    const before = this.#shown;
    this.#shown = now;
    model.redraw([...now].flatMap(([node, age]) => (before.has(node) && before.get(node) !== age ? [node] : [])));
  }

  dispose(): void {
    clearInterval(this.#timer);
  }
}

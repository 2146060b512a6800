import type * as vscode from 'vscode';
import { untilNextWaitingText } from '../../../base/common/localeFormats.ts';
import { waitingFor } from '../../common/summary/waiting.ts';
import type { ThreadNode, ThreadsNode } from '../model/nodes.ts';
import { ageOf } from '../rows/threadRow.ts';
import type { RowContext } from '../rows/rowContext.ts';

const minute = 60_000;

/**
 * Updates times while the view is visible: "5m ago" once per minute, and how long a thread has been waiting whenever its
 * text changes, which is each second at first. Redraws only the rows whose text has changed.
 */
export class Ages implements vscode.Disposable {
  readonly #context: RowContext;
  readonly #isVisible: () => boolean;
  readonly #timer: NodeJS.Timeout;
  readonly #subscription: vscode.Disposable;
  /** Threads that wait, and since when in ms. */
  #waiting = new Map<ThreadNode, number>();
  #waitingTimer: NodeJS.Timeout | undefined;
  #shown = new Map<ThreadNode, string>();

  constructor(context: RowContext, isVisible: () => boolean) {
    this.#context = context;
    this.#isVisible = isVisible;
    this.#timer = setInterval(() => this.tick(), minute);
    this.#subscription = context.model.onDidChange((nodes) => this.#findWaiting(nodes));
  }

  tick(): void {
    if (!this.#isVisible()) return;
    const { model } = this.#context;
    const now = new Map<ThreadNode, string>();
    for (const node of model.rows.threads()) {
      const thread = model.thread(node);
      if (thread !== undefined) now.set(node, ageOf(thread, this.#context).join());
    }
    const before = this.#shown;
    this.#shown = now;
    model.redraw([...now].flatMap(([node, age]) => (before.has(node) && before.get(node) !== age ? [node] : [])));
  }

  dispose(): void {
    this.#subscription.dispose();
    clearInterval(this.#timer);
    clearTimeout(this.#waitingTimer);
  }

  #findWaiting(changed: readonly ThreadsNode[] | undefined): void {
    const { model } = this.#context;
    const threads = changed?.every((node) => node.type === 'thread') === true ? changed : model.rows.threads();
    if (changed === undefined) this.#waiting = new Map();
    for (const node of threads) {
      const items = model.store(node.connectionId)?.items(node.threadId);
      const since = items === undefined || items.asOf === null ? null : (waitingFor(items)?.since ?? null);
      if (since === null) this.#waiting.delete(node);
      else this.#waiting.set(node, since);
    }
    this.#schedule();
  }

  /** One timer for the text that changes next. */
  #schedule(): void {
    clearTimeout(this.#waitingTimer);
    if (this.#waiting.size === 0) return;
    const now = this.#context.now();
    const due = [...this.#waiting].map(([node, since]) => ({ node, ms: untilNextWaitingText(now - since) }));
    const next = Math.min(...due.map(({ ms }) => ms));
    const nodes = due.filter(({ ms }) => ms <= next + 50).map(({ node }) => node);
    this.#waitingTimer = setTimeout(() => {
      // A redraw schedules the next one; a hidden view is checked again.
      if (this.#isVisible()) this.#context.model.redraw(nodes);
      else this.#schedule();
    }, next);
  }
}

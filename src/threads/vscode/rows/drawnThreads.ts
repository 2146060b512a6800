import type * as vscode from 'vscode';
import type { ThreadNode } from '../nodes.ts';
import type { RowContext } from './context.ts';
import { ageOf, threadRow } from './threadRow.ts';

interface Drawn {
  /** What the row was drawn from. */
  readonly from: readonly unknown[];
  readonly row: vscode.TreeItem;
}

/**
 * Rows of threads as they were drawn last. The editor asks for every row of a connection again when one is added; of
 * thousands few have anything new to tell.
 */
export class DrawnThreads {
  readonly #drawn = new WeakMap<ThreadNode, Drawn>();

  row(node: ThreadNode, context: RowContext): vscode.TreeItem {
    const from = sourcesOf(node, context);
    const known = this.#drawn.get(node);
    if (known !== undefined && known.from.every((source, index) => Object.is(source, from[index]))) return known.row;
    const row = threadRow(node, context);
    this.#drawn.set(node, { from, row });
    return row;
  }
}

/** All that a row tells comes from these; what is compared is whether they are the same objects still. */
function sourcesOf({ connectionId, threadId }: ThreadNode, context: RowContext): readonly unknown[] {
  const store = context.model.store(connectionId);
  const thread = store?.thread(threadId);
  const items = store?.items(threadId);
  // Only what is loaded can wait for something, and then tells for how long, to the second.
  const clock = items === undefined || items.asOf === null ? null : context.now();
  const age = thread === undefined ? null : ageOf(thread, context).join('');
  const { delete: deletable, rename: renamable } = store?.capabilities ?? {};
  return [thread, items, store?.firstUserText(threadId), deletable, renamable, age, clock];
}

import type { ThreadRef } from '../../domain/refs.ts';
import { rowId, type ConnectionNode, type ThreadNode } from './nodes.ts';

/** One object a row for as long as the row is there: the editor knows rows by identity when they are drawn anew. */
export class RowCache {
  readonly #connections = new Map<string, ConnectionNode>();
  readonly #threads = new Map<string, ThreadNode>();

  connection(connectionId: string): ConnectionNode {
    const known = this.#connections.get(connectionId);
    if (known !== undefined) return known;
    const node: ConnectionNode = { type: 'connection', id: rowId('connection', connectionId), connectionId };
    this.#connections.set(connectionId, node);
    return node;
  }

  thread({ connectionId, threadId }: ThreadRef): ThreadNode {
    const id = rowId('thread', connectionId, threadId);
    const known = this.#threads.get(id);
    if (known !== undefined) return known;
    const node: ThreadNode = { type: 'thread', id, connectionId, threadId };
    this.#threads.set(id, node);
    return node;
  }

  /** Every thread that was shown and is still there. */
  threads(): Iterable<ThreadNode> {
    return this.#threads.values();
  }

  forgetThread({ connectionId, threadId }: ThreadRef): void {
    this.#threads.delete(rowId('thread', connectionId, threadId));
  }

  forgetConnection(connectionId: string): void {
    this.#connections.delete(connectionId);
    for (const [id, node] of this.#threads) if (node.connectionId === connectionId) this.#threads.delete(id);
  }
}

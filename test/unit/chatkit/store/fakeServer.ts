import { SourceError } from '../../../../src/chatkit/common/errors.ts';
import type { ThreadItem } from '../../../../src/chatkit/common/model/item.ts';
import type { Thread } from '../../../../src/chatkit/common/model/thread.ts';
import { readOnlyCapabilities } from '../../../../src/chatkit/common/threadSource.ts';
import type { Page, PageQuery, ThreadQuery, ThreadSource } from '../../../../src/chatkit/common/threadSource.ts';

export function thread(id: string, more: Partial<Thread> = {}): Thread {
  const title = more.title ?? `Title ${id}`;
  const user = more.user ?? 'user_1';
  const raw = { id, title, user, status: { type: more.status?.type ?? 'active' } };
  return { id, title, createdAt: 0, status: { type: 'active' }, user, imageDomains: null, raw, ...more };
}

export function message(id: string, text = `text of ${id}`, createdAt = 0): ThreadItem {
  return {
    kind: 'user_message',
    id,
    threadId: 't1',
    createdAt,
    content: [{ type: 'text', text }],
    attachments: [],
    inference: null,
    raw: { id, created_at: createdAt, text },
  };
}

export function messages(from: number, to: number): ThreadItem[] {
  return Array.from({ length: to - from + 1 }, (_, i) => message(`i${from + i}`));
}

export const ids = (items: readonly { readonly id: string }[]): string => items.map(({ id }) => id).join(' ');

/** A server in memory: lists oldest first, cursors as the REST API has them (chatkit-api 1.4). Counts its requests. */
export class FakeServer implements ThreadSource {
  readonly capabilities = { ...readOnlyCapabilities, readOnly: false, delete: true, filterByUser: true };
  cursors: 'itemId' | 'opaque' = 'itemId';
  threads: Thread[] = [];
  items: ThreadItem[] = [];
  readonly requests: string[] = [];
  /** Every answer waits for it. */
  gate: Promise<void> = Promise.resolve();
  failWith: SourceError | null = null;

  async listThreads(query: ThreadQuery): Promise<Page<Thread>> {
    await this.#answer('threads', query);
    return this.#page(
      query.user === undefined ? this.threads : this.threads.filter((t) => t.user === query.user),
      query,
    );
  }

  async getThread(threadId: string): Promise<Thread> {
    await this.#answer(`thread ${threadId}`);
    const found = this.threads.find(({ id }) => id === threadId);
    if (found === undefined) throw new SourceError('notFound', 'Thread not found.');
    return found;
  }

  async listItems(threadId: string, query: PageQuery): Promise<Page<ThreadItem>> {
    await this.#answer(`items ${threadId}`, query);
    return this.#page(this.items, query);
  }

  async deleteThread(threadId: string): Promise<void> {
    await this.#answer(`delete ${threadId}`);
    const index = this.threads.findIndex(({ id }) => id === threadId);
    if (index === -1) throw new SourceError('notFound', 'Thread not found.');
    this.threads.splice(index, 1);
  }

  async #answer(name: string, query: Partial<ThreadQuery> = {}): Promise<void> {
    const { order, limit, after, user } = query;
    this.requests.push(
      [name, order, limit, after && `after=${after}`, user && `user=${user}`].filter(Boolean).join(' '),
    );
    await this.gate;
    if (this.failWith !== null) throw this.failWith;
  }

  #page<T extends { readonly id: string }>(all: readonly T[], { order, limit, after }: PageQuery): Page<T> {
    const list = order === 'asc' ? all : all.toReversed();
    const cursor = this.cursors === 'opaque' ? after?.replace(/^after:/, '') : after;
    const from = cursor === undefined ? 0 : list.findIndex(({ id }) => id === cursor) + 1;
    if (cursor !== undefined && from === 0) {
      throw new SourceError('invalidRequest', 'Unknown cursor.', { status: 400, param: 'after' });
    }
    const data = list.slice(from, from + limit);
    const last = data.at(-1)?.id ?? null;
    const next = last !== null && this.cursors === 'opaque' ? `after:${last}` : last;
    return { data, hasMore: from + limit < list.length, next };
  }
}

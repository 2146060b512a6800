// The data of a self-hosted server, in memory.
import {
  AttachmentStore,
  Store,
  type Attachment,
  type AttachmentCreateParams,
  type Page,
  type ThreadItem,
  type ThreadMetadata,
} from 'chatkit-node-backend-sdk';

export type Context = Record<string, never>;

export class MemoryStore extends Store<Context> {
  readonly #threads = new Map<string, ThreadMetadata>();
  readonly #items = new Map<string, ThreadItem[]>();
  readonly #attachments = new Map<string, Attachment>();

  async loadThread(threadId: string): Promise<ThreadMetadata> {
    return found(this.#threads.get(threadId), `Thread ${threadId}`);
  }
  async saveThread(thread: ThreadMetadata): Promise<void> {
    this.#threads.set(thread.id, { ...thread });
    if (!this.#items.has(thread.id)) this.#items.set(thread.id, []);
  }
  async deleteThread(threadId: string): Promise<void> {
    await this.loadThread(threadId);
    this.#threads.delete(threadId);
    this.#items.delete(threadId);
  }
  async loadThreads(limit: number, after: string | null, order: 'asc' | 'desc'): Promise<Page<ThreadMetadata>> {
    return pageOf([...this.#threads.values()], limit, after, order);
  }
  async loadThreadItems(
    threadId: string,
    after: string | null,
    limit: number,
    order: 'asc' | 'desc',
  ): Promise<Page<ThreadItem>> {
    return pageOf(found(this.#items.get(threadId), `Thread ${threadId}`), limit, after, order);
  }
  async addThreadItem(threadId: string, item: ThreadItem): Promise<void> {
    found(this.#items.get(threadId), `Thread ${threadId}`).push(item);
  }
  async saveItem(threadId: string, item: ThreadItem): Promise<void> {
    const items = found(this.#items.get(threadId), `Thread ${threadId}`);
    items[items.findIndex(({ id }) => id === item.id)] = item;
  }
  async loadItem(threadId: string, itemId: string): Promise<ThreadItem> {
    return found(
      this.#items.get(threadId)?.find(({ id }) => id === itemId),
      `Item ${itemId}`,
    );
  }
  async deleteThreadItem(threadId: string, itemId: string): Promise<void> {
    this.#items.set(threadId, this.#items.get(threadId)?.filter(({ id }) => id !== itemId) ?? []);
  }
  async saveAttachment(attachment: Attachment): Promise<void> {
    this.#attachments.set(attachment.id, attachment);
  }
  async loadAttachment(attachmentId: string): Promise<Attachment> {
    return found(this.#attachments.get(attachmentId), `Attachment ${attachmentId}`);
  }
  async deleteAttachment(attachmentId: string): Promise<void> {
    this.#attachments.delete(attachmentId);
  }
}

export class MemoryAttachments extends AttachmentStore<Context> {
  readonly #uploadUrl: string;
  constructor(uploadUrl: string) {
    super();
    this.#uploadUrl = uploadUrl;
  }
  async createAttachment({ name, mime_type }: AttachmentCreateParams, context: Context): Promise<Attachment> {
    const id = this.generateAttachmentId(mime_type, context);
    return { type: 'file', id, name, mime_type, upload_url: `${this.#uploadUrl}?id=${id}` };
  }
  async deleteAttachment(): Promise<void> {}
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`${what} not found`);
  return value;
}

function pageOf<T extends { id: string }>(
  all: readonly T[],
  limit: number,
  after: string | null,
  order: string,
): Page<T> {
  const sorted = order === 'asc' ? [...all] : all.toReversed();
  const start = after === null ? 0 : sorted.findIndex(({ id }) => id === after) + 1;
  const data = sorted.slice(start, start + limit);
  const more = start + data.length < sorted.length;
  return { data, has_more: more, after: more ? (data.at(-1)?.id ?? null) : null };
}

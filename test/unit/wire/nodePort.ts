// A self-hosted server that is not ours: `chatkit-node-backend-sdk`, wired to a store in memory.
import type { TestContext } from 'node:test';
import {
  AttachmentStore,
  ChatKitServer,
  Store,
  type Attachment,
  type AttachmentCreateParams,
  type Page,
  type ThreadItem,
  type ThreadMetadata,
  type ThreadStreamEvent,
  type UserMessageItem,
} from 'chatkit-node-backend-sdk';
import { httpServer, type Server } from '../transport/servers.ts';

type Context = Record<string, never>;

class MemoryStore extends Store<Context> {
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

class MemoryAttachments extends AttachmentStore<Context> {
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

/** Answers with a message in pieces, a workflow, a widget and, when asked about the weather, an open tool call. */
class EchoServer extends ChatKitServer<Context> {
  async *respond(thread: ThreadMetadata, message: UserMessageItem | null): AsyncGenerator<ThreadStreamEvent> {
    const made = { thread_id: thread.id, created_at: new Date().toISOString() };
    const text = message?.content.map((part) => ('text' in part ? part.text : '')).join('') ?? 'the tool';
    if (text === 'fail') throw new Error('the agent failed');
    if (text === 'weather') {
      const call = { id: 'tc_1', call_id: 'call_1', name: 'get_weather', arguments: { city: 'Oslo' }, output: null };
      yield { type: 'thread.item.done', item: { ...made, type: 'client_tool_call', status: 'pending', ...call } };
      return;
    }
    const id = this.store.generateItemId('message', thread, {});
    const part = { type: 'output_text' as const, text: '', annotations: [] };
    const answer = { ...made, id, type: 'assistant_message' as const };
    yield { type: 'progress_update', text: 'Thinking', icon: null };
    yield { type: 'thread.item.added', item: { ...answer, content: [] } };
    yield updated(id, { type: 'assistant_message.content_part.added', content_index: 0, content: part });
    for (const delta of ['Echo: ', text]) {
      yield updated(id, { type: 'assistant_message.content_part.text_delta', content_index: 0, delta });
    }
    yield { type: 'thread.item.done', item: { ...answer, content: [{ ...part, text: `Echo: ${text}` }] } };
  }

  override async *action(thread: ThreadMetadata): AsyncGenerator<ThreadStreamEvent> {
    yield {
      type: 'thread.updated',
      thread: { ...thread, title: 'Acted', items: { data: [], has_more: false, after: null } },
    };
  }
}

type Update = Extract<ThreadStreamEvent, { type: 'thread.item.updated' }>['update'];
const updated = (item_id: string, update: Update): ThreadStreamEvent => ({
  type: 'thread.item.updated',
  item_id,
  update,
});

/** Starts it; `detailed`: failures say what failed, as frameworks do while one develops. */
export async function startNodePort(t: TestContext, detailed: boolean): Promise<Server> {
  // The port reports every request to the console.
  const quiet = { info() {}, warn() {}, error() {}, debug() {} };
  t.mock.method(console, 'log', () => {});
  const server = await httpServer(t, async (response, { body, url }) => {
    if (url.startsWith('/upload')) return response.end();
    try {
      const result = await chatkit.process(body, {});
      if (result.isStreaming) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        for await (const frame of result) response.write(frame);
        return response.end();
      }
      return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result.toJSON()));
    } catch (error) {
      if (response.headersSent) return response.destroy();
      return response.writeHead(500).end(detailed ? String(error) : 'Internal Server Error');
    }
  });
  const chatkit = new EchoServer(new MemoryStore(), new MemoryAttachments(`${server.url}/upload`), quiet);
  return server;
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

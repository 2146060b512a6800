// A small ChatKit server whose ids are integers above 2^53, as Go and Java write them. It finds nothing by a text, and
// nothing by a number with other digits.
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';

export interface BigIdServer {
  readonly url: string;
  /** Bodies of all requests, as they were received. */
  readonly bodies: readonly string[];
  readonly close: () => Promise<void>;
}

interface Options {
  /** Names the thread and the item of an event `threadId` and `itemId`. */
  readonly camelCase?: boolean;
  /** A reply in place of the server's own. */
  readonly override?: (type: string) => { readonly status: number; readonly json: object } | null;
}

interface Stored {
  readonly id: string;
  readonly [field: string]: unknown;
}
interface Thread extends Stored {
  title: string | null;
  items: Stored[];
}
type Params = Readonly<Record<string, unknown>>;

/** `#123` in the objects of this server is the number 123 in its JSON. */
const toJson = (value: unknown): string => JSON.stringify(value).replace(/"#(\d+)"/g, '$1');
function fromJson(text: string): { readonly type?: string; readonly params?: Params } {
  try {
    return JSON.parse(text.replace(/([:[,]\s*)(\d{16,})(?=[\s,}\]])/g, '$1"#$2"'));
  } catch {
    return {};
  }
}

class Store {
  readonly threads: Thread[] = [];
  #last = 1_234_567_890_123_456_788n;

  nextId(): string {
    this.#last += 1n;
    return `#${this.#last}`;
  }

  add(): Thread {
    const thread = { id: this.nextId(), title: null, created_at: this.#time(), items: [] };
    this.threads.push(thread);
    return thread;
  }

  addItem(thread: Thread, fields: object): Stored {
    const item = { id: this.nextId(), thread_id: thread.id, created_at: this.#time(), ...fields };
    thread.items.push(item);
    return item;
  }

  #time(): string {
    return new Date(Date.UTC(2026, 0, 2) + Number(this.#last % 1_000_000n) * 1000).toISOString();
  }
}

const view = ({ items: _items, ...thread }: Thread) => ({ ...thread, status: { type: 'active' }, metadata: {} });

function page(all: readonly Stored[], { limit, order, after }: Params): object | null {
  const ordered = order === 'asc' ? all : all.toReversed();
  const start = after === undefined ? 0 : ordered.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0) return null;
  const data = ordered.slice(start, start + Number(limit));
  const hasMore = start + data.length < ordered.length;
  return { data, has_more: hasMore, after: hasMore ? data.at(-1)?.id : null };
}

function answer(store: Store, thread: Thread, input: Params): readonly object[] {
  const user = store.addItem(thread, {
    type: 'user_message',
    content: input['content'] ?? [],
    attachments: [],
    quoted_text: null,
    inference_options: {},
  });
  const text = (value: string) => [{ type: 'output_text', text: value, annotations: [] }];
  const reply = store.addItem(thread, { type: 'assistant_message', content: text('Hello') });
  return [
    { type: 'thread.item.done', item: user },
    { type: 'thread.item.added', item: { ...reply, content: text('') } },
    {
      type: 'thread.item.updated',
      item_id: reply.id,
      update: { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: 'Hello' },
    },
    { type: 'thread.item.done', item: reply },
  ];
}

/** The reply to a command: an object for JSON, a list for a stream; null where there is none. */
function run(store: Store, type: string, params: Params): object | readonly object[] | null {
  if (type === 'threads.list') return page(store.threads.map((one) => view(one)) as Stored[], params);
  if (type === 'threads.create') {
    if (params['input'] === undefined) return null;
    const thread = store.add();
    return [{ type: 'thread.created', thread: view(thread) }, ...answer(store, thread, params['input'] as Params)];
  }
  const thread = store.threads.find(({ id }) => id === params['thread_id']);
  if (thread === undefined) return null;
  const at = thread.items.findIndex(({ id }) => id === params['item_id']);
  switch (type) {
    case 'threads.get_by_id':
      return { ...view(thread), items: page(thread.items, { limit: 20, order: 'asc' }) };
    case 'items.list':
      return page(thread.items, params);
    case 'threads.update':
      if (typeof params['title'] !== 'string') return null;
      thread.title = params['title'];
      return view(thread);
    case 'threads.delete':
      store.threads.splice(store.threads.indexOf(thread), 1);
      return {};
    case 'items.feedback':
      return (params['item_ids'] as string[]).every((id) => thread.items.some((item) => item.id === id)) ? {} : null;
    case 'threads.retry_after_item': {
      if (at < 0) return null;
      const [message] = thread.items.splice(at);
      return answer(store, thread, message ?? {}).slice(1);
    }
    case 'threads.add_user_message':
      return answer(store, thread, (params['input'] ?? {}) as Params);
    case 'threads.custom_action':
      return at < 0 ? null : [{ type: 'notice', level: 'info', message: 'Done' }];
    default:
      return null;
  }
}

const camelKeys = (text: string): string =>
  text.replaceAll('"thread_id":', '"threadId":').replaceAll('"item_id":', '"itemId":');

/** Starts the server on a free port of this machine. It has two threads with three turns each. */
export async function startBigIdServer({ camelCase = false, override }: Options = {}): Promise<BigIdServer> {
  const store = new Store();
  for (let n = 0; n < 2; n += 1) {
    const thread = store.add();
    for (let turn = 0; turn < 3; turn += 1) answer(store, thread, {});
  }
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      bodies.push(body);
      const { type = '', params = {} } = fromJson(body);
      const other = override?.(type) ?? null;
      const reply = other === null ? run(store, type, params) : null;
      const write = (value: unknown): string => (camelCase ? camelKeys(toJson(value)) : toJson(value));
      if (other !== null) {
        response.writeHead(other.status, { 'content-type': 'application/json' }).end(JSON.stringify(other.json));
      } else if (reply === null) {
        response.writeHead(404, { 'content-type': 'application/json' }).end('{"error":{"message":"Not found."}}');
      } else if (Array.isArray(reply)) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(reply.map((event) => `data: ${write(event)}\n\n`).join(''));
      } else {
        response.writeHead(200, { 'content-type': 'application/json' }).end(write(reply));
      }
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/chatkit`,
    bodies,
    close: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

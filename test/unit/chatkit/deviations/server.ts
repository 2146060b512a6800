// A correct self-hosted server in memory, and what a client reads from it. Deviations change what it sends.
import type { Json, JsonObject } from '../../../../src/base/common/json.ts';
import { toSourceError } from '../../../../src/chatkit/common/errors.ts';
import type { ThreadItem } from '../../../../src/chatkit/common/model/item.ts';
import { ruleOf } from '../../../../src/chatkit/common/protocolProblems/catalogue/catalogue.ts';
import type { RuleName } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { StreamState } from '../../../../src/chatkit/common/stream/streamState.ts';
import type { Page, PageQuery } from '../../../../src/chatkit/common/threadSource.ts';
import { createServerSource } from '../../../../src/chatkit/node/server/serverSource.ts';
import type { HttpRequest, Transport } from '../../../../src/chatkit/node/transport/types.ts';

export interface Ask {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** The part of what a client reads that a deviation makes unreadable. */
export type Part = 'threads' | 'thread' | 'items' | 'stream' | 'delete';

/** One way in which a server differs from the protocol. */
export interface Deviation {
  readonly name: string;
  /** Deviations of one concept exclude each other. */
  readonly concept: string;
  /** Rules that name it, all of them. */
  readonly rules: readonly RuleName[];
  /** Cannot be read; then no success may be shown for it. */
  readonly loses?: Part;
  /** Fields that differ from the truth, because the server sends others. */
  readonly changes?: readonly ('id' | 'time')[];
  readonly thread?: (thread: JsonObject) => JsonObject;
  readonly items?: (items: readonly JsonObject[]) => readonly Json[];
  readonly page?: (page: JsonObject, ask: Ask, all: readonly Json[]) => Json;
  readonly events?: (events: readonly JsonObject[]) => readonly JsonObject[];
  /** The text of the stream, from the data of its events. */
  readonly frames?: (events: readonly JsonObject[]) => string;
  /** The connection breaks after the last event. */
  readonly breaks?: true;
  readonly reply?: (ask: Ask, reply: Reply) => Reply;
  /** Only the times of the elements show it: it is not combined with changed times. */
  readonly showsByTimes?: true;
  /** The message that has to be shown. */
  readonly says?: RegExp;
}

const threadId = 'thr_1';
const newThreadId = 'thr_new';
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 2, 3, minute)).toISOString();
const threads: readonly JsonObject[] = Array.from({ length: 5 }, (_, index) => ({
  id: `thr_${index + 1}`,
  title: `Thread ${index + 1}`,
  created_at: at(30 - index * 5),
  status: { type: 'active' },
  metadata: {},
  items: { data: [], has_more: false },
}));

const common = (id: string, minute: number) => ({ id, thread_id: threadId, created_at: at(minute) });
const source = { type: 'url', url: 'https://example.com/a', title: 'A' };
export const items: readonly JsonObject[] = [
  {
    ...common('i1', 1),
    type: 'user_message',
    content: [{ type: 'input_text', text: 'Question' }],
    attachments: [
      { type: 'image', id: 'att_1', name: 'a.png', mime_type: 'image/png', preview_url: 'https://e.com/a' },
    ],
    inference_options: {},
  },
  {
    ...common('i2', 2),
    type: 'assistant_message',
    content: [
      { type: 'output_text', text: 'Answer', annotations: [{ type: 'annotation', source, index: 2 }] },
      { type: 'output_text', text: 'Second part', annotations: [] },
    ],
  },
  {
    ...common('i3', 3),
    type: 'workflow',
    workflow: {
      type: 'custom',
      tasks: [
        { type: 'custom', title: 'Task one', status_indicator: 'complete' },
        { type: 'thought', title: 'Task two', content: 'Thinking', status_indicator: 'complete' },
      ],
      summary: { title: 'Both done' },
      expanded: false,
    },
  },
  {
    ...common('i4', 4),
    type: 'client_tool_call',
    status: 'completed',
    call_id: 'call_1',
    name: 'tool',
    arguments: { city: 'Rome' },
    output: { ok: true },
  },
  {
    ...common('i5', 5),
    type: 'widget',
    widget: { type: 'Card', children: [{ type: 'Text', id: 't', value: 'Widget text' }] },
    copy_text: 'Widget text',
  },
  {
    ...common('i6', 6),
    type: 'structured_input',
    status: 'answered',
    inputs: [
      { type: 'multiple_choice', id: 'q1', question: 'Which?', options: [{ value: 'x' }, { value: 'y' }] },
      { type: 'freeform', id: 'q2', question: 'Why?' },
    ],
  },
  { ...common('i7', 7), type: 'task', task: { type: 'custom', title: 'Single', status_indicator: 'complete' } },
];

const streamed = (id: string, minute: number) => ({ id, thread_id: newThreadId, created_at: at(minute) });
const answer = (text: string): JsonObject => ({
  ...streamed('s2', 41),
  type: 'assistant_message',
  content: text === '' ? [] : [{ type: 'output_text', text, annotations: [] }],
});
const update = (itemId: string, fields: JsonObject): JsonObject => ({
  type: 'thread.item.updated',
  item_id: itemId,
  update: fields,
});
const delta = (text: string): JsonObject =>
  update('s2', { type: 'assistant_message.content_part.text_delta', content_index: 0, delta: text });
const emptyPart: JsonObject = { type: 'output_text', text: '', annotations: [] };
const workflow = (tasks: readonly JsonObject[]): JsonObject => ({
  ...streamed('s3', 42),
  type: 'workflow',
  workflow: { type: 'custom', tasks, expanded: false },
});
const step: JsonObject = { type: 'custom', title: 'Step', status_indicator: 'complete' };

/** The events of a correct response to `threads.create`. */
const events: readonly JsonObject[] = [
  {
    type: 'thread.created',
    thread: {
      id: newThreadId,
      title: null,
      created_at: at(40),
      status: { type: 'active' },
      metadata: {},
      items: { data: [], has_more: false },
    },
  },
  {
    type: 'thread.item.done',
    item: {
      ...streamed('s1', 40),
      type: 'user_message',
      content: [{ type: 'input_text', text: 'Hello' }],
      attachments: [],
      inference_options: {},
    },
  },
  { type: 'stream_options', stream_options: { allow_cancel: true } },
  { type: 'thread.item.added', item: answer('') },
  update('s2', { type: 'assistant_message.content_part.added', content_index: 0, content: emptyPart }),
  delta('The '),
  delta('streamed '),
  delta('answer'),
  update('s2', {
    type: 'assistant_message.content_part.done',
    content_index: 0,
    content: { ...emptyPart, text: 'The streamed answer' },
  }),
  { type: 'thread.item.done', item: answer('The streamed answer') },
  { type: 'thread.item.added', item: workflow([]) },
  update('s3', { type: 'workflow.task.added', task_index: 0, task: step }),
  { type: 'thread.item.done', item: workflow([step]) },
];

/** What a client reads. `error`: the message of the failure; null for a success. */
export interface Seen {
  readonly threads: Listed;
  readonly thread: { readonly title: string | null; readonly error: string | null };
  readonly items: Listed;
  readonly stream: {
    readonly items: readonly Gist[];
    readonly error: string | null;
    /** Ids of items that are shown as incomplete. */
    readonly open: readonly string[];
  };
  readonly delete: { readonly error: string | null };
  readonly rules: ReadonlySet<RuleName>;
}

interface Gist {
  readonly kind: string;
  readonly id: string;
  readonly time: number | null;
  readonly text: string;
}

interface Listed {
  readonly elements: readonly Gist[];
  /** Whether the list is shown as complete. */
  readonly isComplete: boolean;
  readonly error: string | null;
}

/** Reads a server with these deviations as the product does: lists, a thread, a response, a deletion. */
export async function read(deviations: readonly Deviation[]): Promise<Seen> {
  const rules = new Set<RuleName>();
  const api = createServerSource({
    connection: { id: 'c', name: 'Server', kind: 'server', url: 'https://chat.example.com/chatkit' },
    transport: transportOf(deviations),
    credentials: { headersFor: async () => ({}) },
    actingUser: () => null,
    now: () => 0,
    problems: { report: (rule) => void rules.add(ruleOf(rule).name) },
  });
  const { signal } = new AbortController();
  const listed = await list(
    (query) => api.listThreads(query, signal),
    2,
    ({ id, title, createdAt }) => ({ kind: 'thread', id, time: createdAt, text: title ?? '' }),
  );
  const thread = await attempt(async () => (await api.getThread(threadId, signal)).title);
  const itemList = await list((query) => api.listItems(threadId, query, signal), 3, gistOf);
  const stream = await readStream(api.conversation?.send.bind(api.conversation), signal);
  const deleted = await attempt(async () => api.deleteThread(threadId, signal));
  return {
    threads: listed,
    thread: { title: thread.value ?? null, error: thread.error },
    items: { ...itemList, elements: itemList.elements.toReversed() },
    stream,
    delete: { error: deleted.error },
    rules,
  };
}

async function attempt<T>(action: () => Promise<T>): Promise<{ readonly value?: T; readonly error: string | null }> {
  try {
    return { value: await action(), error: null };
  } catch (thrown) {
    const { message, details } = toSourceError(thrown);
    return { error: `${message} ${details.excerpt ?? ''}`.trim() };
  }
}

async function list<T>(
  ask: (query: PageQuery) => Promise<Page<T>>,
  limit: number,
  map: (element: T) => Gist,
): Promise<Listed> {
  const elements: Gist[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < 20; pages += 1) {
    const page = await attempt(() => ask({ limit, order: 'desc', ...(after === undefined ? {} : { after }) }));
    if (page.value === undefined) return { elements, isComplete: false, error: page.error };
    elements.push(...page.value.data.map(map));
    if (page.value.next === null) return { elements, isComplete: !page.value.hasMore, error: null };
    after = page.value.next;
  }
  throw new Error('The list does not end.');
}

type Send = NonNullable<ReturnType<typeof createServerSource>['conversation']>['send'];

async function readStream(send: Send | undefined, signal: AbortSignal): Promise<Seen['stream']> {
  const state = new StreamState();
  const known = (): undefined => undefined;
  const { error } = await attempt(async () => {
    const input = { content: [{ type: 'input_text', text: 'Hello' }], attachments: [] } as never;
    for await (const batch of send?.({ type: 'createThread', input }, signal) ?? []) {
      for (const { event } of batch) state.apply(state.resolve(event, known), known);
    }
  });
  const superseded = new Set(state.superseded());
  const open = [...state.open].filter((id) => !superseded.has(id));
  const shown = state.items.filter(({ id }) => !superseded.has(id));
  const { fault } = state;
  const message = fault === null ? error : (fault.message ?? fault.code);
  return { items: shown.map(gistOf), error: message, open };
}

function gistOf(item: ThreadItem): Gist {
  return { kind: item.kind, id: item.id, time: item.createdAt, text: textOf(item) };
}

function textOf(item: ThreadItem): string {
  switch (item.kind) {
    case 'user_message': {
      const texts = item.content.map((part) => ('text' in part ? part.text : JSON.stringify(part.value)));
      return [...texts, ...item.attachments.map(({ name }) => name)].join(' | ');
    }
    case 'assistant_message':
      return item.parts.map(({ text }) => text).join(' | ');
    case 'workflow':
      return item.tasks.map(({ title }) => title).join(' | ');
    case 'task':
      return item.task.title ?? '';
    case 'client_tool_call':
      return `${item.name} ${JSON.stringify('value' in item.arguments ? item.arguments.value : null)}`;
    case 'widget':
      return /Widget text/.exec(JSON.stringify(item.widget))?.[0] ?? '';
    case 'structured_input':
      return item.inputs.map(({ question, options }) => [question, ...options].join(' ')).join(' | ');
    default:
      return '';
  }
}

function transportOf(deviations: readonly Deviation[]): Transport {
  const replyTo = (request: HttpRequest): Reply => {
    const ask = JSON.parse(String(request.body)) as Ask;
    return deviations.reduce(
      (reply, { reply: change }) => change?.(ask, reply) ?? reply,
      correctReply(ask, deviations),
    );
  };
  const answerOf = (request: HttpRequest) => {
    const { status, type, body } = replyTo(request);
    const headers = { 'content-type': type, date: new Date(Date.UTC(2026, 0, 2, 3, 45)).toUTCString() };
    return { status, headers, requestId: null, body: Buffer.from(body) };
  };
  return {
    request: async (request) => answerOf(request),
    stream: async (request) => {
      const { body, ...answered } = answerOf(request);
      const breaks = deviations.some((deviation) => deviation.breaks === true);
      return { ...answered, chunks: chunksOf(body, breaks) };
    },
    routeTo: () => null,
    close: async () => undefined,
  };
}

async function* chunksOf(body: Uint8Array, breaks: boolean): AsyncGenerator<Uint8Array, void, void> {
  for (let start = 0; start < body.length; start += 700) yield body.subarray(start, start + 700);
  if (breaks) throw new Error('socket hang up');
}

const json = (value: unknown): Reply => ({ status: 200, type: 'application/json', body: JSON.stringify(value) });

function correctReply(ask: Ask, deviations: readonly Deviation[]): Reply {
  const changed = threads.map((thread) => deviations.reduce((one, { thread: change }) => change?.(one) ?? one, thread));
  switch (ask.type) {
    case 'threads.list':
      return json(pageOf(ask, changed, 'desc', deviations));
    case 'threads.get_by_id':
      return json(changed[0]);
    case 'items.list': {
      const all = deviations.reduce<readonly Json[]>(
        (list, { items: change }) => change?.(list as readonly JsonObject[]) ?? list,
        items,
      );
      return json(pageOf(ask, all, 'asc', deviations));
    }
    case 'threads.create': {
      const sent = deviations.reduce((list, { events: change }) => change?.(list) ?? list, events);
      const frames = deviations.find((deviation) => deviation.frames !== undefined)?.frames ?? sse;
      return { status: 200, type: 'text/event-stream', body: frames(sent) };
    }
    default:
      return json({});
  }
}

export const sse = (sent: readonly Json[]): string =>
  sent.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('');

/** A page of a list that is stored in the order `stored`. Cursors are `c` and an index, or the id of an element. */
function pageOf(ask: Ask, all: readonly Json[], stored: 'asc' | 'desc', deviations: readonly Deviation[]): Json {
  const { limit, order, after } = ask.params;
  const ordered = order === stored ? all : all.toReversed();
  const idOf = (element: Json): unknown => (element as JsonObject | null)?.['id'];
  const cursor = typeof after === 'string' && /^c\d+$/.test(after) ? Number(after.slice(1)) : after;
  const start =
    after === undefined
      ? 0
      : typeof cursor === 'number' && typeof after === 'string'
        ? cursor
        : 1 + ordered.findIndex((element) => String(idOf(element)) === String(after));
  const data = ordered.slice(start, start + Number(limit));
  const end = start + data.length;
  const hasMore = end < ordered.length;
  const page: JsonObject = { data, has_more: hasMore, after: hasMore ? `c${end}` : null };
  return deviations.reduce<Json>((one, { page: change }) => change?.(one as JsonObject, ask, ordered) ?? one, page);
}

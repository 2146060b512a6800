// How real servers differ from the protocol, and the rules that name it. Servers in `server.ts` apply them.
import type { Json, JsonObject } from '../../../../src/base/common/json.ts';
import type { RuleName } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { sse, type Ask, type Deviation, type Part, type Reply } from './server.ts';

type More = Omit<Deviation, 'name' | 'concept' | 'rules'>;

const deviation = (concept: string, name: string, rules: RuleName | readonly RuleName[], more: More): Deviation => ({
  concept,
  name,
  rules: typeof rules === 'string' ? [rules] : rules,
  ...more,
});

const object = (value: Json | undefined): JsonObject => value as JsonObject;
const listOf = (value: Json | undefined): readonly JsonObject[] => value as readonly JsonObject[];
const without = (value: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));

/** Changes the items of a type, in lists. */
const inItems =
  (type: string | null, change: (item: JsonObject) => Json): NonNullable<Deviation['items']> =>
  (items) =>
    items.map((item) => (type === null || item['type'] === type ? change(item) : item));
/** Changes the first element of a list of an object: a part, a task, an input. */
const inFirst = (item: JsonObject, name: string, change: (element: JsonObject) => Json): JsonObject => {
  const [first, ...others] = listOf(item[name]);
  return { ...item, [name]: [change(first as JsonObject), ...others] };
};
const inWidget = (change: (widget: JsonObject) => Json) =>
  inItems('widget', (item) => ({ ...item, widget: change(object(item['widget'])) }));
const inWorkflow = (change: (workflow: JsonObject) => JsonObject) =>
  inItems('workflow', (item) => ({ ...item, workflow: change(object(item['workflow'])) }));
const inTask = (change: (task: JsonObject) => Json) => inWorkflow((workflow) => inFirst(workflow, 'tasks', change));

const camel = (value: Json): Json => {
  if (Array.isArray(value)) return (value as readonly Json[]).map(camel);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, inner]) => [
      name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      camel(inner),
    ]),
  );
};

const timed = (name: string, rules: RuleName | readonly RuleName[], of: (ms: number) => Json, more: More = {}) =>
  deviation('times', name, rules, {
    items: inItems(null, (item) => ({ ...item, created_at: of(Date.parse(String(item['created_at']))) })),
    ...more,
  });

/** Changes the reply to a command. */
const replying =
  (type: string, change: (body: Json, ask: Ask) => Partial<Reply> | Json): NonNullable<Deviation['reply']> =>
  (ask, reply) =>
    ask.type === type ? { ...reply, body: JSON.stringify(change(JSON.parse(reply.body) as Json, ask)) } : reply;
const raw =
  (type: string, reply: Partial<Reply>): NonNullable<Deviation['reply']> =>
  (ask, before) =>
    ask.type === type ? { ...before, ...reply } : before;

const isItems = ({ type }: Ask): boolean => type === 'items.list';
const paged = (change: (page: JsonObject, all: readonly Json[], ask: Ask) => Json): More => ({
  page: (page, ask, all) => (isItems(ask) ? change(page, all, ask) : page),
});
const lost = (loses: Part, more: More = {}): More => ({ loses, ...more });

/** Changes the events of a type; `undefined` leaves an event out. */
const inEvents =
  (
    matches: (event: JsonObject) => boolean,
    change: (event: JsonObject) => JsonObject | readonly JsonObject[] | undefined,
  ): NonNullable<Deviation['events']> =>
  (events) =>
    events.flatMap((event) => (matches(event) ? (change(event) ?? []) : [event]));
const isType = (type: string) => (event: JsonObject) => event['type'] === type;
const isItem = (type: string, id: string) => (event: JsonObject) =>
  event['type'] === type && object(event['item'])['id'] === id;
const isDelta = (event: JsonObject): boolean => /text_delta/.test(JSON.stringify(event['update'] ?? null));
const moved = (events: readonly JsonObject[], from: (event: JsonObject) => boolean, to: number) => {
  const found = events.filter(from);
  return events.filter((event) => !from(event)).toSpliced(to, 0, ...found);
};
/** Only the messages of the user and of the thread, then this. */
const failing =
  (event: JsonObject): NonNullable<Deviation['events']> =>
  (events) => [...events.slice(0, 3), event];
const failed = (name: string, rules: RuleName | readonly RuleName[], event: JsonObject, says: RegExp) =>
  deviation('stream', name, rules, lost('stream', { events: failing(event), says }));
const extra =
  (event: JsonObject, at = 3): NonNullable<Deviation['events']> =>
  (events) =>
    events.toSpliced(at, 0, event);
const call = (id: string): JsonObject => ({
  type: 'thread.item.done',
  item: {
    id,
    thread_id: 'thr_new',
    created_at: '2026-01-02T03:43:00Z',
    type: 'client_tool_call',
    status: 'pending',
    call_id: id,
    name: 'tool',
    arguments: {},
  },
});
/** Text of a stream, from what each event becomes. */
const framed =
  (frame: (event: JsonObject, index: number) => string): NonNullable<Deviation['frames']> =>
  (events) =>
    events.map(frame).join('');
const data = (event: Json): string => `data: ${JSON.stringify(event)}\n\n`;

export const deviations: readonly Deviation[] = [
  // Envelope and status.
  deviation('envelope', 'the thread in an object', 'wrappedResponse', {
    reply: replying('threads.get_by_id', (thread) => ({ thread })),
  }),
  deviation('envelope', 'JSON as text/plain', 'jsonContentType', {
    reply: raw('threads.get_by_id', { type: 'text/plain' }),
  }),
  deviation('envelope', 'an error with status 200', 'successWithError', {
    ...lost('thread', { reply: replying('threads.get_by_id', () => ({ error: { message: 'Boom' } })) }),
    says: /Boom/,
  }),
  deviation(
    'envelope',
    'data is null',
    'dataNull',
    lost('thread', { reply: replying('threads.get_by_id', () => ({ data: null })) }),
  ),
  deviation(
    'envelope',
    'the reply of another command',
    'otherCommandShape',
    lost('thread', { reply: replying('threads.get_by_id', () => ({ data: [], has_more: false })) }),
  ),
  deviation('envelope', 'a truncated page', 'truncatedResponse', {
    ...lost('items', { reply: (ask, reply) => (isItems(ask) ? { ...reply, body: reply.body.slice(0, 300) } : reply) }),
    says: /cut off/,
  }),
  deviation(
    'envelope',
    'a web page',
    'htmlResponse',
    lost('items', { reply: raw('items.list', { body: '<!doctype html><p>Hi' }) }),
  ),
  deviation('envelope', 'an empty body', 'emptyResponse', lost('items', { reply: raw('items.list', { body: '' }) })),
  deviation(
    'envelope',
    'a body that is no JSON',
    'invalidJson',
    lost('items', { reply: raw('items.list', { body: 'Oops' }) }),
  ),
  deviation('envelope', 'a list of validation errors', 'detailObject', {
    ...lost('items', {
      reply: raw('items.list', { status: 422, body: '{"detail":[{"loc":["body","limit"],"msg":"No such limit"}]}' }),
    }),
    says: /No such limit/,
  }),
  deviation(
    'envelope',
    'a web page with status 500',
    'htmlError',
    lost('items', { reply: raw('items.list', { status: 500, body: '<html><h1>Bad gateway' }) }),
  ),

  // Paging.
  deviation(
    'paging',
    'elements under items',
    'pageShape',
    paged((page) => ({ ...without(page, 'data'), items: page['data'] as Json })),
  ),
  deviation(
    'paging',
    'a bare list',
    'pageShape',
    paged((_page, all) => all),
  ),
  deviation(
    'paging',
    'no cursor',
    'hasMoreWithoutCursor',
    paged((page) => without(page, 'after')),
  ),
  deviation(
    'paging',
    'no has_more',
    'missingHasMore',
    paged((page) => without(page, 'has_more')),
  ),
  deviation(
    'paging',
    'has_more as text',
    'hasMoreNotBoolean',
    paged((page) => ({ ...page, has_more: String(page['has_more']) })),
  ),
  deviation('paging', 'a cursor that is an index', 'numericCursor', {
    page: (page, { type, params }, all) => {
      if (type !== 'items.list') return page;
      const start = Number(params['after'] ?? 0);
      const ordered = all.slice(start, start + Number(params['limit']));
      const end = start + ordered.length;
      return { data: ordered, has_more: end < all.length, after: end < all.length ? end : null };
    },
  }),
  deviation(
    'paging',
    'one cursor for all pages',
    'repeatedCursor',
    lost(
      'items',
      paged((page, all, { params }) => {
        const start = params['after'] === undefined ? 0 : 3;
        return { ...page, data: all.slice(start, start + 3), has_more: true, after: 'same' };
      }),
    ),
  ),
  deviation(
    'paging',
    'after is ignored',
    'afterIgnored',
    lost(
      'items',
      paged((page, all) => ({ ...page, data: all.slice(0, 3), has_more: true, after: 'c3' })),
    ),
  ),
  deviation(
    'paging',
    'limit is ignored',
    'limitIgnored',
    paged((_page, all) => ({ data: all, has_more: false, after: null })),
  ),
  deviation('paging', 'order is ignored', 'orderIgnored', {
    page: (page, { type, params }, all) => {
      if (type !== 'items.list') return page;
      const asc = params['order'] === 'asc' ? all : all.toReversed();
      const { after } = params;
      const start = typeof after === 'string' && /^c\d+$/.test(after) ? Number(after.slice(1)) : 0;
      const shown = asc.slice(start, start + Number(params['limit']));
      const end = start + shown.length;
      return { data: shown, has_more: end < all.length, after: end < all.length ? `c${end}` : null };
    },
  }),
  deviation(
    'paging',
    'the last element again',
    'repeatedElements',
    paged((page, all, { params }) => {
      const start = Number(String(params['after'] ?? 'c0').slice(1));
      return start === 0 || !/^c\d/.test(String(params['after']))
        ? page
        : { ...page, data: [all[start - 1] as Json, ...listOf(page['data'])] };
    }),
  ),
  deviation(
    'paging',
    'names of another case',
    ['pageShape'],
    paged(
      (page) =>
        (camel(without(page, 'data')) as JsonObject) && {
          data: page['data'] as Json,
          hasMore: page['has_more'] as Json,
          nextCursor: page['after'] as Json,
        },
    ),
  ),
  deviation(
    'paging',
    'a pagination object',
    'pageShape',
    paged(({ data: elements, ...pagination }) => ({ data: elements as Json, pagination })),
  ),
  deviation(
    'paging',
    'null among the elements',
    'invalidElement',
    paged((page) => ({ ...page, data: [...listOf(page['data']), null] })),
  ),

  // Ids.
  deviation('ids', 'ids that are numbers', 'numericId', {
    changes: ['id'],
    items: (items) => items.map((item, index) => ({ ...item, id: index + 100 })),
  }),
  deviation('ids', 'items without an id', 'missingId', {
    changes: ['id'],
    items: inItems('task', (item) => without(item, 'id')),
  }),
  deviation('ids', 'the placeholder of a framework', 'placeholderId', {
    changes: ['id'],
    items: inItems('assistant_message', (item) => ({ ...item, id: '__fake_id__' })),
  }),
  deviation('ids', 'one id for two items', 'repeatedId', {
    changes: ['id'],
    items: inItems('widget', (item) => ({ ...item, id: 'i4' })),
  }),
  deviation('ids', 'the id of another thread', 'otherThreadId', {
    items: inItems(null, (item) => ({ ...item, thread_id: 'thr_9' })),
  }),
  deviation('ids', 'no thread id', 'missingThreadId', { items: inItems(null, (item) => without(item, 'thread_id')) }),

  // Times.
  timed('+00 without minutes', 'zoneForm', (ms) => new Date(ms).toISOString().replace('Z', '+00')),
  timed('an offset and Z', 'zoneAndZ', (ms) => new Date(ms).toISOString().replace('Z', '+00:00Z')),
  timed('HTTP dates', 'textTime', (ms) => new Date(ms).toUTCString()),
  timed('seconds', 'secondsTime', (ms) => ms / 1000),
  timed('milliseconds', 'millisecondsTime', (ms) => ms),
  timed('numbers as text', 'numericTextTime', (ms) => String(ms / 1000)),
  timed('no zone', 'timeAssumedUtc', (ms) => new Date(ms).toISOString().replace('Z', '')),
  timed('no time', 'missingTime', () => null, { changes: ['time'] }),
  timed('a time that cannot be read', 'unreadableTime', () => 'yesterday', { changes: ['time'] }),
  timed('times in the future', 'futureTime', (ms) => new Date(ms + 1e12).toISOString(), { changes: ['time'] }),

  // Threads.
  deviation('thread', 'no status', 'missingStatus', { thread: (thread) => without(thread, 'status') }),
  deviation('thread', 'a status that is text', 'statusAsText', {
    thread: (thread) => ({ ...thread, status: 'active' }),
  }),
  deviation('thread', 'an unknown status', 'unknownStatus', {
    thread: (thread) => ({ ...thread, status: { type: 'open' } }),
  }),
  deviation('thread', 'a leaked metadata object', 'threadMetadata', {
    thread: (thread) => ({ ...thread, metadata: { a: 1 } }),
  }),
  deviation('thread', 'domains that are text', 'imageDomainsShape', {
    thread: (thread) => ({ ...thread, allowed_image_domains: 'a.com' }),
  }),
  deviation('thread', 'no first items', 'missingFirstItems', { thread: (thread) => without(thread, 'items') }),
  deviation('thread', 'names of another case', 'fieldNameCase', { thread: (thread) => object(camel(thread)) }),
  deviation('thread', 'numbers as ids', 'numericId', {
    changes: ['id'],
    loses: 'thread',
    thread: (thread) => ({ ...thread, id: Number(String(thread['id']).slice(4)) }),
  }),
  deviation('thread', 'listed threads with items', 'listedThreadHasItems', {
    thread: (thread) => ({ ...thread, items: { data: [{ id: 'x', type: 'end_of_turn' }], has_more: false } }),
  }),

  // Items.
  deviation('items', 'types with the prefix of the hosted API', 'prefixedType', {
    items: inItems(null, (item) => ({ ...item, type: `chatkit.${String(item['type'])}` })),
  }),
  deviation('items', 'a role in place of a type', 'missingItemType', {
    items: inItems('assistant_message', (item) => ({ ...without(item, 'type'), role: 'assistant' })),
  }),
  deviation('items', 'message as type', 'unknownItemType', {
    items: inItems('assistant_message', (item) => ({ ...item, type: 'message', role: 'assistant' })),
  }),
  deviation('items', 'no attachments', 'missingField', {
    items: inItems('user_message', (item) => without(item, 'inference_options')),
  }),
  deviation('items', 'names of another case', 'fieldNameCase', { items: (items) => items.map(camel) }),
  deviation('items', 'content that is text', 'contentAsText', {
    items: inItems('user_message', (item) => ({ ...item, content: 'Question' })),
  }),
  deviation('items', 'content that is one part', 'wrongFieldType', {
    items: inItems('user_message', (item) => ({ ...item, content: (item['content'] as readonly Json[])[0] as Json })),
  }),
  deviation('items', 'parts of another API', 'unknownContentPart', {
    items: inItems('user_message', (item) => inFirst(item, 'content', (part) => ({ ...part, type: 'text' }))),
  }),
  deviation('items', 'an annotation that is none', 'invalidAnnotation', {
    items: inItems('assistant_message', (item) =>
      inFirst(item, 'content', (part) => ({ ...part, annotations: [{ type: 'annotation' }] })),
    ),
  }),
  deviation('items', 'a hidden item', 'leakedHiddenItem', {
    items: (items) => [
      ...items,
      { ...(items[0] as JsonObject), id: 'hidden', type: 'hidden_context_item', content: 'x' },
    ],
  }),
  deviation('items', 'an unknown item', 'unknownItemType', {
    items: (items) => [...items, { ...(items[0] as JsonObject), id: 'new', type: 'hologram' }],
  }),
  deviation('items', 'an unknown task', 'unknownTaskType', { items: inTask((task) => ({ ...task, type: 'shell' })) }),
  deviation('items', 'an unknown progress', 'unknownTaskStatus', {
    items: inTask((task) => ({ ...task, status_indicator: 'done' })),
  }),
  deviation('items', 'a summary that is text', 'workflowSummary', {
    items: inWorkflow((workflow) => ({ ...workflow, summary: 'Both done' })),
  }),
  deviation('items', 'fields of the workflow in the item', 'flatItem', {
    items: inItems('workflow', (item) => ({
      ...without(item, 'workflow'),
      ...without(object(item['workflow']), 'type'),
    })),
  }),
  deviation('items', 'fields of the task in the item', 'flatItem', {
    items: inItems('task', (item) => ({ ...without(item, 'task'), ...without(object(item['task']), 'type') })),
  }),
  deviation('items', 'a widget in the item', 'flatItem', {
    items: inItems('widget', (item) => ({
      ...without(item, 'widget'),
      children: object(item['widget'])['children'] as Json,
    })),
  }),
  deviation('items', 'the text in place of the content', 'flatItem', {
    items: inItems('user_message', (item) => ({ ...without(item, 'content'), text: 'Question' })),
  }),
  deviation('items', 'metadata of an attachment', 'attachmentMetadata', {
    items: inItems('user_message', (item) =>
      inFirst(item, 'attachments', (file) => ({ ...file, metadata: { path: '/x' } })),
    ),
  }),
  deviation('items', 'names of an attachment', 'camelCaseAttachment', {
    items: inItems('user_message', (item) =>
      inFirst(item, 'attachments', (file) => ({ ...without(file, 'mime_type'), mimeType: 'image/png' })),
    ),
  }),
  deviation('items', 'an image without a preview', 'imageWithoutPreview', {
    items: inItems('user_message', (item) => inFirst(item, 'attachments', (file) => without(file, 'preview_url'))),
  }),
  deviation('items', 'a type of attachment', 'attachmentType', {
    items: inItems('user_message', (item) => inFirst(item, 'attachments', (file) => ({ ...file, type: 'video' }))),
  }),

  // Tool calls and forms.
  deviation('tools', 'arguments that are text', 'toolArgumentsText', {
    items: inItems('client_tool_call', (item) => ({ ...item, arguments: JSON.stringify(item['arguments']) })),
  }),
  deviation('tools', 'the status of a call', 'toolStatus', {
    items: inItems('client_tool_call', (item) => ({ ...item, status: 'done' })),
  }),
  deviation('tools', 'the status of a form', 'formStatus', {
    items: inItems('structured_input', (item) => ({ ...item, status: 'done' })),
  }),
  deviation('tools', 'the type of an input', 'formInputType', {
    items: inItems('structured_input', (item) => inFirst(item, 'inputs', (input) => ({ ...input, type: 'radio' }))),
  }),
  deviation('tools', 'options that are texts', 'formOptions', {
    items: inItems('structured_input', (item) =>
      inFirst(item, 'inputs', (input) => ({ ...input, options: ['x', 'y'] })),
    ),
  }),
  deviation('tools', 'one id for two inputs', 'repeatedInputId', {
    items: inItems('structured_input', (item) => inFirst(item, 'inputs', (input) => ({ ...input, id: 'q2' }))),
  }),

  // Widgets.
  deviation('widgets', 'a widget as text', 'widgetAsText', { items: inWidget((widget) => JSON.stringify(widget)) }),
  deviation('widgets', 'a widget as text of text', 'doubleEncodedJson', {
    items: inWidget((widget) => JSON.stringify(JSON.stringify(widget))),
  }),
  deviation('widgets', 'a widget that is no JSON', 'widgetTextNotJson', { items: inWidget(() => 'Widget text') }),
  deviation('widgets', 'a root that is none', 'widgetRoot', {
    items: inWidget((widget) => listOf(widget['children'])[0] as Json),
  }),
  deviation('widgets', 'types in lower case', 'widgetTypeCase', {
    items: inWidget((widget) => ({ ...widget, type: 'card' })),
  }),
  deviation('widgets', 'an unknown component', 'unknownComponent', {
    items: inWidget((widget) => inFirst(widget, 'children', (child) => ({ ...child, type: 'Hologram' }))),
  }),
  deviation('widgets', 'a component without a type', 'componentWithoutType', {
    items: inWidget((widget) => inFirst(widget, 'children', (child) => without(child, 'type'))),
  }),
  deviation('widgets', 'children that are null', 'nullChildren', {
    items: inWidget((widget) => inFirst(widget, 'children', (child) => ({ ...child, children: null }))),
  }),

  // Order of a stream.
  deviation('stream', 'no thread.created', 'missingThreadCreated', {
    events: inEvents(isType('thread.created'), () => undefined),
  }),
  deviation('stream', 'thread.created late', 'threadCreatedLate', {
    events: (events) => moved(events, isType('thread.created'), 2),
  }),
  deviation('stream', 'thread.created twice', 'unexpectedThreadCreated', {
    events: (events) => events.toSpliced(4, 0, events[0] as JsonObject),
  }),
  deviation('stream', 'no echo', 'missingEcho', {
    loses: 'stream',
    events: inEvents(isItem('thread.item.done', 's1'), () => undefined),
  }),
  deviation('stream', 'the echo late', 'echoLate', {
    events: (events) => moved(events, isItem('thread.item.done', 's1'), 6),
  }),
  deviation('stream', 'no done', 'itemNotDone', {
    loses: 'stream',
    events: inEvents(isItem('thread.item.done', 's2'), () => undefined),
  }),
  deviation('stream', 'done with an id only', 'doneWithoutItem', {
    events: inEvents(isItem('thread.item.done', 's2'), (event) => ({ ...event, item: { id: 's2' } })),
  }),
  deviation('stream', 'done with an item id', 'doneWithoutItem', {
    events: inEvents(isItem('thread.item.done', 's2'), () => ({ type: 'thread.item.done', item_id: 's2' })),
  }),
  deviation('stream', 'done with an empty item', 'doneWithoutText', {
    events: inEvents(isItem('thread.item.done', 's2'), (event) => ({
      ...event,
      item: { ...object(event['item']), content: [] },
    })),
  }),
  deviation('stream', 'done with an empty text', 'doneWithoutText', {
    events: inEvents(isItem('thread.item.done', 's2'), (event) => ({
      ...event,
      item: inFirst(object(event['item']), 'content', (part) => ({ ...part, text: '' })),
    })),
  }),
  deviation('stream', 'no added', 'updateWithoutItem', {
    events: inEvents(isItem('thread.item.added', 's2'), () => undefined),
  }),
  deviation('stream', 'neither added nor done', 'updateWithoutItem', {
    changes: ['time'],
    events: (events) =>
      events.filter((event) => !isItem('thread.item.added', 's2')(event) && !isItem('thread.item.done', 's2')(event)),
    loses: 'stream',
  }),
  deviation('stream', 'deltas after done', 'updateAfterDone', { events: (events) => moved(events, isDelta, 8) }),
  deviation('stream', 'added twice', 'repeatedAdded', {
    events: (events) => events.toSpliced(4, 0, events[3] as JsonObject),
  }),
  deviation('stream', 'done twice', 'repeatedDone', {
    events: (events) => events.toSpliced(10, 0, events[9] as JsonObject),
  }),
  deviation('stream', 'another id when done', 'idChangedBeforeDone', {
    changes: ['id'],
    events: inEvents(isItem('thread.item.done', 's2'), (event) => ({
      ...event,
      item: { ...object(event['item']), id: 'db_2' },
    })),
  }),
  deviation('stream', 'no stream_options', 'missingStreamOptions', {
    events: inEvents(isType('stream_options'), () => undefined),
  }),
  deviation('stream', 'stream_options late', 'streamOptionsLate', {
    events: (events) => moved(events, isType('stream_options'), 9),
  }),
  deviation('stream', 'an empty stream', 'emptyStream', lost('stream', { events: () => [] })),
  deviation('stream', 'a broken connection', 'interruptedStream', lost('stream', { breaks: true })),
  deviation('stream', 'items in a thread event', 'threadEventWithItems', {
    events: inEvents(isType('thread.created'), (event) => ({
      ...event,
      thread: { ...object(event['thread']), items: { data: [{ id: 'x', type: 'end_of_turn' }], has_more: false } },
    })),
  }),
  deviation('stream', 'two pending tool calls', 'severalPendingToolCalls', {
    events: (events) => [...events, call('t1'), call('t2')],
  }),
  deviation('stream', 'a pending tool call before the answer', 'toolCallNotLast', { events: extra(call('t1')) }),
  deviation('stream', 'a hidden item', 'leakedHiddenItem', {
    events: extra({
      type: 'thread.item.done',
      item: {
        id: 'h',
        thread_id: 'thr_new',
        created_at: '2026-01-02T03:43:00Z',
        type: 'hidden_context_item',
        content: 'x',
      },
    }),
  }),

  // Events.
  deviation('stream', 'an event without a type', 'eventWithoutType', { events: extra({ hello: 1 }) }),
  deviation('stream', 'an unknown event', 'unknownEvent', { events: extra({ type: 'thread.thinking' }) }),
  deviation('stream', 'the item as data', 'invalidEvent', {
    events: inEvents(isItem('thread.item.done', 's2'), ({ item, ...event }) => ({
      ...event,
      thread_item: item as Json,
    })),
  }),
  deviation('stream', 'updates at the top', 'topLevelUpdate', {
    events: inEvents(isType('thread.item.updated'), (event) => ({
      item_id: event['item_id'] as Json,
      ...object(event['update']),
    })),
  }),
  deviation('stream', 'updates at the top without an item', 'topLevelUpdate', {
    events: inEvents(isType('thread.item.updated'), (event) => object(event['update'])),
  }),
  deviation('stream', 'updates without an item id', 'invalidEvent', {
    events: inEvents(isType('thread.item.updated'), (event) => without(event, 'item_id')),
  }),
  deviation('stream', 'an unknown update', 'unknownUpdate', {
    events: extra({ type: 'thread.item.updated', item_id: 's2', update: { type: 'mood' } }, 4),
  }),
  deviation('stream', 'deltas without an index', 'invalidUpdate', {
    events: inEvents(isDelta, (event) => ({ ...event, update: without(object(event['update']), 'content_index') })),
  }),
  deviation('stream', 'an update of another kind', 'updateOfOtherKind', {
    events: extra(
      {
        type: 'thread.item.updated',
        item_id: 's2',
        update: { type: 'widget.root.updated', widget: { type: 'Card', children: [] } },
      },
      5,
    ),
  }),
  deviation('stream', 'events in an envelope', 'wrappedEvent', {
    events: (events) => events.map((event) => ({ data: event })),
  }),
  deviation('stream', 'names with underscores', 'eventNameForm', {
    events: (events) => events.map((event) => ({ ...event, type: String(event['type']).replaceAll('.', '_') })),
  }),
  deviation('stream', 'fields in camel case', 'fieldNameCase', {
    events: (events) => events.map((event) => object(camel(event))),
  }),

  // Framing.
  deviation('stream', 'the type in the event field', 'typeInEventField', {
    frames: framed((event) => `event: ${String(event['type'])}\n${data(without(event, 'type'))}`),
  }),
  deviation('stream', 'an event field', 'eventField', {
    frames: framed((event) => `event: ${String(event['type'])}\n${data(event)}`),
  }),
  deviation('stream', 'an id field', 'idField', { frames: framed((event, index) => `id: ${index}\n${data(event)}`) }),
  deviation('stream', 'an end marker', 'doneMarker', { frames: (events) => `${sse(events)}data: [DONE]\n\n` }),
  deviation('stream', 'an event after the end marker', ['doneMarker', 'eventAfterEnd'], {
    frames: (events) => `${sse(events.slice(0, -1))}data: [DONE]\n\n${data(events.at(-1) as JsonObject)}`,
  }),
  deviation('stream', 'pings', 'pingData', { frames: framed((event) => `data: ping\n\n${data(event)}`) }),
  deviation('stream', 'an event that is no JSON', 'invalidJsonEvent', {
    frames: (events) => `${sse(events.slice(0, 3))}data: {oops\n\n${sse(events.slice(3))}`,
  }),
  deviation('stream', 'no empty line at the end', 'unterminatedEvent', {
    frames: (events) => sse(events).replace(/\n\n$/, ''),
  }),
  deviation('stream', 'data in several lines', 'multilineData', {
    frames: framed((event) => `${JSON.stringify(event, null, 1).replace(/^/gm, 'data: ')}\n\n`),
  }),
  deviation('stream', 'NDJSON', 'ndjson', { frames: framed((event) => `${JSON.stringify(event)}\n`) }),
  deviation('stream', 'a line without a field', 'lineWithoutField', {
    frames: (events) => `INFO: started\n\n${sse(events)}`,
  }),
  deviation('stream', 'events encoded twice', 'doubleEncodedEvent', {
    frames: framed((event) => data(JSON.stringify(event))),
  }),
  deviation('stream', 'lists of events', 'arrayOfEvents', {
    frames: (events) => data(events.slice(0, 5)) + data(events.slice(5)),
  }),
  deviation('stream', 'another content type', 'streamContentType', {
    reply: raw('threads.create', { type: 'text/plain' }),
  }),
  deviation(
    'stream',
    'JSON in place of a stream',
    'jsonInsteadOfStream',
    lost('stream', {
      reply: raw('threads.create', { type: 'application/json', body: '{"error":{"message":"Busy"}}' }),
      says: /Busy/,
    }),
  ),
  deviation(
    'stream',
    'an event that is cut off',
    'unterminatedEvent',
    lost('stream', { frames: (events) => sse(events).slice(0, -60) }),
  ),

  // Errors.
  failed(
    'an error of another API',
    'foreignErrorEvent',
    { type: 'response.failed', response: { error: { message: 'No quota' } } },
    /No quota/,
  ),
  failed(
    'an error in an object',
    'nestedError',
    { type: 'error', error: { message: 'No quota' }, allow_retry: true },
    /No quota/,
  ),
  failed(
    'a number as code',
    'numericErrorCode',
    { type: 'error', code: 500, message: 'No quota', allow_retry: true },
    /No quota/,
  ),
  failed('an error without a type', 'untypedError', { error: 'No quota' }, /No quota/),
  failed(
    'an error without a message',
    'errorWithoutMessage',
    { type: 'error', code: 'custom', allow_retry: true },
    /./,
  ),
  failed(
    'an error without allow_retry',
    'errorWithoutRetry',
    { type: 'error', code: 'custom', message: 'No quota' },
    /No quota/,
  ),
  deviation(
    'stream',
    'an error event of text',
    'invalidJsonEvent',
    lost('stream', {
      frames: (events) => `${sse(events.slice(0, 3))}event: error\ndata: No quota\n\n`,
      says: /No quota/,
    }),
  ),
  deviation(
    'stream',
    'a stack trace',
    'lineWithoutField',
    lost('stream', {
      frames: (events) =>
        `${sse(events.slice(0, 3))}Traceback (most recent call last):\n  File "app.py", line 3, in run\nValueError: No quota\n`,
      says: /No quota/,
    }),
  ),
  deviation(
    'stream',
    'a stack trace as data',
    'invalidJsonEvent',
    lost('stream', {
      frames: (events) =>
        `${sse(events.slice(0, 3))}data: Traceback (most recent call last):\ndata:   File "app.py", line 3, in run\ndata: ValueError: No quota\n\n`,
      says: /No quota/,
    }),
  ),
  deviation(
    'stream',
    'the body of an error',
    'lineWithoutField',
    lost('stream', {
      frames: (events) => `${sse(events.slice(0, 3))}Internal Server Error`,
      says: /Internal Server Error/,
    }),
  ),

  // Deletions.
  deviation('delete', 'a reply that is not empty', 'nonEmptyReply', {
    reply: replying('threads.delete', () => ({ deleted: true, id: 'thr_1' })),
  }),
  deviation(
    'delete',
    'a refusal',
    'deleteNotConfirmed',
    lost('delete', { reply: replying('threads.delete', () => ({ deleted: false })) }),
  ),
  deviation(
    'delete',
    'a refusal with a sentence',
    'deleteNotConfirmed',
    lost('delete', { reply: replying('threads.delete', () => ({ message: 'It is locked' })), says: /It is locked/ }),
  ),
  deviation(
    'delete',
    'an error with status 200',
    'successWithError',
    lost('delete', {
      reply: replying('threads.delete', () => ({ success: false, error: 'It is locked' })),
      says: /It is locked/,
    }),
  ),
];

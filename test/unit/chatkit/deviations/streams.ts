// Deviations of the order and the form of events.
import type { Json, JsonObject } from '../../../../src/base/common/json.ts';
import {
  deviation,
  object,
  without,
  inFirst,
  camel,
  lost,
  inEvents,
  isType,
  isItem,
  isDelta,
  moved,
  extra,
  call,
} from './builders.ts';
import type { Deviation } from './server.ts';

const textOf = (event: JsonObject): string => String(object(event['update'])['delta']);

/** The update with the task of the workflow, in another form, and a workflow that is done without its content. */
const withTask =
  (change: (update: JsonObject) => JsonObject): NonNullable<Deviation['events']> =>
  (events) =>
    events.map((event) => {
      if (event['item_id'] === 's3') return { ...event, update: change(object(event['update'])) };
      return isItem('thread.item.done', 's3')(event) ? { type: 'thread.item.done', item_id: 's3' } : event;
    });

export const ofStreams: readonly Deviation[] = [
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
  deviation('stream', 'deltas with the id of the response', 'updateWithoutItem', {
    events: inEvents(isDelta, (event) => ({ ...event, item_id: 'resp_1' })),
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

  // Other APIs and dialects.
  deviation('stream', 'deltas of a message', 'foreignText', {
    events: inEvents(isDelta, (event) => ({
      type: 'message.delta',
      item_id: 's2',
      delta: { type: 'text_delta', text: textOf(event) },
    })),
  }),
  deviation('stream', 'deltas of the Responses API', 'foreignText', {
    events: inEvents(isDelta, (event) => ({
      type: 'response.output_text.delta',
      item_id: 's2',
      content_index: 0,
      delta: textOf(event),
    })),
  }),
  deviation('stream', 'the chunks of a model, and no item', 'foreignText', {
    changes: ['id', 'time'],
    loses: 'stream',
    events: (events) =>
      inEvents(isDelta, (event) => ({ choices: [{ delta: { content: textOf(event) } }] }))(
        events.filter((event) => !/"s2"/.test(JSON.stringify(event)) || isDelta(event)),
      ),
  }),
  deviation('stream', 'an item without an event around it', 'wrappedEvent', {
    events: inEvents(isItem('thread.item.done', 's2'), (event) => object(event['item'])),
  }),
  deviation('stream', 'the whole item in each update', 'invalidEvent', {
    events: inEvents(isDelta, (event) => ({
      type: 'thread.item.updated',
      item: {
        id: 's2',
        thread_id: 'thr_new',
        created_at: '2026-01-02T03:41:00.000Z',
        type: 'assistant_message',
        content: [{ type: 'output_text', text: textOf(event), annotations: [] }],
      },
    })),
  }),
  deviation('stream', 'updates as entries', 'invalidUpdate', {
    events: inEvents(isDelta, (event) => ({ ...event, update: { entry: event['update'] as Json } })),
  }),
  deviation('stream', 'deltas beside the id', 'invalidEvent', {
    events: inEvents(isDelta, (event) => ({ type: 'thread.item.updated', item_id: 's2', delta: textOf(event) })),
  }),
  deviation('stream', 'deltas in the item', 'invalidEvent', {
    events: inEvents(isDelta, (event) => ({
      type: 'thread.item.updated',
      item: { id: 's2', delta: { content: [{ type: 'output_text', delta: textOf(event) }] } },
    })),
  }),
  deviation('stream', 'deltas without a type', 'invalidUpdate', {
    events: inEvents(isDelta, (event) => ({ ...event, update: { delta: textOf(event) } })),
  }),
  deviation('stream', 'the content so far in each update', 'invalidUpdate', {
    events: (events) => {
      let text = '';
      return inEvents(isDelta, (event) => {
        text += textOf(event);
        return { ...event, update: { content: [{ type: 'output_text', text, annotations: [] }] } };
      })(events);
    },
  }),
  deviation('stream', 'the text so far in each delta', 'finalTextDiffers', {
    events: (events) => {
      let text = '';
      return inEvents(isDelta, (event) => {
        text += textOf(event);
        return { ...event, update: { ...object(event['update']), delta: text } };
      })(events);
    },
  }),
  deviation('stream', 'deltas without white space', 'finalTextDiffers', {
    events: inEvents(isDelta, (event) => ({
      ...event,
      update: { ...object(event['update']), delta: textOf(event).trim() },
    })),
  }),
  deviation('stream', 'deltas of an item', 'foreignText', {
    events: inEvents(isDelta, (event) => ({
      type: 'thread_item.delta',
      delta: { content: [{ text: textOf(event) }] },
    })),
  }),
  deviation('stream', 'a message of another API', 'wrappedEvent', {
    events: (events) =>
      events.flatMap((event) =>
        isItem('thread.item.done', 's2')(event)
          ? [{ ...object(event['item']), type: 'thread.message.item.created', role: 'assistant' }]
          : /"s2"/.test(JSON.stringify(event))
            ? []
            : [event],
      ),
  }),
  ...['$type', 'kind', 'event_type', 'name'].map((name) =>
    deviation('stream', `the type as ${name}`, 'eventNameForm', {
      events: (events) => events.map(({ type, ...event }) => ({ [name]: type as Json, ...event })),
    }),
  ),
  deviation('stream', 'an event of a tool with the name of an event', 'unknownEvent', {
    events: extra({ type: 'tool_result', name: 'error', message: 'Not found' }),
  }),
  deviation('stream', 'a name and a payload', 'wrappedEvent', {
    events: (events) => events.map(({ type, ...payload }) => ({ event: type as Json, payload })),
  }),
  deviation('stream', 'events as results', 'wrappedEvent', {
    events: (events) => events.map((result) => ({ success: true, result })),
  }),
  deviation('stream', 'the workflow in an update', ['unknownUpdate', 'doneWithoutItem'], {
    events: withTask(({ task }) => ({ workflow: { type: 'custom', tasks: [task as Json], expanded: false } })),
  }),
  deviation('stream', 'tasks without an index', ['invalidUpdate', 'doneWithoutItem'], {
    events: withTask((update) => without(update, 'task_index')),
  }),
  deviation('stream', 'no event of the protocol', 'unknownEvent', {
    loses: 'stream',
    says: /no event that can be read/,
    events: () => [
      { type: 'status', status: 'Thinking' },
      { type: 'final', result: 'Text' },
    ],
  }),
  deviation('stream', 'other names of events', 'eventNameForm', {
    events: inEvents(isType('thread.item.added'), (event) => ({ ...event, type: 'thread.item.created' })),
  }),
];

import type { RuleArea } from './ruleIds.ts';

export const streamOrderArea = {
  title: 'Order of stream events',
  rules: {
    missingThreadCreated: {
      title: 'No thread.created event',
      severity: 'error',
      reference: 'C.4',
      explanation:
        'The first event of `threads.create` is `thread.created`. Without it ChatKit does not know the thread and shows nothing.',
      cause: 'A hand-written stream that starts with the answer.',
      fix: {
        python: 'Let `ChatKitServer.process(…)` create the stream; `respond` yields only the answer.',
        node: "Send `{ type: 'thread.created', thread }` first.",
      },
    },
    threadCreatedLate: {
      title: 'thread.created is not the first event',
      severity: 'warning',
      reference: '5.6',
      explanation: 'Events before `thread.created` belong to a thread that the client does not know yet.',
      cause: 'The thread is created during the response.',
      fix: {
        python: 'Let `ChatKitServer.process(…)` create the thread.',
        node: 'Create the thread before the first event.',
      },
    },
    unexpectedThreadCreated: {
      title: 'Unexpected thread.created event',
      severity: 'warning',
      reference: '5.6',
      explanation:
        '`thread.created` is sent once, and only for `threads.create`. Clients may switch to another thread.',
      cause: 'The same code answers both commands.',
      fix: {
        python: 'Do not yield `ThreadCreatedEvent` from `respond`.',
        node: 'Send `thread.created` only for `threads.create`.',
      },
    },
    missingEcho: {
      title: 'User message is not sent back',
      severity: 'error',
      reference: 'C.4',
      explanation:
        'The stream contains the user message as `thread.item.done`. Without it, its id is not known, and retry and feedback fail.',
      cause: 'A hand-written stream that contains only the answer.',
      fix: {
        python: 'Let `ChatKitServer.process(…)` create the stream; `respond` yields only the answer.',
        node: "Send `{ type: 'thread.item.done', item: userMessage }` before the answer.",
      },
    },
    echoLate: {
      title: 'User message follows the answer',
      severity: 'warning',
      reference: '5.6',
      explanation: 'The user message is the first item of the stream. Clients show items in the order of the events.',
      cause: 'The message is stored when the answer is complete.',
      fix: {
        python: 'Let `ChatKitServer.process(…)` store and send the message.',
        node: 'Send the user message before the answer.',
      },
    },
    itemNotDone: {
      title: 'Item is never done',
      severity: 'error',
      reference: '5.6',
      explanation: 'The stream ended without `thread.item.done` for an item that was added. The item stays incomplete.',
      cause: 'An exception or an early `return` in the response, or a missing last event.',
      fix: {
        python: 'Yield `ThreadItemDoneEvent(item=…)` for every added item, also in `finally`.',
        node: 'Send `thread.item.done` for every added item, also in `finally`.',
      },
    },
    doneWithoutItem: {
      title: 'thread.item.done without the item',
      severity: 'error',
      reference: 'C.4',
      explanation:
        '`thread.item.done` contains the final item. With an id alone, clients cannot replace the pending item.',
      cause: 'A hand-written event.',
      fix: { python: 'Yield `ThreadItemDoneEvent(item=item)`.', node: "Send `{ type: 'thread.item.done', item }`." },
    },
    updateWithoutItem: {
      title: 'Update for an unknown item',
      severity: 'error',
      reference: '5.6',
      explanation: 'The update has an `item_id` that the stream did not add. The update is lost.',
      cause: 'A missing `thread.item.added`, or ids that differ.',
      fix: {
        python: 'Yield `ThreadItemAddedEvent` with the same id before the first update.',
        node: 'Send `thread.item.added` with the same id before the first update.',
      },
    },
    updateAfterDone: {
      title: 'Update for an item that is done',
      severity: 'warning',
      reference: '5.6',
      explanation: '`thread.item.done` is the final form of an item. Clients may ignore later updates.',
      cause: 'Events that are sent out of order, for example by two tasks.',
      fix: {
        python: 'Yield `ThreadItemDoneEvent` last, or change the item with `ThreadItemReplacedEvent`.',
        node: 'Send `thread.item.done` last, or change the item with `thread.item.replaced`.',
      },
    },
    doneWithoutText: {
      title: 'Text is missing when the answer is done',
      severity: 'error',
      reference: '5.6',
      explanation:
        'The item of `thread.item.done` is the final form of the item. Clients replace the streamed text with it, so an answer whose item is empty disappears when it is complete. The streamed text is shown here.',
      cause: 'The item of `thread.item.added` is sent again, without the text that was streamed since then.',
      fix: {
        python: 'Collect the deltas, and yield `ThreadItemDoneEvent` with the complete `AssistantMessageItem`.',
        node: 'Collect the deltas, and send `thread.item.done` with the whole text in `content`.',
      },
    },
    finalTextDiffers: {
      title: 'Final text differs from the streamed text',
      severity: 'info',
      reference: '5.7',
      explanation:
        'The deltas of the answer together are not its final text. Users see one text during the response, and another one after it. A server may intend this, for example to replace a rejected text.',
      cause: 'Deltas that contain the whole text so far, or whose white space is removed before they are sent.',
      fix: {
        python: 'Put only the text that was appended since the last delta into `delta`, without `strip()`.',
        node: 'Put only the text that was appended since the last delta into `delta`, without `trim()`.',
      },
    },
    repeatedAdded: {
      title: 'Item is added twice',
      severity: 'warning',
      reference: '5.6',
      explanation:
        '`thread.item.added` repeats the id of an item that is still open. Clients show it twice or lose the first one.',
      cause: 'One id for several items, or the event is sent again for each change.',
      fix: {
        python: 'Yield `ThreadItemAddedEvent` once, then `ThreadItemUpdatedEvent`.',
        node: 'Send `thread.item.added` once, then `thread.item.updated`.',
      },
    },
    repeatedDone: {
      title: 'Item is done twice',
      severity: 'warning',
      reference: '5.6',
      explanation:
        'Two `thread.item.done` events of one stream have the same id. The second one replaces the first one.',
      cause: 'One id for several items, or the final event is sent twice.',
      fix: {
        python: 'Yield `ThreadItemDoneEvent` once for each item.',
        node: 'Send `thread.item.done` once for each item.',
      },
    },
    emptyStream: {
      title: 'Stream without any event',
      severity: 'error',
      reference: '5.1',
      explanation:
        'A streaming command is answered with 200 before it runs. The thread or item may not exist, or the server failed: check its log.',
      cause: 'A thread or item that does not exist, or an exception before the first event.',
      fix: {
        python: 'Check the server log for the exception of `process`; yield an `ErrorEvent` for expected errors.',
        node: 'Check the server log; send an `error` event for expected errors.',
      },
    },
    missingStreamOptions: {
      title: 'No stream_options event',
      severity: 'info',
      reference: '5.6',
      explanation:
        '`stream_options` states whether the response can be stopped. Older servers do not send it; Stop is assumed to work.',
      cause: 'An older version or a port.',
      fix: {
        python: 'Update `openai-chatkit`.',
        node: "Send `{ type: 'stream_options', stream_options: { allow_cancel } }` before the answer.",
      },
    },
    streamOptionsLate: {
      title: 'stream_options is late or repeated',
      severity: 'warning',
      reference: '5.6',
      explanation: '`stream_options` is sent once, before the response starts.',
      cause: 'A hand-written stream.',
      fix: {
        python: 'Override `get_stream_options`; do not yield the event from `respond`.',
        node: 'Send the event once, before the answer.',
      },
    },
    threadEventWithItems: {
      title: 'Thread event contains items',
      severity: 'info',
      reference: '5.6',
      explanation: '`items` of `thread.created` and `thread.updated` is empty. The items are ignored.',
      cause: 'The whole stored thread is sent.',
      fix: {
        python: 'Yield `ThreadUpdatedEvent` with an empty `items` page.',
        node: 'Send `items: { data: [], has_more: false }`.',
      },
    },
    eventAfterEnd: {
      title: 'Event after the end marker',
      severity: 'warning',
      reference: '5.1',
      explanation:
        'An event follows `[DONE]`. The protocol has no end marker: the stream ends when the connection closes.',
      cause: 'The marker of a model stream that is passed on.',
      fix: {
        python: 'Do not pass on the raw stream of the model; yield ChatKit events.',
        node: 'Do not pass on the raw stream of the model; send ChatKit events.',
      },
    },
    interruptedStream: {
      title: 'Stream was interrupted',
      severity: 'error',
      reference: '5.1',
      explanation: 'The connection broke before the stream ended. The partial response is shown.',
      cause: 'A timeout of a proxy or worker, or a server process that ended.',
      fix: {
        python: 'Raise the timeouts of the proxy and the worker; check the server log.',
        node: 'Raise the timeouts of the proxy and the server; check the server log.',
      },
    },
  },
} as const satisfies RuleArea;

const typed = {
  python: 'Yield the event models of the library; do not write events by hand.',
  node: 'Send events in the form of section 5.6 of the reference.',
} as const;

export const streamEventsArea = {
  title: 'Shape of stream events',
  rules: {
    eventWithoutType: {
      title: 'Event without a type',
      severity: 'error',
      reference: '5.1',
      explanation: 'The `type` in the JSON decides what an event means. This one has none and is ignored.',
      cause: 'Chunks of a model stream that are passed on.',
      fix: typed,
    },
    unknownEvent: {
      title: 'Unknown type of event',
      severity: 'warning',
      reference: '5.6',
      explanation: 'The protocol does not define this event. ChatKit ignores it.',
      cause: 'A fork of the protocol, or events of the Responses API, such as usage.',
      fix: {
        python: 'Convert the event, for example with `stream_agent_response`, or leave it out.',
        node: 'Convert the event, for example with `streamAgentResponse`, or leave it out.',
      },
    },
    invalidEvent: {
      title: 'Event without a required field',
      severity: 'error',
      reference: '5.6',
      explanation: 'A field that this event needs is missing or has the wrong type. The event is ignored.',
      cause: 'A hand-written event.',
      fix: typed,
    },
    topLevelUpdate: {
      title: 'Update is an event of its own',
      severity: 'error',
      reference: 'C.4',
      explanation:
        'Updates such as text deltas belong into `update` of `thread.item.updated`. At the top level ChatKit ignores them.',
      cause: 'A fork of the protocol.',
      fix: {
        python: 'Yield `ThreadItemUpdatedEvent(item_id=…, update=…)`.',
        node: "Send `{ type: 'thread.item.updated', item_id, update }`.",
      },
    },
    unknownUpdate: {
      title: 'Unknown type of update',
      severity: 'warning',
      reference: '5.7',
      explanation: 'The protocol does not define this update. The item does not change until it is done.',
      cause: 'A newer protocol or a fork.',
      fix: typed,
    },
    invalidUpdate: {
      title: 'Update without a required field',
      severity: 'error',
      reference: '5.7',
      explanation: 'A field of the update, such as `content_index` or `delta`, is missing or has the wrong type.',
      cause: 'A hand-written event.',
      fix: typed,
    },
    updateOfOtherKind: {
      title: 'Update does not fit the item',
      severity: 'error',
      reference: '5.7',
      explanation:
        'Updates of messages, widgets, workflows and images change only items of that kind. The update is lost.',
      cause: 'A wrong `item_id`.',
      fix: typed,
    },
    wrappedEvent: {
      title: 'Event is wrapped in another object',
      severity: 'error',
      reference: '5.1',
      explanation:
        'The event has its name in `event` and its fields in `data`. Clients read `type` and the fields at the top level.',
      cause: 'A streaming helper of a framework.',
      fix: typed,
    },
    eventNameForm: {
      title: 'Event type is written in another form',
      severity: 'error',
      reference: '5.6',
      explanation:
        'Types are written as in `thread.item.added`. A prefix, other separators or a missing first part make an event unknown to clients.',
      cause: 'A serialiser for enumerations, or a shortened name.',
      fix: typed,
    },
    foreignText: {
      title: 'Text in the event of another API',
      severity: 'error',
      reference: 'C.4',
      explanation:
        'The text of an answer is sent in events such as `thread.message.delta`, `response.output_text.delta` or chunks of chat completions. It is shown here as an answer; ChatKit ignores it.',
      cause: 'The stream of a model or of an agent framework that is passed on.',
      fix: {
        python: 'Convert the stream with `stream_agent_response`.',
        node: 'Send `thread.item.added`, then `thread.item.updated` with text deltas, then `thread.item.done`.',
      },
    },
  },
} as const satisfies RuleArea;

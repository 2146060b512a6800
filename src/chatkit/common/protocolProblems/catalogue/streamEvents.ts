import type { RuleArea } from './rule.ts';

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
  },
} as const satisfies RuleArea;

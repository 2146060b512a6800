import type { RuleArea } from './rule.ts';

export const idsArea = {
  title: 'Ids',
  rules: {
    missingId: {
      title: 'Element without an id',
      severity: 'error',
      reference: '5.5',
      explanation: 'Every thread and item has an `id`. Without it, it cannot be opened, updated or replaced.',
      cause: 'A row that is returned before it was saved, or another name such as `_id`.',
      fix: {
        python: 'Create ids with `store.generate_item_id(…)` and `store.generate_thread_id(…)`.',
        node: 'Create ids with `store.generateItemId(…)` and `store.generateThreadId(…)`.',
      },
    },
    numericId: {
      title: 'Id is a number',
      severity: 'warning',
      reference: 'C.2',
      explanation:
        'Ids are strings. A number is read as text here; strict clients and the reference library reject it.',
      cause: 'The key of a database row.',
      fix: { python: 'Convert with `str(row.id)`.', node: 'Convert with `String(row.id)`.' },
    },
    repeatedId: {
      title: 'Several items have the same id',
      severity: 'error',
      reference: 'C.2',
      explanation: 'Different items of one list have the same id. Clients show only one of them.',
      cause: 'A fixed id, or ids that are unique only within one response.',
      fix: {
        python: 'Create each id with `store.generate_item_id(…)`.',
        node: 'Create each id with `store.generateItemId(…)`.',
      },
    },
    placeholderId: {
      title: 'Id is the placeholder of a model adapter',
      severity: 'error',
      reference: 'C.2',
      explanation: 'The id `__fake_id__` is the same for every answer, so each answer replaces the one before.',
      cause: 'The Agents SDK with a chat completions model gives all messages this id.',
      fix: {
        python:
          'Replace the id with `store.generate_item_id("message", …)` in the events of `stream_agent_response`, the same for added, updated and done.',
        node: "Replace the id with `store.generateItemId('message', …)` in the events of `streamAgentResponse`, the same for added, updated and done.",
      },
    },
    idChangedBeforeDone: {
      title: 'Id changes before the item is done',
      severity: 'error',
      reference: 'C.2',
      explanation:
        '`thread.item.done` has another id than `thread.item.added`. Clients show the item twice: once incomplete, once complete.',
      cause: 'A new id is generated when the final item is created.',
      fix: {
        python: 'Create the id once and use it for added, updated and done.',
        node: 'Create the id once and use it for added, updated and done.',
      },
    },
    idReused: {
      title: 'Id of an earlier item is used again',
      severity: 'error',
      reference: 'C.2',
      explanation: 'A new item has the id of an item that is already complete. Clients replace the earlier item.',
      cause: 'Ids that are counted per response, or a fixed id.',
      fix: {
        python: 'Create each id with `store.generate_item_id(…)`.',
        node: 'Create each id with `store.generateItemId(…)`.',
      },
    },
    storedIdDiffers: {
      title: 'Id in the list differs from the stream',
      severity: 'error',
      reference: 'C.2',
      explanation:
        'The item has one id in the stream and another one in the list. Feedback, retry and actions fail after a reload.',
      cause: 'The store creates its own id when it saves the item.',
      fix: {
        python: 'Save `item.id` as it is in `add_thread_item`.',
        node: 'Save `item.id` as it is in `addThreadItem`.',
      },
    },
    otherThreadId: {
      title: 'Item belongs to another thread',
      severity: 'warning',
      reference: '5.5',
      explanation: '`thread_id` differs from the thread that was requested or created.',
      cause: 'A fixed or copied `thread_id`.',
      fix: { python: 'Set `thread_id=thread.id` for every item.', node: 'Set `thread_id: thread.id` for every item.' },
    },
    missingThreadId: {
      title: 'Item without a thread id',
      severity: 'warning',
      reference: '5.5',
      explanation: '`thread_id` is required for every item. The thread of the request is assumed.',
      cause: 'A hand-written item.',
      fix: {
        python: 'Create items with the models of the library; they require `thread_id`.',
        node: 'Set `thread_id: thread.id` for every item.',
      },
    },
  },
} as const satisfies RuleArea;

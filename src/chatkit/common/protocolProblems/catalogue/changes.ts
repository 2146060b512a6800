import type { RuleArea } from './rule.ts';

const store = {
  python:
    'Save threads and items in a store that outlives the request, and find them by the same user in every command.',
  node: 'Save threads and items in a store that outlives the request, and find them by the same user in every command.',
} as const;

export const changesArea = {
  title: 'Deletion, renaming, feedback and state',
  rules: {
    deleteNotConfirmed: {
      title: 'Deletion is not confirmed',
      severity: 'error',
      reference: '3.2',
      explanation: 'The reply has `deleted: false`. The element still exists.',
      cause: 'No permission, or an id that the store does not find.',
      fix: {
        python: 'Raise an error with a reason when the element cannot be deleted.',
        node: 'Return a 4xx status with a reason when the element cannot be deleted.',
      },
    },
    deletedStillListed: {
      title: 'Deleted thread is still listed',
      severity: 'error',
      reference: '5.3',
      explanation: 'The server confirmed the deletion, but a later list contains the thread.',
      cause: 'An empty `delete_thread`, a cache, or a soft deletion that lists do not check.',
      fix: { python: 'Implement `delete_thread` of the store.', node: 'Implement `deleteThread` of the store.' },
    },
    renameReply: {
      title: 'Rename does not return the thread',
      severity: 'warning',
      reference: '5.3',
      explanation: '`threads.update` is answered with the changed thread. The new title cannot be verified.',
      cause: 'A handler that returns `{}`.',
      fix: {
        python: 'Let `ChatKitServer.process(…)` answer the command.',
        node: 'Return the thread after it was saved.',
      },
    },
    renameIgnored: {
      title: 'Rename has no effect',
      severity: 'error',
      reference: '5.3',
      explanation: 'The returned thread does not have the requested title.',
      cause: 'An empty `save_thread`, or a thread that is read before it is saved.',
      fix: { python: 'Save `title` in `save_thread`.', node: 'Save `title` in `saveThread`.' },
    },
    nonEmptyReply: {
      title: 'Reply should be empty',
      severity: 'info',
      reference: '5.3',
      explanation: 'Deletion and feedback are answered with `{}`. Other fields are ignored.',
      cause: 'A handler with its own confirmation, such as `{ "success": true }`.',
      fix: { python: 'Return `result.json`.', node: 'Answer with `res.json({})`.' },
    },
    threadNotStored: {
      title: 'New thread is missing in the list',
      severity: 'error',
      reference: 'C.6',
      explanation: 'The thread of this stream is not in a later list. After a reload the user loses the conversation.',
      cause: 'A store in memory with several workers, or lists that are filtered by another user.',
      fix: store,
    },
    itemNotStored: {
      title: 'Item of the stream is missing in the thread',
      severity: 'error',
      reference: 'C.6',
      explanation: 'The stream completed the item, but the thread does not contain it.',
      cause: 'Events that bypass `ChatKitServer`, which stores items when they are done.',
      fix: store,
    },
    retryKeptItems: {
      title: 'Retry did not delete the later items',
      severity: 'error',
      reference: '5.3',
      explanation:
        '`threads.retry_after_item` deletes everything after the message. Items of the earlier answer are still in the thread.',
      cause: 'An empty `delete_thread_item`, or a store that ignores `order`.',
      fix: {
        python: 'Implement `delete_thread_item`, and honour `order` in `load_thread_items`.',
        node: 'Implement `deleteThreadItem`, and honour `order` in `loadThreadItems`.',
      },
    },
    removedWithoutEvent: {
      title: 'Item was removed without an event',
      severity: 'info',
      reference: '5.3',
      explanation:
        'The item is gone although no `thread.item.removed` event was sent. After a tool output, the reference library removes other pending tool calls in this way.',
      cause: 'Deletion in the store during a response.',
      fix: {
        python: 'Yield `ThreadItemRemovedEvent(item_id=…)` for items that you delete.',
        node: 'Send `thread.item.removed` for items that you delete.',
      },
    },
  },
} as const satisfies RuleArea;

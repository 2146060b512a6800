import type { RuleArea } from './ruleIds.ts';

const descriptor = {
  python: 'Return `AttachmentUploadDescriptor(url=…, method="PUT", headers=…)` from `create_attachment`.',
  node: "Return `upload_descriptor: { url, method: 'PUT', headers }`.",
} as const;

export const attachmentsArea = {
  title: 'Attachments and uploads',
  rules: {
    uploadTargetMissing: {
      title: 'Attachment without an upload address',
      severity: 'error',
      reference: '5.8',
      explanation:
        '`attachments.create` returns the address for the bytes in `upload_descriptor` (older servers: `upload_url`). The file cannot be uploaded.',
      cause: 'A store for direct uploads that is used with two-phase uploads.',
      fix: descriptor,
    },
    uploadUrlInvalid: {
      title: 'Upload address is not a URL',
      severity: 'error',
      reference: '5.5',
      explanation: 'The address to upload to must be complete. A path alone cannot be used.',
      cause: 'A relative path, or a missing public base address.',
      fix: {
        python: 'Build the URL from the public address of the server.',
        node: 'Build the URL from the public address of the server.',
      },
    },
    uploadUrlOldForm: {
      title: 'Upload address has the older form',
      severity: 'info',
      reference: '5.8',
      explanation: '`upload_url` (always POST) was replaced by `upload_descriptor`, which has a method and headers.',
      cause: 'An older version or a port.',
      fix: descriptor,
    },
    uploadMethodCase: {
      title: 'Upload method is in lower case',
      severity: 'warning',
      reference: 'C.7',
      explanation:
        '`method` is `POST` or `PUT`. Some HTTP clients send lower-case methods unchanged, and storage rejects them.',
      cause: 'A hand-written descriptor.',
      fix: descriptor,
    },
    uploadMethodUnknown: {
      title: 'Unknown upload method',
      severity: 'error',
      reference: '5.5',
      explanation: '`method` is `POST` (a form with the field `file`) or `PUT` (the bytes as the body).',
      cause: 'A hand-written descriptor.',
      fix: descriptor,
    },
    uploadHeaderValue: {
      title: 'Upload header value is not text',
      severity: 'warning',
      reference: 'C.7',
      explanation: 'Header values are strings. A number is sent as text; strict clients reject the descriptor.',
      cause: 'A size or limit that is passed on as a number.',
      fix: { python: 'Convert header values with `str(…)`.', node: 'Convert header values with `String(…)`.' },
    },
    uploadRefused: {
      title: 'Storage refused the upload',
      severity: 'error',
      reference: 'C.7',
      explanation:
        'The upload address rejected the file. A signed `PUT` accepts only the bytes and exactly the headers that were signed.',
      cause: 'A signature for another content type, size, method or header, or an expired signature.',
      fix: {
        python: 'Sign the same method and headers that the descriptor contains.',
        node: 'Sign the same method and headers that the descriptor contains.',
      },
    },
    directUploadReply: {
      title: 'Direct upload does not return an attachment',
      severity: 'error',
      reference: '5.8',
      explanation: 'A direct upload is answered with the JSON of the attachment: `id`, `name`, `mime_type` and `type`.',
      cause: 'A reply with the storage key only.',
      fix: {
        python: 'Return the `FileAttachment` or `ImageAttachment` as JSON.',
        node: 'Return the attachment as JSON.',
      },
    },
    imageWithoutPreview: {
      title: 'Image attachment without a preview',
      severity: 'warning',
      reference: '5.5',
      explanation: 'An attachment of type `image` has a `preview_url`. Without it no picture is shown.',
      cause: 'A file that is marked as an image without a URL.',
      fix: {
        python: 'Set `preview_url` of `ImageAttachment`, or use `FileAttachment`.',
        node: "Set `preview_url`, or use `type: 'file'`.",
      },
    },
    attachmentType: {
      title: 'Unknown type of attachment',
      severity: 'warning',
      reference: '5.5',
      explanation: 'Attachments are of type `file` or `image`.',
      cause: 'A MIME type or another word in `type`.',
      fix: { python: 'Use `FileAttachment` or `ImageAttachment`.', node: "Use `type: 'file'` or `type: 'image'`." },
    },
    camelCaseAttachment: {
      title: 'Attachment has camel-case keys',
      severity: 'warning',
      reference: '4.5',
      explanation:
        'The keys are `mime_type`, `preview_url` and `upload_url`. Only an old sample of the hosted upload has `mimeType`.',
      cause: 'A serialiser that converts names, or a copied sample.',
      fix: { python: 'Serialise without aliases.', node: 'Use snake-case keys.' },
    },
  },
} as const satisfies RuleArea;

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

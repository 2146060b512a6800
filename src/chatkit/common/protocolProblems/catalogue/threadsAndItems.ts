import type { RuleArea } from './ruleIds.ts';

export const contentArea = {
  title: 'Content of items',
  rules: {
    contentAsText: {
      title: 'Content of a message is text',
      severity: 'error',
      reference: 'C.7',
      explanation: '`content` of a message is a list of parts. The text is shown here; ChatKit does not show it.',
      cause: 'A chat completions message that is passed on.',
      fix: {
        python: 'Use `content=[AssistantMessageContent(text=…)]`.',
        node: "Use `content: [{ type: 'output_text', text, annotations: [] }]`.",
      },
    },
    unknownContentPart: {
      title: 'Unknown part of a message',
      severity: 'warning',
      reference: '5.5',
      explanation: 'Parts of an answer are `output_text`; parts of a user message are `input_text` and `input_tag`.',
      cause: 'Parts of another API, such as `text`, `image_url` or `refusal`.',
      fix: {
        python: 'Convert the part to `AssistantMessageContent` or to an item of its own.',
        node: 'Convert the part to `output_text` or to an item of its own.',
      },
    },
    quotedTextPart: {
      title: 'Quoted text is a content part',
      severity: 'warning',
      reference: '5.11',
      explanation:
        'Self-hosted servers send quoted text in the field `quoted_text` of the message; only the REST API uses a part.',
      cause: 'Items of the REST API that are passed on.',
      fix: { python: 'Set `quoted_text` of `UserMessageItem`.', node: 'Set `quoted_text` of the user message.' },
    },
    invalidAnnotation: {
      title: 'Annotation cannot be read',
      severity: 'warning',
      reference: '5.5',
      explanation:
        'An annotation is `{ type: "annotation", source, index? }`. The annotation is not shown; the message is.',
      cause: 'An annotation of the Responses API that is passed on.',
      fix: {
        python: 'Convert to `Annotation(source=URLSource(…), index=…)`.',
        node: "Convert to `{ type: 'annotation', source: { type: 'url', title, url }, index }`.",
      },
    },
    unknownTaskType: {
      title: 'Unknown type of task',
      severity: 'warning',
      reference: 'C.7',
      explanation:
        'Tasks are `custom`, `web_search`, `thought`, `file` or `image`. The task is shown with the fields that it has.',
      cause: 'A fork of the protocol, or tool names that are used as types.',
      fix: {
        python: 'Use `CustomTask(title=…, icon=…, content=…)`.',
        node: "Use `{ type: 'custom', title, icon, content }`.",
      },
    },
    unknownTaskStatus: {
      title: 'Unknown status of a task',
      severity: 'warning',
      reference: '5.5',
      explanation: '`status_indicator` is `none`, `loading` or `complete`.',
      cause: 'A status of the agent framework, such as `running`.',
      fix: { python: 'Map the status to `loading` or `complete`.', node: 'Map the status to `loading` or `complete`.' },
    },
    workflowSummary: {
      title: 'Summary of a workflow cannot be read',
      severity: 'warning',
      reference: '5.5',
      explanation: 'A summary is `{ title, icon? }` or `{ duration }` in whole seconds.',
      cause: 'A text in place of an object.',
      fix: {
        python: 'Use `CustomSummary(title=…)` or `DurationSummary(duration=…)`.',
        node: 'Use `{ title }` or `{ duration }`.',
      },
    },
    leakedHiddenItem: {
      title: 'Hidden item is sent to the client',
      severity: 'error',
      reference: '5.5',
      explanation:
        '`hidden_context_item` and `sdk_hidden_context` are for the model only. Everyone who uses the page can read them.',
      cause: 'A server that returns stored items without filtering them.',
      fix: {
        python: 'Return items through `ChatKitServer`, which filters hidden items.',
        node: 'Filter both types out of pages, threads and events.',
      },
    },
    attachmentMetadata: {
      title: 'Response contains attachment metadata',
      severity: 'info',
      reference: '5.2',
      explanation: '`metadata` of an attachment is not meant for clients; the reference library removes it.',
      cause: 'A port or server that returns the stored attachment as it is.',
      fix: {
        python: 'Return attachments through `ChatKitServer`.',
        node: 'Remove `metadata` before the attachment is sent.',
      },
    },
  },
} as const satisfies RuleArea;

const models = {
  python: 'Create threads and items with the models of the library instead of dictionaries.',
  node: 'Use the types of the library or the reference, and check the JSON that is sent.',
} as const;

export const threadsAndItemsArea = {
  title: 'Threads and items',
  rules: {
    missingStatus: {
      title: 'Thread without a status',
      severity: 'warning',
      reference: '5.4',
      explanation: '`status` is required: `{ type: "active" }`, `locked` or `closed`.',
      cause: 'A hand-written thread.',
      fix: { python: 'Use `ThreadMetadata`; its default status is active.', node: "Set `status: { type: 'active' }`." },
    },
    statusAsText: {
      title: 'Status of a thread is text',
      severity: 'warning',
      reference: '5.4',
      explanation: 'The status of a thread is an object with `type`, not the word alone.',
      cause: 'The status column of a database.',
      fix: {
        python: 'Use `ActiveStatus()`, `LockedStatus(reason=…)` or `ClosedStatus(reason=…)`.',
        node: 'Send `{ type: status, reason }`.',
      },
    },
    unknownStatus: {
      title: 'Unknown thread status',
      severity: 'warning',
      reference: '5.4',
      explanation:
        'The status is none of `active`, `locked` and `closed`. Clients do not know whether input is allowed.',
      cause: 'A status of the application, such as `archived`.',
      fix: {
        python: 'Map the status to `active`, `locked` or `closed` with a `reason`.',
        node: 'Map the status to `active`, `locked` or `closed` with a `reason`.',
      },
    },
    titleNotText: {
      title: 'Thread title is not text',
      severity: 'warning',
      reference: '5.4',
      explanation: '`title` is a string, `null` or absent.',
      cause: 'A structured result of the model that is stored as the title.',
      fix: { python: 'Store the text of the title only.', node: 'Store the text of the title only.' },
    },
    threadMetadata: {
      title: 'Response contains thread metadata',
      severity: 'info',
      reference: '5.2',
      explanation: 'The stored `metadata` of a thread is not meant for clients; the reference library sends `{}`.',
      cause: 'A port or server that returns the stored thread as it is.',
      fix: {
        python: 'Return threads through `ChatKitServer`, which leaves `metadata` out.',
        node: 'Replace `metadata` with `{}` before the thread is sent.',
      },
    },
    imageDomainsShape: {
      title: 'allowed_image_domains is not a list of hosts',
      severity: 'warning',
      reference: '5.4',
      explanation:
        '`allowed_image_domains` is a list of host names. It is ignored here, so images may be blocked or loaded by mistake.',
      cause: 'One text in place of a list.',
      fix: models,
    },
    invalidElement: {
      title: 'Element of a list is not an object',
      severity: 'error',
      reference: '5.4',
      explanation: 'Lists contain threads or items. This element is a text, a number or null and is not shown.',
      cause: 'A list of ids in place of elements.',
      fix: models,
    },
    missingItemType: {
      title: 'Item without a type',
      severity: 'error',
      reference: '5.5',
      explanation: 'The `type` of an item decides how it is read. Without it only its JSON can be shown.',
      cause: 'An item of the Responses API or of a database that is passed on.',
      fix: models,
    },
    unknownItemType: {
      title: 'Unknown type of item',
      severity: 'warning',
      reference: '5.5',
      explanation: 'The protocol does not define this type of item. ChatKit does not show it.',
      cause: 'A newer protocol, a fork, or an item of another API.',
      fix: {
        python: 'Convert the item to a type of the protocol, or do not store it in the thread.',
        node: 'Convert the item to a type of the protocol, or do not store it in the thread.',
      },
    },
    prefixedType: {
      title: 'Item type has the form of the other API',
      severity: 'warning',
      reference: '5.11',
      explanation: 'Types of the REST API have the prefix `chatkit.`; those of self-hosted servers do not.',
      cause: 'Items of one API that are passed on by the other.',
      fix: {
        python: 'Convert the items: types, times, widgets and tool calls differ.',
        node: 'Convert the items: types, times, widgets and tool calls differ.',
      },
    },
    missingField: {
      title: 'Required field is missing',
      severity: 'error',
      reference: '5.5',
      explanation: 'A field that the protocol requires is missing. The part that needs it is not shown.',
      cause: 'A hand-written item, or an encoder that drops empty lists and objects.',
      fix: models,
    },
    wrongFieldType: {
      title: 'Field has the wrong type',
      severity: 'error',
      reference: '5.5',
      explanation:
        'The value of a field has another type than the protocol defines. The part that needs it is not shown.',
      cause: 'A hand-written item.',
      fix: models,
    },
    fieldNameCase: {
      title: 'Field names are in another case',
      severity: 'error',
      reference: '5.5',
      explanation:
        'The names of the protocol are in snake case, such as `created_at` and `thread_id`. Clients do not find `createdAt`, so the time, the thread and the updates of an item are lost.',
      cause: 'A serialiser that converts names: the default of many frameworks for .NET, Java, Go and Node.',
      fix: {
        python: 'Serialise with the models of the library, without an alias generator.',
        node: 'Send the objects with `JSON.stringify`, without a key transform.',
      },
    },
    flatItem: {
      title: 'Fields of a part are in the item itself',
      severity: 'error',
      reference: '5.5',
      explanation:
        'A workflow, task, widget or image is an object inside its item, and the text of a message is in the parts of its `content`. Clients read only these, so an item with `tasks`, `title`, `children`, `url` or `text` at its top level is empty for them.',
      cause: 'A database row or a model of another API that is sent as the item.',
      fix: {
        python:
          'Use the item models of the library: `WorkflowItem(workflow=…)`, `TaskItem(task=…)`, `WidgetItem(widget=…)`.',
        node: 'Nest the fields: `{ type: "task", task: { type: "custom", title } }`.',
      },
    },
    otherFieldName: {
      title: 'Field has another name',
      severity: 'error',
      reference: '5.5',
      explanation:
        'A field has the name of another API, such as `args` for `arguments`, `label` for `question` or `timestamp` for `created_at`. It is read here; ChatKit does not find it.',
      cause: 'A database row, or a model of another API, that is sent as the item.',
      fix: models,
    },
    valueForm: {
      title: 'Value is written in another form',
      severity: 'error',
      reference: '5.5',
      explanation:
        'A field with a fixed set of values has one of them in another case, such as `COMPLETED` or `OutputText`. It is read here; ChatKit compares the exact value.',
      cause: 'An enum of Java, C# or Go that is serialised with the names of its members.',
      fix: {
        python: 'Return the models of `chatkit.types`; they have the exact values.',
        node: 'Send the values as the protocol has them: lower case, with underscores.',
      },
    },
  },
} as const satisfies RuleArea;

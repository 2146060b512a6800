import type { RuleArea } from './rule.ts';

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
  },
} as const satisfies RuleArea;

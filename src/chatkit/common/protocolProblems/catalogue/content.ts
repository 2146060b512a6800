import type { RuleArea } from './rule.ts';

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

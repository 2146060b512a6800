// Deviations of items, forms and widgets.
import type { Json, JsonObject } from '../../../../src/base/common/json.ts';
import {
  deviation,
  object,
  listOf,
  without,
  inItems,
  inFirst,
  inWidget,
  inWorkflow,
  inTask,
  camel,
} from './builders.ts';
import type { Deviation } from './server.ts';

const rowNames = ['id', 'thread_id', 'created_at', 'timestamp', 'type'];
const rowOf = (item: JsonObject): JsonObject =>
  Object.fromEntries(rowNames.flatMap((name) => (name in item ? [[name, item[name] as Json]] : [])));

export const ofItems: readonly Deviation[] = [
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
  deviation('items', 'an annotation of the Responses API', 'invalidAnnotation', {
    items: inItems('assistant_message', (item) =>
      inFirst(item, 'content', (part) => ({
        ...part,
        annotations: [{ type: 'url_citation', url: 'https://example.com', title: 'A', start_index: 0, end_index: 3 }],
      })),
    ),
  }),
  deviation('items', 'text in an object', 'wrongFieldType', {
    items: inItems('assistant_message', (item) =>
      inFirst(item, 'content', (part) => ({ ...part, text: { value: part['text'] as Json, annotations: [] } })),
    ),
  }),
  deviation('items', 'types in another case', 'unknownItemType', {
    items: inItems('assistant_message', (item) => ({ ...item, type: 'AssistantMessage' })),
  }),
  deviation('items', 'values in another case', 'valueForm', {
    items: (items) =>
      items.map((item) =>
        JSON.parse(
          JSON.stringify(item).replace(
            /"(?:completed?|custom|thought|answered|(?:out|in)put_text|url)"(?!:)/g,
            (value) => value.toUpperCase(),
          ),
        ),
      ),
  }),
  deviation('items', 'values as names of classes', 'valueForm', {
    items: (items) =>
      items.map((item) =>
        JSON.parse(
          JSON.stringify(item)
            .replaceAll('"input_text"', '"InputText"')
            .replaceAll('"output_text"', '"OutputText"')
            .replaceAll('"multiple_choice"', '"MultipleChoice"'),
        ),
      ),
  }),
  deviation('items', 'other names in a task', 'otherFieldName', {
    items: inTask(({ title, ...task }) => ({ ...task, name: title as Json })),
  }),
  ...['$type', 'kind', 'item_type'].map((name) =>
    deviation('items', `the type as ${name}`, 'otherFieldName', {
      items: inItems(null, ({ type, ...item }) => ({ ...item, [name]: type as Json })),
    }),
  ),
  deviation('items', 'fields in a payload', 'otherFieldName', {
    items: inItems(null, (item) => ({ ...rowOf(item), payload: without(item, ...rowNames) })),
  }),
  deviation('items', 'fields in the text of a column', 'doubleEncodedJson', {
    items: inItems(null, (item) => ({ ...rowOf(item), data: JSON.stringify(without(item, ...rowNames)) })),
  }),
  deviation('items', 'the item in a row', 'otherFieldName', {
    items: inItems(null, (item) => ({ ...without(rowOf(item), 'type'), item })),
  }),
  deviation('items', 'the role of another model', 'missingItemType', {
    items: inItems('assistant_message', ({ content, ...item }) => ({
      ...without(item, 'type'),
      role: 'model',
      parts: content as Json,
    })),
  }),
  deviation('items', 'content that is JSON text', 'doubleEncodedJson', {
    items: inItems('assistant_message', (item) => ({ ...item, content: JSON.stringify(item['content']) })),
  }),
  deviation('items', 'parts in an object', 'otherFieldName', {
    items: inItems('assistant_message', (item) => ({ ...item, content: { parts: item['content'] as Json } })),
  }),
  deviation('items', 'parts without a type', 'missingField', {
    items: inItems('user_message', (item) => inFirst(item, 'content', (part) => without(part, 'type'))),
  }),
  deviation('items', 'parts with a value', 'otherFieldName', {
    items: inItems('assistant_message', (item) =>
      inFirst(item, 'content', ({ text, ...part }) => ({ ...part, value: text as Json })),
    ),
  }),
  deviation('items', 'tasks that are JSON text', 'doubleEncodedJson', {
    items: inWorkflow((workflow) => ({ ...workflow, tasks: JSON.stringify(workflow['tasks']) })),
  }),
  deviation('items', 'steps of a workflow', 'otherFieldName', {
    items: inWorkflow(({ tasks, ...workflow }) => ({ ...workflow, steps: tasks as Json })),
  }),
  deviation('items', 'attachments of another API', 'otherFieldName', {
    items: inItems('user_message', (item) =>
      inFirst(item, 'attachments', ({ name, mime_type: type, ...file }) => ({
        ...file,
        filename: name as Json,
        content_type: type as Json,
      })),
    ),
  }),
  deviation('items', 'attachments that are ids', 'invalidElement', {
    items: inItems('user_message', (item) => ({ ...item, attachments: ['a.png'] })),
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
    items: inItems('widget', (item) => {
      const { children } = object(item['widget']);
      // Text has no children.
      return children === undefined ? item : { ...without(item, 'widget'), children };
    }),
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
  deviation('tools', 'a call that was left behind', 'toolCallLeftBehind', {
    items: inItems('client_tool_call', (item) => ({ ...without(item, 'output'), status: 'pending' })),
  }),
  deviation('tools', 'a call of the chat completions API', 'otherFieldName', {
    items: inItems('client_tool_call', ({ name, arguments: args, ...item }) => ({
      ...item,
      function: { name: name as Json, arguments: args as Json },
    })),
  }),
  deviation('tools', 'fields of a form', 'otherFieldName', {
    items: inItems('structured_input', ({ inputs, ...item }) => ({ ...item, fields: inputs as Json })),
  }),
  deviation('tools', 'options by value', 'formOptions', {
    items: inItems('structured_input', (item) =>
      inFirst(item, 'inputs', (input) => ({ ...input, options: { x: 'The first', y: 'The second' } })),
    ),
  }),
  deviation('tools', 'other names in a call', 'otherFieldName', {
    items: inItems('client_tool_call', ({ name, arguments: args, ...item }) => ({
      ...item,
      tool_name: name as Json,
      args: args as Json,
    })),
  }),
  deviation('tools', 'other names in a form', 'otherFieldName', {
    items: inItems('structured_input', (item) =>
      inFirst(item, 'inputs', ({ question, ...input }) => ({ ...input, label: question as Json })),
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
];

import * as z from 'zod';
import type { Json } from '../../../../base/common/json.ts';
import type { InferenceOptions, UserContent } from '../../model/content.ts';
import type {
  StructuredInputField,
  StructuredInputItem,
  ThreadItem,
  UserMessageItem,
  WidgetItem,
} from '../../model/item.ts';
import {
  attachmentSchema,
  clientToolCallSchema,
  inferenceOptionsSchema,
  toAttachment,
  toClientToolCall,
} from '../sharedItems.ts';
import { type ItemContext, baseOf, itemBaseShape } from '../itemBase.ts';
import { parseJsonText } from '../../../../base/common/parseJson.ts';
import { type ItemProtocol, itemReader, readItem } from '../itemReader.ts';
import { prepareItem } from '../prepareItem.ts';
import { withItemType, withProtocolKeys } from '../protocolNames.ts';
import { type Reading, plainReading } from '../reading.ts';
import {
  assistantMessageSchema,
  generatedImageSchema,
  taskItemSchema,
  toAssistantMessage,
  toGeneratedImage,
  toTaskItem,
  toWorkflowItem,
  workflowItemSchema,
} from './itemParts.ts';
import { checkItem } from './checkItem.ts';

const contentSchema = z.object({
  type: z.string(),
  text: z.string().nullish(),
  id: z.string().nullish(),
  group: z.string().nullish(),
  data: z.unknown().optional(),
});

/** `user_message` (chatkit-api 5.5): tags in the content, and the quote in a separate field. */
const userMessageSchema = z.object({
  ...itemBaseShape,
  type: z.string(),
  content: z.array(contentSchema),
  attachments: z.array(attachmentSchema).nullish(),
  quoted_text: z.string().nullish(),
  inference_options: inferenceOptionsSchema.nullish(),
});

function toUserMessage(wire: z.output<typeof userMessageSchema>, context: ItemContext): UserMessageItem {
  const rawContent = (context.raw as { content: readonly Json[] }).content;
  const content = wire.content.map((part, index) => toUserContent(part, rawContent[index] ?? null));
  // Hosted clients send an empty quote for none.
  const quote = wire.quoted_text ? [{ type: 'quote', text: wire.quoted_text } as const] : [];
  const { id, threadId, createdAt, raw, zone } = baseOf(wire, context);
  return {
    kind: 'user_message',
    id,
    threadId,
    createdAt,
    raw,
    content: [...quote, ...content],
    attachments: wire.attachments?.map(toAttachment) ?? [],
    inference: toInferenceOptions(wire.inference_options),
    ...zone,
  };
}

/** Those of other APIs are reported as unknown, and shown as what they are. */
const textTypes: ReadonlySet<string> = new Set(['input_text', 'text', 'output_text', 'paragraph', 'markdown']);

function toUserContent(wire: z.output<typeof contentSchema>, raw: Json): UserContent {
  if (typeof wire.text === 'string') {
    if (textTypes.has(wire.type)) return { type: 'text', text: wire.text };
    if (wire.type === 'quoted_text') return { type: 'quote', text: wire.text };
    if (wire.type === 'input_tag') {
      const { id, text, group } = wire;
      return { type: 'tag', id: id ?? '', text, group: group ?? null, data: (wire.data ?? {}) as Json };
    }
  }
  return { type: 'unknown', wireType: wire.type, value: raw };
}

/** An empty object is the same as no options. */
function toInferenceOptions(wire: z.output<typeof inferenceOptionsSchema> | null | undefined): InferenceOptions | null {
  const model = wire?.model ?? null;
  const toolChoice = wire?.tool_choice?.id ?? null;
  return model === null && toolChoice === null ? null : { model, toolChoice };
}

const fieldSchema = z.object({
  type: z.string(),
  id: z.string(),
  question: z.string(),
  description: z.string().nullish(),
  options: z.array(z.object({ value: z.string() })).nullish(),
  multiple: z.boolean().nullish(),
  answer: z.object({ values: z.array(z.string()).nullish(), skipped: z.boolean().nullish() }).nullish(),
});

/** `structured_input` (chatkit-api 5.5): a form in the middle of the conversation. */
const structuredInputSchema = z.object({
  ...itemBaseShape,
  type: z.string(),
  status: z.string(),
  inputs: z.array(fieldSchema),
});

function toStructuredInput(wire: z.output<typeof structuredInputSchema>, context: ItemContext): StructuredInputItem {
  const { status } = wire;
  const known = status === 'pending' || status === 'answered' || status === 'skipped';
  const { id, threadId, createdAt, raw, zone } = baseOf(wire, context);
  return {
    kind: 'structured_input',
    id,
    threadId,
    createdAt,
    raw,
    status: known ? status : 'unknown',
    inputs: wire.inputs.map(toField),
    ...zone,
  };
}

function toField(wire: z.output<typeof fieldSchema>): StructuredInputField {
  return {
    id: wire.id,
    question: wire.question,
    type: wire.type === 'multiple_choice' || wire.type === 'freeform' ? wire.type : 'unknown',
    description: wire.description ?? null,
    options: wire.options?.map(({ value }) => value) ?? [],
    multiple: wire.multiple ?? false,
    answer: wire.answer ? { values: wire.answer.values ?? [], skipped: wire.answer.skipped ?? false } : null,
  };
}

/** `widget` (chatkit-api 5.5): a real object here, but JSON text is read as well. */
const widgetSchema = z.object({
  ...itemBaseShape,
  type: z.string(),
  widget: z.unknown().optional(),
  copy_text: z.string().nullish(),
});

function toWidget(wire: z.output<typeof widgetSchema>, context: ItemContext): WidgetItem {
  const { id, threadId, createdAt, raw, zone } = baseOf(wire, context);
  return {
    kind: 'widget',
    id,
    threadId,
    createdAt,
    raw,
    widget: parseJsonText(wire.widget),
    copyText: wire.copy_text ?? null,
    ...zone,
  };
}

const readers: ItemProtocol['readers'] = new Map(
  Object.entries({
    user_message: itemReader(userMessageSchema, toUserMessage),
    assistant_message: itemReader(assistantMessageSchema, toAssistantMessage),
    widget: itemReader(widgetSchema, toWidget),
    // Differs from the hosted one only in that arguments and output are values, which its reader takes as well.
    client_tool_call: itemReader(clientToolCallSchema, toClientToolCall),
    task: itemReader(taskItemSchema, toTaskItem),
    workflow: itemReader(workflowItemSchema, toWorkflowItem),
    generated_image: itemReader(generatedImageSchema, toGeneratedImage),
    structured_input: itemReader(structuredInputSchema, toStructuredInput),
  }),
);

const protocol: ItemProtocol = { readers, prefixed: false, prepare: prepareItem, check: checkItem };

/**
 * One thread item of a self-hosted server (chatkit-api 5.5) as our model, in either dialect: nulls left out or written,
 * times naive or zoned. Never throws: see `readItem`. Markers such as `end_of_turn` become `unknown` items too.
 */
export function toServerItem(raw: Json, threadId: string, reading: Reading = plainReading): ThreadItem {
  const keyed = withItemType(withProtocolKeys(raw, reading.report), reading.report);
  const item = readItem(protocol, { raw: keyed, threadId, reading });
  return keyed === raw ? item : { ...item, raw };
}

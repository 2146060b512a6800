import * as z from 'zod';
import { none } from '../../../base/common/lists.ts';
import { parseJsonText } from '../../../base/common/parseJson.ts';
import type { ClientToolCallItem, UserMessageItem } from '../model/item.ts';
import type { Json } from '../../../base/common/json.ts';
import type { Attachment, InferenceOptions, UserContent } from '../model/content.ts';
import { type ItemContext, baseOf, itemBaseShape } from './itemBase.ts';

/** `ChatKitClientToolCall` (chatkit-api 4.3): `arguments` and `output` are JSON text. */
export const clientToolCallSchema = z.object({
  ...itemBaseShape,
  type: z.string(),
  status: z.string(),
  call_id: z.string().nullish(),
  name: z.string(),
  arguments: z.unknown().optional(),
  output: z.unknown().optional(),
});

/** Reads a `client_tool_call` (chatkit-api 4.3 and 5.5). Arguments and output that are not JSON remain text. */
export function toClientToolCall(
  wire: z.output<typeof clientToolCallSchema>,
  context: ItemContext,
): ClientToolCallItem {
  const { id, threadId, createdAt, raw, zone } = baseOf(wire, context);
  return {
    kind: 'client_tool_call',
    id,
    threadId,
    createdAt,
    raw,
    status: toolCallStatus(wire.status),
    wireStatus: wire.status,
    callId: wire.call_id ?? null,
    name: wire.name,
    arguments: parseJsonText(wire.arguments),
    output: parseJsonText(wire.output),
    ...zone,
  };
}

/** REST sends `in_progress`, self-hosted servers send `pending`. */
function toolCallStatus(wireStatus: string): ClientToolCallItem['status'] {
  if (wireStatus === 'in_progress' || wireStatus === 'pending') return 'open';
  return wireStatus === 'completed' ? 'completed' : 'unknown';
}

export const userContentSchema = z.object({ type: z.string(), text: z.string().nullish() });

export const attachmentSchema = z.object({
  type: z.string(),
  id: z.string(),
  name: z.string().nullish(),
  mime_type: z.string().nullish(),
  preview_url: z.string().nullish(),
});

export const inferenceOptionsSchema = z.object({
  model: z.string().nullish(),
  tool_choice: z.object({ id: z.string() }).nullish(),
});

/** `ChatKitThreadUserMessageItem` (chatkit-api 4.1). */
export const userMessageSchema = z.object({
  ...itemBaseShape,
  type: z.string(),
  content: z.array(userContentSchema),
  attachments: z.array(attachmentSchema).nullish(),
  inference_options: inferenceOptionsSchema.nullish(),
});

/** Reads the `user_message` of hosted ChatKit (chatkit-api 4.1). Content of unknown types keeps its JSON. */
export function toUserMessage(wire: z.output<typeof userMessageSchema>, context: ItemContext): UserMessageItem {
  const rawContent = (context.raw as { content: readonly Json[] }).content;
  const { id, threadId, createdAt, raw, zone } = baseOf(wire, context);
  return {
    kind: 'user_message',
    id,
    threadId,
    createdAt,
    raw,
    content: wire.content.map((part, index) => toUserContent(part, rawContent[index] ?? null)),
    attachments: wire.attachments?.length ? wire.attachments.map(toAttachment) : none,
    inference: wire.inference_options ? toInferenceOptions(wire.inference_options) : null,
    ...zone,
  };
}

function toUserContent({ type, text }: z.output<typeof userContentSchema>, raw: Json): UserContent {
  if (typeof text === 'string') {
    if (type === 'input_text') return { type: 'text', text };
    if (type === 'quoted_text') return { type: 'quote', text };
  }
  return { type: 'unknown', wireType: type, value: raw };
}

/** Reads an attachment of a user message (chatkit-api 4.1). Absent texts are empty. */
export function toAttachment(wire: z.output<typeof attachmentSchema>): Attachment {
  return {
    id: wire.id,
    type: wire.type,
    name: wire.name ?? '',
    mimeType: wire.mime_type ?? '',
    previewUrl: wire.preview_url ?? null,
  };
}

function toInferenceOptions(wire: z.output<typeof inferenceOptionsSchema>): InferenceOptions {
  return { model: wire.model ?? null, toolChoice: wire.tool_choice?.id ?? null };
}

import * as z from 'zod';
import type { Json } from '../../../../base/common/json.ts';
import type { InferenceOptions, UserContent } from '../../model/content.ts';
import type { UserMessageItem } from '../../model/item.ts';
import { attachmentSchema, inferenceOptionsSchema, toAttachment } from '../openai/userMessage.ts';
import { baseOf, itemBaseShape, type ItemContext } from '../itemBase.ts';

const contentSchema = z.object({
  type: z.string(),
  text: z.string().nullish(),
  id: z.string().nullish(),
  group: z.string().nullish(),
  data: z.unknown().optional(),
});

/** `user_message` (chatkit-api 5.5): tags in the content, and the quote in a separate field. */
export const userMessageSchema = z.object({
  ...itemBaseShape,
  type: z.string(),
  content: z.array(contentSchema),
  attachments: z.array(attachmentSchema).nullish(),
  quoted_text: z.string().nullish(),
  inference_options: inferenceOptionsSchema.nullish(),
});

export function toUserMessage(wire: z.output<typeof userMessageSchema>, context: ItemContext): UserMessageItem {
  const rawContent = (context.raw as { content: readonly Json[] }).content;
  const content = wire.content.map((part, index) => toUserContent(part, rawContent[index] ?? null));
  // Hosted clients send an empty quote for none.
  const quote = wire.quoted_text ? [{ type: 'quote', text: wire.quoted_text } as const] : [];
  return {
    kind: 'user_message',
    ...baseOf(wire, context),
    content: [...quote, ...content],
    attachments: wire.attachments?.map(toAttachment) ?? [],
    inference: toInferenceOptions(wire.inference_options),
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

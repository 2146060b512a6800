import * as z from 'zod';
import type { Json } from '../../../../base/common/json.ts';
import type { AssistantPart } from '../../model/content.ts';
import type { AssistantMessageItem } from '../../model/item.ts';
import { baseOf, itemBaseShape, type ItemContext } from '../itemBase.ts';
import { annotationSchema, toAnnotation } from './source.ts';

export const assistantPartSchema = z.object({
  type: z.string().nullish(),
  text: z.string().nullish(),
  annotations: z.array(annotationSchema).nullish(),
});

/** `assistant_message` (chatkit-api 5.5). */
export const assistantMessageSchema = z.object({
  ...itemBaseShape,
  type: z.string(),
  content: z.array(assistantPartSchema),
});

export function toAssistantMessage(
  wire: z.output<typeof assistantMessageSchema>,
  context: ItemContext,
): AssistantMessageItem {
  const rawContent = (context.raw as { content: readonly Json[] }).content;
  return {
    kind: 'assistant_message',
    ...baseOf(wire, context),
    parts: wire.content.map((part, index) => toAssistantPart(part, rawContent[index] ?? null)),
  };
}

/** One part of an answer; `raw`: its own JSON. */
export function toAssistantPart(wire: z.output<typeof assistantPartSchema>, raw: Json): AssistantPart {
  const rawAnnotations = (raw as { readonly annotations?: readonly Json[] }).annotations;
  const annotations = (wire.annotations ?? []).map((annotation, index) =>
    toAnnotation(annotation, rawAnnotations?.[index] ?? null),
  );
  const part = { text: wire.text ?? '', annotations };
  const known = (wire.type ?? 'output_text') === 'output_text' && typeof wire.text === 'string';
  return known ? part : { ...part, unknown: { wireType: wire.type ?? null, value: raw } };
}

import * as z from 'zod';
import type { Json } from '../../../../base/common/json.ts';
import type { Annotation, AssistantPart } from '../../model/content.ts';
import type { AssistantMessageItem } from '../../model/item.ts';
import { baseOf, itemBaseShape, type ItemContext } from '../itemBase.ts';

export const annotationSchema = z.object({
  type: z.string(),
  source: z.object({ type: z.string(), url: z.string().nullish(), filename: z.string().nullish() }).nullish(),
});

/** `ChatKitResponseOutputText` (chatkit-api 4.2); a part of a newer type can lack the text. */
export const outputTextSchema = z.object({
  type: z.string(),
  text: z.string().nullish(),
  annotations: z.array(annotationSchema).nullish(),
});

/** `ChatKitThreadAssistantMessageItem` (chatkit-api 4.2). */
export const assistantMessageSchema = z.object({
  ...itemBaseShape,
  type: z.string(),
  content: z.array(outputTextSchema),
});

export function toAssistantMessage(
  wire: z.output<typeof assistantMessageSchema>,
  context: ItemContext,
): AssistantMessageItem {
  const rawContent = (context.raw as { content: readonly Json[] }).content;
  return {
    kind: 'assistant_message',
    ...baseOf(wire, context),
    parts: wire.content.map((part, index) => toPart(part, rawContent[index] ?? null)),
  };
}

function toPart(wire: z.output<typeof outputTextSchema>, raw: Json): AssistantPart {
  const rawAnnotations = (raw as { annotations?: readonly Json[] }).annotations;
  const annotations = wire.annotations?.map((annotation, index) =>
    toAnnotation(annotation, rawAnnotations?.[index] ?? null),
  );
  const part = { text: wire.text ?? '', annotations: annotations ?? [] };
  const known = wire.type === 'output_text' && typeof wire.text === 'string';
  return known ? part : { ...part, unknown: { wireType: wire.type, value: raw } };
}

/** REST sources carry neither title nor place in the text. */
const common = { title: null, description: null, timestamp: null, group: null } as const;

function toAnnotation({ type, source }: z.output<typeof annotationSchema>, raw: Json): Annotation {
  if (source?.type === 'url' && typeof source.url === 'string') {
    return { index: null, source: { type: 'url', url: source.url, attribution: null, ...common } };
  }
  if (source?.type === 'file' && typeof source.filename === 'string') {
    return { index: null, source: { type: 'file', filename: source.filename, ...common } };
  }
  return { index: null, source: { type: 'unknown', wireType: source?.type ?? type, value: raw, ...common } };
}

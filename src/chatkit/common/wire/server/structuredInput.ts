import * as z from 'zod';
import type { StructuredInputField, StructuredInputItem } from '../../model/item.ts';
import { baseOf, itemBaseShape, type ItemContext } from '../itemBase.ts';

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
export const structuredInputSchema = z.object({
  ...itemBaseShape,
  type: z.string(),
  status: z.string(),
  inputs: z.array(fieldSchema),
});

export function toStructuredInput(
  wire: z.output<typeof structuredInputSchema>,
  context: ItemContext,
): StructuredInputItem {
  const { status } = wire;
  const known = status === 'pending' || status === 'answered' || status === 'skipped';
  return {
    kind: 'structured_input',
    ...baseOf(wire, context),
    status: known ? status : 'unknown',
    inputs: wire.inputs.map(toField),
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

import * as z from 'zod';
import type { GeneratedImageItem } from '../../model/item.ts';
import { baseOf, itemBaseShape, type ItemContext } from '../itemBase.ts';

export const imageSchema = z.object({ id: z.string().nullish(), url: z.string() });

/** `generated_image` (chatkit-api 5.5): without an image until it is produced. */
export const generatedImageSchema = z.object({ ...itemBaseShape, type: z.string(), image: imageSchema.nullish() });

export function toGeneratedImage(
  wire: z.output<typeof generatedImageSchema>,
  context: ItemContext,
): GeneratedImageItem {
  return {
    kind: 'generated_image',
    ...baseOf(wire, context),
    image: wire.image ? toImage(wire.image) : null,
    progress: null,
  };
}

export function toImage(wire: z.output<typeof imageSchema>): { readonly id: string; readonly url: string } {
  return { id: wire.id ?? '', url: wire.url };
}

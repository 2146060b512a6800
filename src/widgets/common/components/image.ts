import * as z from 'zod';
import { isImageSource } from '../grammar/imageSource.ts';
import { backgroundColour, flag, flex } from './fields.ts';
import { block } from './groups.ts';
import { component, noChildren } from './spec.ts';

export const image = component({
  type: 'Image',
  summary: 'Image from an `https:` URL or `data:image/*`.',
  children: noChildren,
  props: z.object({
    src: z
      .string()
      .refine(isImageSource, { params: { problem: 'imageSource' } })
      .describe('`https:` or `data:image/*`'),
    alt: z.string().optional().describe('Alternative text'),
    fit: z.enum(['cover', 'contain', 'fill', 'scale-down', 'none']).optional(),
    position: z
      .enum(['top left', 'top', 'top right', 'left', 'center', 'right', 'bottom left', 'bottom', 'bottom right'])
      .optional(),
    frame: flag.optional().describe('Thin border'),
    flush: flag.optional().describe("Reaches the container's edges"),
    ...block,
    background: backgroundColour.optional(),
    flex: flex.optional(),
  }),
});

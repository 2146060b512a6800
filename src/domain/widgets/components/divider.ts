import * as z from 'zod';
import { colour, dimension, flag, spacing } from './fields.ts';
import { component, noChildren } from './spec.ts';

export const divider = component({
  type: 'Divider',
  summary: 'Line between sections.',
  children: noChildren,
  props: z.object({
    color: colour('border').optional(),
    size: dimension.optional().describe('Thickness'),
    spacing: spacing().optional().describe('Space above and below'),
    flush: flag.optional().describe("Reaches the container's edges"),
  }),
});

import * as z from 'zod';
import { borderColour, dimension, flag, spacing } from './fields.ts';
import { component, noChildren } from './spec.ts';

export const divider = component({
  type: 'Divider',
  summary: 'Line between sections.',
  children: noChildren,
  props: z.object({
    color: borderColour.optional(),
    size: dimension.optional().describe('Thickness'),
    spacing: spacing.optional().describe('Space above and below'),
    flush: flag.optional().describe("Reaches the container's edges"),
  }),
});

import * as z from 'zod';
import { align, direction, justify, padding, spacing, theme } from './fields.ts';
import { component, someChildren } from './spec.ts';

export const basic = component({
  type: 'Basic',
  summary: 'Root without a frame; can contain other roots.',
  root: true,
  children: someChildren,
  props: z.object({
    gap: spacing.optional(),
    padding: padding.optional(),
    align: align.optional(),
    justify: justify.optional(),
    direction: direction.optional(),
    theme: theme.optional(),
  }),
});

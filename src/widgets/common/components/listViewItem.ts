import * as z from 'zod';
import { action, align, spacing } from './fields.ts';
import { component, someChildren } from './spec.ts';

export const listViewItem = component({
  type: 'ListViewItem',
  summary: 'Row of a ListView; can be clicked as a whole.',
  inside: ['ListView'],
  children: someChildren,
  props: z.object({
    onClickAction: action.optional(),
    gap: spacing.optional(),
    align: align.optional(),
  }),
});

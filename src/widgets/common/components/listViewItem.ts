import * as z from 'zod';
import { action, align, spacing } from './fields.ts';
import { component, someChildren } from './spec.ts';

export const listViewItem = component({
  type: 'ListViewItem',
  summary: 'Row of a ListView, optionally clickable.',
  inside: ['ListView'],
  children: someChildren,
  props: z.object({
    onClickAction: action.optional(),
    gap: spacing.optional(),
    align: align.optional(),
  }),
});

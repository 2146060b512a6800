import * as z from 'zod';
import {
  action,
  align,
  anyChildren,
  backgroundColour,
  border,
  borderColour,
  cardAction,
  component,
  dimension,
  direction,
  flag,
  justify,
  noChildren,
  padding,
  someChildren,
  spacing,
  status,
  theme,
} from './fields.ts';
import { boxProps } from './groups.ts';

export const box = component({
  type: 'Box',
  summary: 'Flexible container with a configurable direction.',
  children: anyChildren,
  props: z.object({ ...boxProps, direction: direction.optional().describe('Default: `col`') }),
});

export const listView = component({
  type: 'ListView',
  summary: 'Root with a list of items.',
  root: true,
  children: { count: 'many', required: true, only: ['ListViewItem'] },
  props: z.object({
    limit: z
      .union([z.int().min(1).max(10_000), z.literal('auto')])
      .optional()
      .describe('Items before a "show more" control'),
    status: status.optional(),
    theme: theme.optional(),
  }),
});

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

export const row = component({
  type: 'Row',
  summary: 'Arranges its children horizontally.',
  children: anyChildren,
  props: z.object(boxProps),
});

export const col = component({
  type: 'Col',
  summary: 'Arranges its children vertically.',
  children: anyChildren,
  props: z.object(boxProps),
});

export const form = component({
  type: 'Form',
  summary: 'Container whose fields are sent with every action inside it.',
  children: anyChildren,
  props: z.object({
    ...boxProps,
    direction: direction.optional().describe('Default: `col`'),
    onSubmitAction: action.optional(),
  }),
});

export const spacer = component({
  type: 'Spacer',
  summary: 'Fills the free space between its siblings.',
  children: noChildren,
  props: z.object({ minSize: dimension.optional() }),
});

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

export const transition = component({
  type: 'Transition',
  summary: 'Animates changes of its child.',
  children: { count: 'one' },
  props: z.object({}),
});

export const card = component({
  type: 'Card',
  summary: 'Root with a frame, an optional status line and optional confirm and cancel buttons.',
  root: true,
  children: someChildren,
  props: z.object({
    size: z.enum(['sm', 'md', 'lg', 'full']).optional().describe('Default: `md`'),
    padding: padding.optional(),
    background: backgroundColour.optional(),
    border: border.optional(),
    status: status.optional(),
    asForm: flag.optional().describe('The card is a form; `confirm` submits it'),
    collapsed: flag.optional().describe('Hides the content, for example after the main action'),
    confirm: cardAction.optional().describe('Primary button'),
    cancel: cardAction.optional().describe('Secondary button'),
    theme: theme.optional(),
  }),
});

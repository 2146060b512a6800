import * as z from 'zod';
import { backgroundColour, border, cardAction, flag, padding, status, theme } from './fields.ts';
import { component, someChildren } from './spec.ts';

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

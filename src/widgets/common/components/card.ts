import * as z from 'zod';
import { backgroundColour, border, cardAction, flag, padding, status, theme } from './fields.ts';
import { component, someChildren } from './spec.ts';

export const card = component({
  type: 'Card',
  summary: 'Root with a frame, an optional status line above and confirm and cancel buttons below.',
  root: true,
  children: someChildren,
  props: z.object({
    size: z.enum(['sm', 'md', 'lg', 'full']).optional().describe('`md` when absent'),
    padding: padding.optional(),
    background: backgroundColour.optional(),
    border: border.optional(),
    status: status.optional(),
    asForm: flag.optional().describe('The card is a form; `confirm` submits it'),
    collapsed: flag.optional().describe('Hides the body, once the main action is done'),
    confirm: cardAction.optional().describe('Primary button'),
    cancel: cardAction.optional().describe('Secondary button'),
    theme: theme.optional(),
  }),
});

import * as z from 'zod';
import { border, cardAction, colour, flag, spacingBox, status, theme } from './fields.ts';
import { component, someChildren } from './spec.ts';

export const card = component({
  type: 'Card',
  summary: 'Root with a frame, an optional status line above and confirm and cancel buttons below.',
  root: true,
  children: someChildren,
  props: z.object({
    size: z.enum(['sm', 'md', 'lg', 'full']).optional().describe('`md` when absent'),
    padding: spacingBox('padding').optional(),
    background: colour('background').optional(),
    border: border.optional(),
    status: status.optional(),
    asForm: flag.optional().describe('The card is a form; `confirm` submits it'),
    collapsed: flag.optional().describe('Hides the body, once the main action is done'),
    confirm: cardAction.optional().describe('Primary button'),
    cancel: cardAction.optional().describe('Secondary button'),
    theme: theme.optional(),
  }),
});

import * as z from 'zod';
import { badgeSizeNames } from '../grammar/control.ts';
import { flag } from './fields.ts';
import { component, noChildren } from './spec.ts';

export const badge = component({
  type: 'Badge',
  summary: 'Short word in a coloured frame.',
  children: noChildren,
  props: z.object({
    label: z.string().describe('The text'),
    color: z
      .enum(['secondary', 'success', 'danger', 'warning', 'info', 'discovery'])
      .optional()
      .describe('`secondary` when absent'),
    variant: z.enum(['solid', 'soft', 'outline']).optional().describe('`soft` when absent'),
    size: z.enum(badgeSizeNames).optional().describe('`sm` when absent'),
    pill: flag.optional().describe('Fully rounded'),
  }),
});

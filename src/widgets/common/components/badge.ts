import * as z from 'zod';
import { badgeSizeNames } from '../grammar/control.ts';
import { flag } from './fields.ts';
import { component, noChildren } from './spec.ts';

export const badge = component({
  type: 'Badge',
  summary: 'Short label on a coloured background.',
  children: noChildren,
  props: z.object({
    label: z.string().describe('The text'),
    color: z
      .enum(['secondary', 'success', 'danger', 'warning', 'info', 'discovery'])
      .optional()
      .describe('Default: `secondary`'),
    variant: z.enum(['solid', 'soft', 'outline']).optional().describe('Default: `soft`'),
    size: z.enum(badgeSizeNames).optional().describe('Default: `sm`'),
    pill: flag.optional().describe('Fully rounded'),
  }),
});

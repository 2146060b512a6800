import * as z from 'zod';
import { flag } from './fields.ts';
import { textField } from './groups.ts';
import { component, noChildren } from './spec.ts';

export const input = component({
  type: 'Input',
  summary: 'Field for one line of text.',
  children: noChildren,
  props: z.object({
    ...textField,
    inputType: z.enum(['number', 'email', 'text', 'password', 'tel', 'url']).optional().describe('Default: `text`'),
    pill: flag.optional().describe('Fully rounded'),
  }),
});

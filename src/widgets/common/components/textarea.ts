import * as z from 'zod';
import { flag } from './fields.ts';
import { textField } from './groups.ts';
import { component, noChildren } from './spec.ts';

export const textarea = component({
  type: 'Textarea',
  summary: 'Field for several lines of text.',
  children: noChildren,
  props: z.object({
    ...textField,
    rows: z.int().min(1).max(200).optional().describe('Lines that are visible at first; 3 when absent'),
    autoResize: flag.optional().describe('Grows with its text'),
    maxRows: z.int().min(1).max(200).optional().describe('Grows up to this many lines'),
  }),
});

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
    rows: z.int().min(1).max(200).optional().describe('Initial number of lines. Default: 3'),
    autoResize: flag.optional().describe('Grows with its text'),
    maxRows: z.int().min(1).max(200).optional().describe('Maximum number of lines when growing'),
  }),
});

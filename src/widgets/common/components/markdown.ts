import * as z from 'zod';
import { flag } from './fields.ts';
import { component, noChildren } from './spec.ts';

export const markdown = component({
  type: 'Markdown',
  summary: 'Text in Markdown.',
  children: noChildren,
  props: z.object({
    value: z.string().describe('Markdown source'),
    streaming: flag.optional().describe('The value is being streamed'),
  }),
});

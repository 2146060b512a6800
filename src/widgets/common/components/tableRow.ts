import * as z from 'zod';
import { flag } from './fields.ts';
import { component } from './spec.ts';

export const tableRow = component({
  type: 'Table.Row',
  summary: 'Row of a table.',
  inside: ['Table'],
  children: { count: 'many', required: false, only: ['Table.Cell'] },
  props: z.object({ header: flag.optional().describe('Header row') }),
});

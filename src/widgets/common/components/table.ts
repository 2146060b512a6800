import * as z from 'zod';
import { component } from './spec.ts';

export const table = component({
  type: 'Table',
  summary: 'Table of rows.',
  children: { count: 'many', required: false, only: ['Table.Row'] },
  props: z.object({}),
});

import * as z from 'zod';
import { box } from './groups.ts';
import { anyChildren, component } from './spec.ts';

export const row = component({
  type: 'Row',
  summary: 'Arranges its children horizontally.',
  children: anyChildren,
  props: z.object(box),
});

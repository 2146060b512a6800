import * as z from 'zod';
import { box } from './groups.ts';
import { anyChildren, component } from './spec.ts';

export const col = component({
  type: 'Col',
  summary: 'Arranges its children vertically.',
  children: anyChildren,
  props: z.object(box),
});

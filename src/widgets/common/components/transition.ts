import * as z from 'zod';
import { component } from './spec.ts';

export const transition = component({
  type: 'Transition',
  summary: 'Animates changes of its child.',
  children: { count: 'one' },
  props: z.object({}),
});

import * as z from 'zod';
import { dimension } from './fields.ts';
import { component, noChildren } from './spec.ts';

export const spacer = component({
  type: 'Spacer',
  summary: 'Fills the free space between its siblings.',
  children: noChildren,
  props: z.object({ minSize: dimension.optional() }),
});

import * as z from 'zod';
import { dimension } from './fields.ts';
import { component, noChildren } from './spec.ts';

export const spacer = component({
  type: 'Spacer',
  summary: 'Grows and pushes its siblings apart.',
  children: noChildren,
  props: z.object({ minSize: dimension.optional() }),
});

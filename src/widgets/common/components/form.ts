import * as z from 'zod';
import { action, direction } from './fields.ts';
import { box } from './groups.ts';
import { anyChildren, component } from './spec.ts';

export const form = component({
  type: 'Form',
  summary: 'Container whose fields are sent with every action inside it.',
  children: anyChildren,
  props: z.object({
    ...box,
    direction: direction.optional().describe('Default: `col`'),
    onSubmitAction: action.optional(),
  }),
});

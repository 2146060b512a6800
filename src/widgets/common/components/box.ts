import * as z from 'zod';
import { direction } from './fields.ts';
import { box as boxProps } from './groups.ts';
import { anyChildren, component } from './spec.ts';

export const box = component({
  type: 'Box',
  summary: 'Flexible container with a configurable direction.',
  children: anyChildren,
  props: z.object({ ...boxProps, direction: direction.optional().describe('Default: `col`') }),
});

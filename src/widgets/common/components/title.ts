import * as z from 'zod';
import { titleSizeNames } from '../grammar/text.ts';
import { baseText } from './groups.ts';
import { component, noChildren } from './spec.ts';

export const title = component({
  type: 'Title',
  summary: 'Heading.',
  children: noChildren,
  props: z.object({ ...baseText, size: z.enum(titleSizeNames).optional().describe('Default: `md`') }),
});

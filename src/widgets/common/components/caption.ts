import * as z from 'zod';
import { captionSizeNames } from '../grammar/text.ts';
import { baseText } from './groups.ts';
import { component, noChildren } from './spec.ts';

export const caption = component({
  type: 'Caption',
  summary: 'Small supporting text.',
  children: noChildren,
  props: z.object({ ...baseText, size: z.enum(captionSizeNames).optional().describe('Default: `md`') }),
});

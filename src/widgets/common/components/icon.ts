import * as z from 'zod';
import { iconSizeNames } from '../grammar/control.ts';
import { icon as iconName, textColour } from './fields.ts';
import { component, noChildren } from './spec.ts';

export const icon = component({
  type: 'Icon',
  summary: 'One of the named icons, or any of lucide.',
  children: noChildren,
  props: z.object({
    name: iconName,
    color: textColour.optional(),
    size: z.enum(iconSizeNames).optional().describe('`md` when absent'),
  }),
});

import * as z from 'zod';
import { iconSizeNames } from '../grammar/control.ts';
import { icon as iconName, textColour } from './fields.ts';
import { component, noChildren } from './spec.ts';

export const icon = component({
  type: 'Icon',
  summary: 'A named icon or any lucide icon.',
  children: noChildren,
  props: z.object({
    name: iconName,
    color: textColour.optional(),
    size: z.enum(iconSizeNames).optional().describe('Default: `md`'),
  }),
});

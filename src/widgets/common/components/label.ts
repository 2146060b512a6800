import * as z from 'zod';
import { textSizeNames } from '../grammar/text.ts';
import { textAlign, textColour, weight } from './fields.ts';
import { component, noChildren } from './spec.ts';

export const label = component({
  type: 'Label',
  summary: 'Label of a form field.',
  children: noChildren,
  props: z.object({
    value: z.string().describe('The text'),
    fieldName: z.string().min(1).describe('Name of the field it labels'),
    size: z.enum(textSizeNames).optional().describe('Default: `sm`'),
    weight: weight.optional(),
    textAlign: textAlign.optional(),
    color: textColour.optional(),
  }),
});

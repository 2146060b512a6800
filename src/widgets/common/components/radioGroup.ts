import * as z from 'zod';
import { action, direction, fieldName, flag } from './fields.ts';
import { component, noChildren } from './spec.ts';

export const radioGroup = component({
  type: 'RadioGroup',
  summary: 'Choice between visible options.',
  children: noChildren,
  props: z.object({
    name: fieldName,
    options: z.array(z.object({ label: z.string(), value: z.string(), disabled: flag.optional() })).optional(),
    ariaLabel: z.string().optional().describe('Name of the group; default: its field name'),
    onChangeAction: action.optional(),
    defaultValue: z.string().optional(),
    direction: direction.optional().describe('Default: `row`'),
    disabled: flag.optional(),
    required: flag.optional(),
  }),
});

import * as z from 'zod';
import { action, direction, fieldName, flag } from './fields.ts';
import { component, noChildren } from './spec.ts';

export const radioGroup = component({
  type: 'RadioGroup',
  summary: 'Choice of one from a few that are all visible.',
  children: noChildren,
  props: z.object({
    name: fieldName,
    options: z.array(z.object({ label: z.string(), value: z.string(), disabled: flag.optional() })).optional(),
    ariaLabel: z.string().optional().describe('Name of the group; its field name when absent'),
    onChangeAction: action.optional(),
    defaultValue: z.string().optional(),
    direction: direction.optional().describe('`row` when absent'),
    disabled: flag.optional(),
    required: flag.optional(),
  }),
});

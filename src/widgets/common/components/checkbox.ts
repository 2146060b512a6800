import * as z from 'zod';
import { action, fieldName, flag } from './fields.ts';
import { component, noChildren } from './spec.ts';

export const checkbox = component({
  type: 'Checkbox',
  summary: 'Field for yes or no.',
  children: noChildren,
  props: z.object({
    name: fieldName,
    label: z.string().optional(),
    defaultChecked: flag.optional(),
    onChangeAction: action.optional(),
    disabled: flag.optional(),
    required: flag.optional(),
  }),
});

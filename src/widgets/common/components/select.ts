import * as z from 'zod';
import { action, fieldName, flag } from './fields.ts';
import { control } from './groups.ts';
import { component, noChildren } from './spec.ts';

export const select = component({
  type: 'Select',
  summary: 'Choice from a drop-down list.',
  children: noChildren,
  props: z.object({
    name: fieldName,
    options: z.array(
      z.object({
        value: z.string(),
        label: z.string(),
        disabled: flag.optional(),
        description: z.string().optional(),
      }),
    ),
    onChangeAction: action.optional(),
    defaultValue: z.string().optional(),
    ...control,
    searchable: flag.optional().describe('Can be searched. Default: `true` with more than 15 options'),
  }),
});

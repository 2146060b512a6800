import * as z from 'zod';
import { action, fieldName, flag } from './fields.ts';
import { control } from './groups.ts';
import { component, noChildren } from './spec.ts';

export const select = component({
  type: 'Select',
  summary: 'Choice of one from a list that opens.',
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
    searchable: flag.optional().describe('With a search field; on by itself above 15 options'),
  }),
});

import * as z from 'zod';
import { parseDay } from '../grammar/calendar.ts';
import { action, fieldName } from './fields.ts';
import { control } from './groups.ts';
import { component, noChildren } from './spec.ts';

const isoDay = z
  .string()
  .refine((value) => parseDay(value) !== undefined, { params: { problem: 'date' } })
  .describe('ISO date and time');

export const datePicker = component({
  type: 'DatePicker',
  summary: 'Field for a date.',
  children: noChildren,
  props: z.object({
    name: fieldName,
    onChangeAction: action.optional(),
    defaultValue: isoDay.optional(),
    min: isoDay.optional(),
    max: isoDay.optional(),
    ...control,
    side: z.enum(['top', 'bottom', 'left', 'right']).optional().describe('Side on which the calendar opens'),
    align: z.enum(['start', 'center', 'end']).optional().describe('Alignment of the calendar'),
  }),
});

import * as z from 'zod';
import { parseDay } from '../grammar/calendar.ts';
import { buttonIconSizeNames, controlSizeNames, controlVariants } from '../grammar/tokens.ts';
import { action, component, direction, fieldName, flag, iconName, noChildren } from './fields.ts';
import { control, textField } from './groups.ts';

export const input = component({
  type: 'Input',
  summary: 'Field for one line of text.',
  children: noChildren,
  props: z.object({
    ...textField,
    inputType: z.enum(['number', 'email', 'text', 'password', 'tel', 'url']).optional().describe('Default: `text`'),
    pill: flag.optional().describe('Fully rounded'),
  }),
});

export const textarea = component({
  type: 'Textarea',
  summary: 'Field for several lines of text.',
  children: noChildren,
  props: z.object({
    ...textField,
    rows: z.int().min(1).max(200).optional().describe('Initial number of lines. Default: 3'),
    autoResize: flag.optional().describe('Grows with its text'),
    maxRows: z.int().min(1).max(200).optional().describe('Maximum number of lines when growing'),
  }),
});

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

export const button = component({
  type: 'Button',
  summary: 'Runs an action or submits the nearest form.',
  children: noChildren,
  props: z.object({
    label: z.string().optional().describe('Without one and with `iconStart`: an icon button'),
    onClickAction: action.optional(),
    submit: flag.optional().describe('Submits the nearest form'),
    iconStart: iconName.optional(),
    iconEnd: iconName.optional(),
    style: z.enum(['primary', 'secondary']).optional().describe('Preset of colour and variant'),
    color: z.enum(['primary', 'secondary', 'info', 'discovery', 'success', 'caution', 'warning', 'danger']).optional(),
    variant: z.enum(controlVariants).optional().describe('Default: `solid`'),
    size: z.enum(controlSizeNames).optional().describe('Default: `md`'),
    iconSize: z.enum(buttonIconSizeNames).optional(),
    pill: flag.optional().describe('Fully rounded. Default: `true`'),
    uniform: flag.optional().describe('Square'),
    block: flag.optional().describe('Full width'),
    disabled: flag.optional(),
  }),
});

import * as z from 'zod';
import { buttonIconSizeNames, controlSizeNames, controlVariants } from '../grammar/control.ts';
import { action, flag, icon } from './fields.ts';
import { component, noChildren } from './spec.ts';

export const button = component({
  type: 'Button',
  summary: 'Runs an action or submits the nearest form.',
  children: noChildren,
  props: z.object({
    label: z.string().optional().describe('Without one and with `iconStart`: an icon button'),
    onClickAction: action.optional(),
    submit: flag.optional().describe('Submits the nearest form'),
    iconStart: icon.optional(),
    iconEnd: icon.optional(),
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

import * as z from 'zod';
import { textSizeNames } from '../grammar/text.ts';
import { dimension, fieldName, flag, pattern } from './fields.ts';
import { baseText } from './groups.ts';
import { component, noChildren } from './spec.ts';

export const text = component({
  type: 'Text',
  summary: 'Plain text; with `editable` also a form field.',
  children: noChildren,
  props: z.object({
    ...baseText,
    size: z.enum(textSizeNames).optional().describe('Default: `md`'),
    italic: flag.optional(),
    lineThrough: flag.optional(),
    width: dimension.optional(),
    minLines: z.int().min(1).max(1000).optional().describe('Minimum height, in lines'),
    streaming: flag.optional().describe('The value is being streamed'),
    editable: z
      .union([
        z.literal(false),
        z.object({
          name: fieldName,
          autoFocus: flag.optional(),
          autoSelect: flag.optional(),
          autoComplete: z.string().optional(),
          allowAutofillExtensions: flag.optional(),
          pattern: pattern.optional(),
          placeholder: z.string().optional(),
          required: flag.optional(),
        }),
      ])
      .optional()
      .describe('Turns the text into a form field'),
  }),
});

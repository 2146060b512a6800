import * as z from 'zod';
import { badgeSizeNames, captionSizeNames, iconSizeNames, textSizeNames, titleSizeNames } from '../grammar/tokens.ts';
import { isImageSource } from '../grammar/imageSource.ts';
import { baseText, block } from './groups.ts';
import {
  backgroundColour,
  component,
  dimension,
  fieldName,
  flag,
  flex,
  iconName,
  noChildren,
  pattern,
  textAlign,
  textColour,
  weight,
} from './fields.ts';

export const title = component({
  type: 'Title',
  summary: 'Heading.',
  children: noChildren,
  props: z.object({ ...baseText, size: z.enum(titleSizeNames).optional().describe('Default: `md`') }),
});

export const caption = component({
  type: 'Caption',
  summary: 'Small supporting text.',
  children: noChildren,
  props: z.object({ ...baseText, size: z.enum(captionSizeNames).optional().describe('Default: `md`') }),
});

export const markdown = component({
  type: 'Markdown',
  summary: 'Text in Markdown.',
  children: noChildren,
  props: z.object({
    value: z.string().describe('Markdown source'),
    streaming: flag.optional().describe('The value is being streamed'),
  }),
});

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

export const badge = component({
  type: 'Badge',
  summary: 'Short label on a coloured background.',
  children: noChildren,
  props: z.object({
    label: z.string().describe('The text'),
    color: z
      .enum(['secondary', 'success', 'danger', 'warning', 'info', 'discovery'])
      .optional()
      .describe('Default: `secondary`'),
    variant: z.enum(['solid', 'soft', 'outline']).optional().describe('Default: `soft`'),
    size: z.enum(badgeSizeNames).optional().describe('Default: `sm`'),
    pill: flag.optional().describe('Fully rounded'),
  }),
});

export const icon = component({
  type: 'Icon',
  summary: 'A named icon or any lucide icon.',
  children: noChildren,
  props: z.object({
    name: iconName,
    color: textColour.optional(),
    size: z.enum(iconSizeNames).optional().describe('Default: `md`'),
  }),
});

export const image = component({
  type: 'Image',
  summary: 'Image from an `https:` URL or `data:image/*`.',
  children: noChildren,
  props: z.object({
    src: z
      .string()
      .refine(isImageSource, { params: { problem: 'imageSource' } })
      .describe('`https:` or `data:image/*`'),
    alt: z.string().optional().describe('Alternative text'),
    fit: z.enum(['cover', 'contain', 'fill', 'scale-down', 'none']).optional(),
    position: z
      .enum(['top left', 'top', 'top right', 'left', 'center', 'right', 'bottom left', 'bottom', 'bottom right'])
      .optional(),
    frame: flag.optional().describe('Thin border'),
    flush: flag.optional().describe("Reaches the container's edges"),
    ...block,
    background: backgroundColour.optional(),
    flex: flex.optional(),
  }),
});

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

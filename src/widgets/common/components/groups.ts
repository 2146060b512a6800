import * as z from 'zod';
import { controlSizeNames, controlVariants, fieldVariants, gutterSizeNames } from '../grammar/tokens.ts';
import {
  align,
  aspectRatio,
  backgroundColour,
  border,
  dimension,
  fieldName,
  flag,
  flex,
  justify,
  margin,
  maxDimension,
  padding,
  pattern,
  radius,
  spacing,
  textAlign,
  textColour,
  weight,
  wrap,
} from './fields.ts';

// Groups of props that several components share (chatkit-api 6.2).

/** Widths and heights. `size`, `minSize` and `maxSize` apply to both axes; `width`, `height` etc. take precedence. */
export const dimensions = {
  height: dimension.optional(),
  width: dimension.optional(),
  size: dimension.optional(),
  minHeight: dimension.optional(),
  minWidth: dimension.optional(),
  minSize: dimension.optional(),
  maxHeight: maxDimension.optional(),
  maxWidth: maxDimension.optional(),
  maxSize: maxDimension.optional(),
  aspectRatio: aspectRatio.optional(),
};

/** `BlockProps`. */
export const block = { ...dimensions, radius: radius.optional(), margin: margin.optional() };

/** `BoxProps`. */
export const boxProps = {
  align: align.optional(),
  justify: justify.optional(),
  wrap: wrap.optional(),
  flex: flex.optional(),
  gap: spacing.optional(),
  padding: padding.optional(),
  border: border.optional(),
  background: backgroundColour.optional(),
  ...block,
};

/** `BaseTextProps`. */
export const baseText = {
  value: z.string().describe('The text'),
  color: textColour.optional(),
  weight: weight.optional(),
  textAlign: textAlign.optional(),
  truncate: flag.optional().describe('One line, truncated with an ellipsis'),
  maxLines: z.int().min(1).max(1000).optional().describe('Maximum number of lines'),
};

/** Props of the controls that open a popup. */
export const control = {
  variant: z.enum(controlVariants).optional(),
  size: z.enum(controlSizeNames).optional(),
  pill: flag.optional().describe('Fully rounded'),
  block: flag.optional().describe('Full width'),
  clearable: flag.optional().describe('Has a button that clears the value'),
  disabled: flag.optional(),
  placeholder: z.string().optional(),
};

/** Props of both text fields. */
export const textField = {
  name: fieldName,
  defaultValue: z.string().optional(),
  placeholder: z.string().optional(),
  required: flag.optional(),
  pattern: pattern.optional(),
  disabled: flag.optional(),
  autoFocus: flag.optional(),
  autoSelect: flag.optional().describe('Selects the text when the field gets the focus'),
  allowAutofillExtensions: flag.optional().describe('Allows password managers to fill the field'),
  variant: z.enum(fieldVariants).optional().describe('Default: `outline`'),
  size: z.enum(controlSizeNames).optional().describe('Default: `md`'),
  gutterSize: z.enum(gutterSizeNames).optional().describe('Side padding'),
};

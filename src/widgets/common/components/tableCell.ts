import * as z from 'zod';
import { textAlignNames } from '../grammar/alignment.ts';
import { dimension, padding } from './fields.ts';
import { anyChildren, component } from './spec.ts';

export const tableCell = component({
  type: 'Table.Cell',
  summary: 'Cell of a table row.',
  inside: ['Table.Row'],
  children: anyChildren,
  props: z.object({
    width: dimension.optional(),
    padding: padding.optional(),
    colSpan: z.int().min(1).max(100).optional(),
    rowSpan: z.int().min(1).max(1000).optional(),
    align: z.enum(textAlignNames).optional(),
    vAlign: z.enum(textAlignNames).optional(),
    colSize: z.enum(['xs', 'sm', 'md', 'lg', 'xl']).optional().describe('Width of the column'),
  }),
});

import * as z from 'zod';
import { textAlignNames } from '../grammar/tokens.ts';
import { anyChildren, chartColour, component, dimension, flag, flex, noChildren, padding } from './fields.ts';
import { dimensions } from './groups.ts';

export const curveTypes = [
  'basis',
  'basisClosed',
  'basisOpen',
  'bumpX',
  'bumpY',
  'bump',
  'linear',
  'linearClosed',
  'natural',
  'monotoneX',
  'monotoneY',
  'monotone',
  'step',
  'stepBefore',
  'stepAfter',
] as const;

const seriesBase = {
  dataKey: z.string().min(1).describe('Field of each data row that contains the number'),
  label: z.string().nullish().describe('Name in the legend'),
  color: chartColour.optional(),
};
const stack = z.string().optional().describe('Series with the same value are stacked');
const curveType = z.enum(curveTypes).nullish();

export const chart = component({
  type: 'Chart',
  summary: 'Chart with bars, areas and lines.',
  children: noChildren,
  props: z.object({
    data: z
      .array(z.record(z.string(), z.union([z.string(), z.number()]).nullable()))
      .describe('Data rows: objects from field name to value'),
    series: z.array(
      z.discriminatedUnion('type', [
        z.object({ type: z.literal('bar'), ...seriesBase, stack: stack.nullable() }),
        z.object({ type: z.literal('area'), ...seriesBase, stack: stack.nullable(), curveType }),
        z.object({ type: z.literal('line'), ...seriesBase, curveType }),
      ]),
    ),
    xAxis: z
      .union([
        z.string().min(1),
        z.object({
          dataKey: z.string().min(1),
          hide: flag.optional(),
          labels: z.record(z.string(), z.string()).optional().describe('From value to label'),
        }),
      ])
      .describe('Field with the categories, or an object with labels'),
    showYAxis: flag.optional(),
    showLegend: flag.optional(),
    showTooltip: flag.optional(),
    barGap: z.int().min(0).max(1000).optional().describe('Gap between the bars of a category, in px'),
    barCategoryGap: z.int().min(0).max(1000).optional().describe('Gap between categories, in px'),
    flex: flex.optional(),
    ...dimensions,
  }),
});

export const tableRow = component({
  type: 'Table.Row',
  summary: 'Row of a table.',
  inside: ['Table'],
  children: { count: 'many', required: false, only: ['Table.Cell'] },
  props: z.object({ header: flag.optional().describe('Header row') }),
});

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

export const table = component({
  type: 'Table',
  summary: 'Table of rows.',
  children: { count: 'many', required: false, only: ['Table.Row'] },
  props: z.object({}),
});

import { curveTypes } from '../components/chart.ts';
import { textAlignNames } from '../grammar/alignment.ts';
import { semanticNames } from '../grammar/tokens.ts';
import type { GalleryWidget } from './build.ts';
import { caption, card, node, text } from './build.ts';

const months = [
  { month: '1', a: 12, b: 8, c: 5 },
  { month: '2', a: 18, b: 11, c: 9 },
  { month: '3', a: 9, b: 14, c: 12 },
  { month: '4', a: 22, b: 10, c: 7 },
  { month: '5', a: 16, b: 17, c: 11 },
];
const labels = { '1': 'Jan', '2': 'Feb', '3': 'Mar', '4': 'Apr', '5': 'May' };
const xAxis = { dataKey: 'month', labels };

function cell(value: string, props = {}) {
  return node('Table.Cell', props, [text(value)]);
}

export const dataGallery: readonly GalleryWidget[] = [
  card('Table', [
    node('Table', {}, [
      node('Table.Row', { header: true }, [cell('Leg'), cell('Carrier'), cell('Price', { align: 'end' })]),
      node('Table.Row', {}, [cell('Bergen to Oslo'), cell('Train'), cell('420', { align: 'end' })]),
      node('Table.Row', { header: false }, [cell('Oslo'), cell('Courier'), cell('80', { align: 'end' })]),
      node('Table.Row', {}, [cell('Total', { colSpan: 2 }), cell('500', { align: 'end' })]),
    ]),
    node('Table', {}, [
      node(
        'Table.Row',
        { header: true },
        (['xs', 'sm', 'md', 'lg', 'xl'] as const).map((colSize) => cell(colSize, { colSize })),
      ),
      node('Table.Row', {}, [
        cell('two rows', { rowSpan: 2 }),
        ...textAlignNames.map((align) => cell(align, { align, vAlign: align })),
        cell('80 px', { width: 80, padding: { x: 1, y: 4 } }),
      ]),
      node('Table.Row', {}, [cell('a'), cell('b'), cell('c'), cell('d')]),
    ]),
  ]),
  card('Chart: bars', [
    node('Chart', {
      data: months,
      xAxis,
      height: 200,
      showLegend: true,
      showTooltip: true,
      showYAxis: true,
      barGap: 2,
      barCategoryGap: 12,
      series: [
        { type: 'bar', dataKey: 'a', label: 'Oslo' },
        { type: 'bar', dataKey: 'b', label: 'Bergen' },
      ],
    }),
    caption('Stacked'),
    node('Chart', {
      data: months,
      xAxis: 'month',
      size: 240,
      minHeight: 120,
      minWidth: 120,
      minSize: 100,
      maxHeight: 300,
      maxWidth: '100%',
      maxSize: 400,
      series: ['a', 'b', 'c'].map((dataKey) => ({ type: 'bar', dataKey, label: null, stack: 'all' })),
    }),
  ]),
  card('Chart: areas and lines', [
    node('Chart', {
      data: months,
      xAxis: { ...xAxis, hide: true },
      aspectRatio: '3/1',
      flex: 1,
      series: [
        { type: 'area', dataKey: 'a', label: 'Oslo', stack: 's', curveType: 'natural' },
        { type: 'area', dataKey: 'b', label: 'Bergen', stack: 's', color: 'pink' },
      ],
    }),
    caption('Chart colours'),
    node('Chart', {
      data: months,
      xAxis,
      height: 160,
      width: '100%',
      showYAxis: false,
      showLegend: false,
      showTooltip: false,
      series: [...semanticNames('chart'), 'gray-500', '#12a594', { light: 'blue-700', dark: 'blue-200' }].map(
        (color, index) => ({
          type: 'line',
          dataKey: ['a', 'b', 'c'][index % 3] ?? 'a',
          label: typeof color === 'string' ? color : 'light and dark',
          color,
        }),
      ),
    }),
    caption('Curve types'),
    ...curveTypes.map((curveType) =>
      node('Chart', {
        data: months,
        xAxis: 'month',
        height: 80,
        series: [{ type: 'line', dataKey: 'a', label: curveType, curveType }],
        showLegend: true,
      }),
    ),
    ...curveTypes.slice(0, 3).map((curveType) =>
      node('Chart', {
        data: months,
        xAxis: 'month',
        height: 80,
        series: [{ type: 'area', dataKey: 'b', label: curveType, curveType }],
      }),
    ),
  ]),
];

import { alignNames, justifyNames, radiusNames, semanticNames, textAlignNames, wrapNames } from '../grammar/tokens.ts';
import { borderStyles } from '../grammar/border.ts';
import { curveTypes } from '../components/data.ts';
import { type GalleryWidget, caption, card, col, each, node, row, text, tile } from './content.ts';

const tiles = [tile('one'), tile('two', { padding: 3 }), tile('three')];

const boxProps = {
  align: 'center',
  justify: 'between',
  wrap: 'wrap',
  flex: '0 0 auto',
  gap: '6px',
  padding: 2,
  margin: { y: 1 },
  background: 'surface-secondary',
  border: 1,
  radius: 'md',
  width: '80%',
  height: 'auto',
  minWidth: 120,
  minHeight: 40,
  maxWidth: '100%',
  maxHeight: 200,
} as const;

export const layoutGallery: readonly GalleryWidget[] = [
  card('Row and Col: align and justify', [
    ...alignNames.flatMap((align) => [
      caption(`Row align ${align}`),
      node('Row', { align, gap: 2, minHeight: 56 }, tiles),
    ]),
    ...justifyNames.flatMap((justify) => [caption(`Row justify ${justify}`), node('Row', { justify, gap: 2 }, tiles)]),
    ...wrapNames.flatMap((wrap) => [
      caption(`Row wrap ${wrap}`),
      node('Row', { wrap, gap: 1, width: 200 }, [...tiles, tile('four'), tile('five')]),
    ]),
    ...alignNames.flatMap((align) => [caption(`Col align ${align}`), node('Col', { align, gap: 1 }, tiles)]),
    ...justifyNames.flatMap((justify) => [
      caption(`Col justify ${justify}`),
      node('Col', { justify, gap: 1, height: 130, border: { size: 1, color: 'subtle' } }, tiles.slice(0, 2)),
    ]),
    ...wrapNames.map((wrap) => node('Col', { wrap, gap: 1 }, [tile(`Col wrap ${wrap}`)])),
  ]),
  card('Row and Col: every box prop', [
    ...['Row', 'Col'].map((type) =>
      node(type, { ...boxProps, border: { x: 1, y: { size: 2, color: 'strong', style: 'dashed' } } }, [
        tile('flex 1', { flex: 1 }),
        tile('flex auto', { flex: 'auto' }),
      ]),
    ),
    ...['Row', 'Col'].map((type) =>
      node(type, { size: 60, minSize: 40, maxSize: 80, aspectRatio: 1, background: 'blue-a50', radius: 'full' }, []),
    ),
  ]),
  card('Row and Col: radius', [
    each('Row', 'radius', radiusNames, () => ({ size: 36, background: 'alpha-20' })),
    each('Col', 'radius', radiusNames, () => ({ size: 36, background: 'alpha-20' })),
  ]),
  card('Box', [
    each('Box', 'direction', ['row', 'col', 'column'], () => ({ gap: 1, children: tiles.slice(0, 2) })),
    each('Box', 'radius', radiusNames, () => ({ size: 36, background: 'alpha-20' })),
    each(
      'Box',
      'background',
      [
        ...semanticNames('background'),
        'red-500',
        'alpha-10',
        'green-a100',
        'rgb(120 80 200 / 60%)',
        'linear-gradient(90deg, #0285ff, #924ff7)',
        { light: 'blue-100', dark: 'blue-900' },
      ],
      () => ({
        size: 36,
        radius: 'sm',
        border: 1,
      }),
    ),
    each(
      'Box',
      'border',
      [1, { size: 2, color: 'strong' }, { top: 2, bottom: { size: 2, color: 'blue-400' } }, { x: 3 }],
      () => ({ size: 36 }),
    ),
    col([
      caption('Box.border.style'),
      row(borderStyles.map((style) => node('Box', { size: 36, border: { size: 4, color: 'gray-500', style } }))),
    ]),
    each('Box', 'padding', [1, '12px', { x: 4, top: 1 }, { left: 0.5, right: 2, bottom: 3, y: 1 }], () => ({
      background: 'alpha-08',
      children: [text('inside')],
    })),
    each('Box', 'margin', [1, '4px', 'auto', { x: 2, top: 1 }], () => ({
      background: 'alpha-08',
      children: [text('margin')],
    })),
    each('Box', 'align', alignNames, () => ({ width: 90, background: 'alpha-08', children: [text('box')] })),
    each('Box', 'justify', justifyNames, () => ({ height: 60, background: 'alpha-08', children: [text('box')] })),
    each('Box', 'wrap', wrapNames, () => ({
      direction: 'row',
      width: 90,
      background: 'alpha-08',
      children: [text('one'), text('two'), text('three')],
    })),
    node('Box', boxProps, [text('Every size at once')]),
    each('Box', 'size', [16, '32px', '2rem'], () => ({ background: 'purple-400', minSize: 8, maxSize: 64 })),
    each('Box', 'aspectRatio', [1, '16/9', 1.777], () => ({ width: 64, background: 'orange-300' })),
    node('Row', { gap: 1 }, [
      node('Box', { flex: 1, background: 'alpha-08', padding: 1 }, [text('flex 1')]),
      node('Box', { flex: '2 1 0', background: 'alpha-08', padding: 1 }, [text('flex 2 1 0')]),
    ]),
  ]),
  card('Spacer', [
    node('Row', {}, [text('left'), node('Spacer'), text('right')]),
    node('Row', {}, [text('40 px'), node('Spacer', { minSize: 40 }), text('at least')]),
  ]),
  card('Divider', [
    text('Above'),
    node('Divider'),
    text('Flush'),
    node('Divider', { flush: true }),
    ...[...semanticNames('border'), 'red-400', { light: 'blue-500', dark: 'blue-300' }].map((color) =>
      node('Divider', { color }),
    ),
    node('Divider', { size: 3, spacing: 2 }),
    node('Divider', { size: '2px', spacing: '6px' }),
    node('Row', { gap: 3, height: 24, align: 'stretch' }, [text('left'), node('Divider'), text('right')]),
  ]),
  card('Transition', [node('Transition', { children: tile('The one child') })]),
];

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

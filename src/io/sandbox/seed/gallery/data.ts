import { badge, box, caption, card, chart, col, row, table, td, text, title, tr } from '../widgets/build.ts';
import type { Example } from './example.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'];
const data = months.map((month, index) => ({
  month,
  a: 3 + ((index * 5) % 7),
  b: 5 + ((index * 3) % 4),
  c: 2 + index,
}));
const curves = ['linear', 'monotone', 'natural', 'step', 'basis', 'bump'] as const;
const hues = ['gray', 'red', 'pink', 'orange', 'yellow', 'green', 'blue', 'purple'];
const steps = [25, 50, 75, 100, 200, 300, 400, 500, 600, 700, 800, 900, 950, 1000];

/** Everything that is counted, and the colours. */
export const dataExamples: readonly Example[] = [
  {
    name: 'Table',
    widget: card(
      { size: 'lg' },
      table(
        tr(
          { header: true },
          td({ colSize: 'xl' }, text('Leg')),
          td({ colSize: 'sm', align: 'center' }, text('Class')),
          td({ align: 'end' }, text('Price')),
        ),
        tr(
          {},
          td({}, text('Oslo → Bergen')),
          td({ align: 'center' }, badge('2')),
          td({ align: 'end', vAlign: 'end' }, text('€49')),
        ),
        tr(
          {},
          td(
            { rowSpan: 2, vAlign: 'start', padding: { y: 3 } },
            col({ gap: 0 }, text('Bergen → Voss'), caption('Two trains')),
          ),
          td({ align: 'center' }, badge('1', { color: 'info' })),
          td({ align: 'end' }, text('€31')),
        ),
        tr({}, td({ align: 'center' }, badge('2')), td({ align: 'end' }, text('€22'))),
        tr(
          {},
          td({ colSpan: 2 }, text('Sum', { weight: 'bold' })),
          td({ align: 'end', width: 80 }, text('€102', { weight: 'bold' })),
        ),
      ),
    ),
  },
  {
    name: 'Chart: bars',
    widget: card(
      { size: 'lg' },
      title('Side by side', { size: 'sm' }),
      chart({
        height: 160,
        data,
        xAxis: 'month',
        showLegend: true,
        showTooltip: true,
        showYAxis: true,
        barGap: 2,
        barCategoryGap: 12,
        series: [
          { type: 'bar', dataKey: 'a', label: 'First' },
          { type: 'bar', dataKey: 'b', label: 'Second' },
          { type: 'bar', dataKey: 'c', label: null },
        ],
      }),
      title('Stacked', { size: 'sm' }),
      chart({
        height: 160,
        data,
        xAxis: 'month',
        series: [
          { type: 'bar', dataKey: 'a', stack: 's', color: 'purple' },
          { type: 'bar', dataKey: 'b', stack: 's', color: '#ff8549' },
          { type: 'bar', dataKey: 'c', stack: 's', color: { light: 'green-300', dark: 'green-600' } },
        ],
      }),
    ),
  },
  {
    name: 'Chart: lines, areas and every curve',
    widget: card(
      { size: 'full' },
      row(
        { gap: 3, wrap: 'wrap' },
        ...curves.map((curveType) =>
          col(
            { gap: 1, width: 180 },
            caption(curveType),
            chart({
              height: 90,
              data,
              xAxis: { dataKey: 'month', hide: true },
              series: [{ type: 'line', dataKey: 'a', curveType }],
            }),
          ),
        ),
      ),
      chart({
        height: 180,
        data,
        xAxis: { dataKey: 'month', labels: { Jan: 'January', Jun: 'June' } },
        showLegend: true,
        showYAxis: true,
        showTooltip: true,
        series: [
          { type: 'area', dataKey: 'a', label: 'Area', stack: 's', curveType: 'monotone' },
          { type: 'area', dataKey: 'b', label: 'On top', stack: 's', curveType: 'monotone', color: 'pink' },
          { type: 'line', dataKey: 'c', label: 'Line', color: 'orange' },
          { type: 'bar', dataKey: 'b', label: 'Bar', color: 'alpha-20' },
        ],
      }),
    ),
  },
  {
    name: 'Chart: odd data',
    widget: card(
      {},
      chart({ height: 80, data: [], xAxis: 'month', series: [{ type: 'bar', dataKey: 'a' }] }),
      chart({
        height: 80,
        data: [{ month: 'Jan', a: -5 }, { month: 'Feb', a: 12 }, { month: 'Mar', a: '7' }, { month: 'Apr' }],
        xAxis: 'month',
        series: [{ type: 'bar', dataKey: 'a' }],
      }),
      chart({ aspectRatio: 3, data, xAxis: 'nothing', series: [] }),
    ),
  },
  {
    name: 'Colours',
    widget: card(
      { size: 'full' },
      ...hues.map((hue) =>
        row(
          { gap: 0, wrap: 'wrap' },
          box({ width: 64 }, caption(hue)),
          ...steps.map((step) => box({ width: 34, height: 24, background: `${hue}-${step}` })),
        ),
      ),
      row(
        { gap: 0, wrap: 'wrap' },
        box({ width: 64 }, caption('alpha')),
        ...[2, 4, 6, 8, 10, 15, 20, 30, 40, 50, 60, 70, 90].map((share) =>
          box({ width: 34, height: 24, background: `alpha-${String(share).padStart(2, '0')}` }),
        ),
      ),
      ...hues
        .slice(1)
        .map((hue) =>
          row(
            { gap: 0 },
            box({ width: 64 }, caption(`${hue}-a`)),
            ...['a25', 'a50', 'a75', 'a100', 'a200', 'a300'].map((step) =>
              box({ width: 34, height: 24, background: `${hue}-${step}` }),
            ),
          ),
        ),
      row(
        { gap: 2 },
        ...['white', 'black', 'rebeccapurple', 'rgb(0 128 128 / 50%)', 'no-such-colour'].map((color) =>
          box({ padding: 2, background: color, border: 1 }, caption(color, { color: 'blue-400' })),
        ),
      ),
    ),
  },
];

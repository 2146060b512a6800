import { type ColourValue, colourCss } from '../../common/grammar/colour.ts';
import type { WidgetTheme } from '../../common/grammar/palette.ts';
import { semanticNames } from '../../common/grammar/tokens.ts';
import type { ValidProps } from '../../common/node.ts';

export type ChartProps = ValidProps<'Chart'>;
export type ChartSeries = NonNullable<ChartProps['series']>[number];

/** Maximum number of rendered rows; more would be finer than pixels. */
const maxRows = 1_000;

export function chartRows(chart: ChartProps) {
  return (chart.data ?? []).slice(0, maxRows);
}

/** The field of the categories. */
export function categoryKey(chart: ChartProps): string {
  return typeof chart.xAxis === 'string' ? chart.xAxis : (chart.xAxis?.dataKey ?? '');
}

/** The text of a category: the author's label, if there is one. */
export function categoryLabel(chart: ChartProps, value: unknown): string {
  const labels = typeof chart.xAxis === 'object' ? chart.xAxis.labels : undefined;
  const text = value === null || value === undefined ? '' : String(value);
  return labels && Object.hasOwn(labels, text) ? (labels[text] ?? text) : text;
}

export function seriesName(series: ChartSeries): string {
  return series.label ?? series.dataKey;
}

/** The colour of a series: that of the author, else the next one in ChatKit's order. */
export function seriesColour(color: ColourValue | undefined, index: number, theme: WidgetTheme): string {
  const names = semanticNames('chart');
  const automatic = names[index % names.length] ?? 'blue';
  return (
    (color === undefined ? undefined : colourCss(color, 'chart', theme)) ??
    colourCss(automatic, 'chart', theme) ??
    'currentcolor'
  );
}

import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Legend,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import type { ChartProps, ChartSeries } from './chartData.ts';
import { categoryKey, categoryLabel, chartRows, seriesColour, seriesName } from './chartData.ts';
import { ChartTooltip } from './ChartTooltip.tsx';
import { curve } from './curve.ts';

/** The drawn chart (a chunk of its own). It takes the size of the figure around it. */
export function ChartCanvas({ chart }: { readonly chart: ChartProps }) {
  const theme = useWidgetTheme();
  const { series = [], showYAxis, showLegend, showTooltip, barGap, barCategoryGap, xAxis } = chart;
  const hasBars = series.some(({ type }) => type === 'bar');
  const hidden = typeof xAxis === 'object' && xAxis.hide === true;
  return (
    <ResponsiveContainer width="100%" height="100%">
      <ComposedChart
        data={chartRows(chart)}
        margin={{ top: 8, right: 8, bottom: 0, left: showYAxis ? 0 : 8 }}
        accessibilityLayer={false}
        {...(barGap === undefined ? {} : { barGap })}
        {...(barCategoryGap === undefined ? {} : { barCategoryGap })}
      >
        <CartesianGrid vertical={false} stroke="var(--ck-border)" />
        <XAxis
          dataKey={categoryKey(chart)}
          hide={hidden}
          tickLine={false}
          axisLine={false}
          tickMargin={8}
          minTickGap={8}
          interval="preserveStartEnd"
          padding={hasBars ? { left: 0, right: 0 } : { left: 16, right: 16 }}
          tickFormatter={(value) => categoryLabel(chart, value)}
        />
        {showYAxis && <YAxis tickLine={false} axisLine={false} tickMargin={4} width={44} />}
        {showTooltip && (
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--ck-border-strong)' }}
            content={<ChartTooltip chart={chart} />}
          />
        )}
        {showLegend && <Legend iconType="circle" iconSize={8} itemSorter={null} />}
        {series.map((entry, index) => drawSeries(entry, index, seriesColour(entry.color, index, theme)))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

/** recharts looks at the elements themselves, so a series cannot be a component of ours. */
function drawSeries(series: ChartSeries, index: number, colour: string) {
  const common = { dataKey: series.dataKey, name: seriesName(series), isAnimationActive: false };
  if (series.type === 'bar') {
    return (
      <Bar
        key={index}
        {...common}
        fill={colour}
        radius={series.stack ? 0 : [4, 4, 0, 0]}
        maxBarSize={48}
        {...(series.stack ? { stackId: series.stack } : {})}
      />
    );
  }
  const type = curve(series.curveType ?? 'monotone');
  if (series.type === 'line') {
    return (
      <Line key={index} {...common} type={type} stroke={colour} strokeWidth={2} dot={false} connectNulls={false} />
    );
  }
  return (
    <Area
      key={index}
      {...common}
      type={type}
      stroke={colour}
      strokeWidth={2}
      fill={colour}
      fillOpacity={0.2}
      {...(series.stack ? { stackId: series.stack } : {})}
    />
  );
}

import {
  Area,
  Bar,
  CartesianGrid,
  ComposedChart,
  Legend,
  Line,
  ResponsiveContainer,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from 'recharts';
import type { ComponentProps } from 'react';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import type { curveTypes } from '../../common/components/data.ts';
import {
  type ChartProps,
  type ChartSeries,
  categoryKey,
  categoryLabel,
  chartRows,
  seriesColour,
  seriesName,
} from './chartData.ts';

/** The chart itself, in a separate chunk. It fills the surrounding figure. */
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
        {series.map((entry, index) => renderSeries(entry, index, seriesColour(entry.color, index, theme)))}
      </ComposedChart>
    </ResponsiveContainer>
  );
}

/** A function instead of a component: recharts inspects the types of its child elements. */
function renderSeries(series: ChartSeries, index: number, colour: string) {
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

interface ChartTooltipProps extends Partial<TooltipContentProps> {
  readonly chart: ChartProps;
}

/** The values of one category, in the order of the series. */
function ChartTooltip({ chart, active, label, payload = [] }: ChartTooltipProps) {
  if (!active || payload.length === 0) return null;
  return (
    <div className="ck-tooltip">
      <p className="ck-tooltip-title">{categoryLabel(chart, label)}</p>
      {chart.series?.map((series, index) => {
        const entry = payload.find(({ dataKey, name }) => dataKey === series.dataKey && name === seriesName(series));
        if (!entry || entry.value === undefined) return null;
        return (
          <p key={index} className="ck-tooltip-row">
            <svg width={8} height={8} viewBox="0 0 8 8" aria-hidden="true">
              <circle cx={4} cy={4} r={4} fill={entry.color} />
            </svg>
            <span className="ck-truncate">{seriesName(series)}</span>
            <span className="ck-tooltip-value">{String(entry.value)}</span>
          </p>
        );
      })}
    </div>
  );
}

type RechartsCurve = NonNullable<ComponentProps<typeof Line>['type']>;

/** ChatKit uses the curve names of recharts. */
function curve(name: (typeof curveTypes)[number]): RechartsCurve {
  return name;
}

import type { TooltipContentProps } from 'recharts';
import type { ChartProps } from './chartData.ts';
import { categoryLabel, seriesName } from './chartData.ts';

interface ChartTooltipProps extends Partial<TooltipContentProps> {
  readonly chart: ChartProps;
}

/** The numbers of one category, in the order of the series. */
export function ChartTooltip({ chart, active, label, payload = [] }: ChartTooltipProps) {
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

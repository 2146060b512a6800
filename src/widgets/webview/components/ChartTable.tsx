import * as l10n from '@vscode/l10n';
import type { ChartProps } from './chartData.ts';
import { categoryKey, categoryLabel, chartRows, seriesName } from './chartData.ts';

/** The numbers of a chart for those who do not see it. */
export function ChartTable({ chart }: { readonly chart: ChartProps }) {
  const key = categoryKey(chart);
  const series = chart.series ?? [];
  return (
    <table className="ck-hidden">
      <thead>
        <tr>
          <th scope="col">{key || l10n.t('Category')}</th>
          {series.map((entry, index) => (
            <th key={index} scope="col">
              {seriesName(entry)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {chartRows(chart).map((row, index) => (
          <tr key={index}>
            <th scope="row">{categoryLabel(chart, row[key])}</th>
            {series.map((entry, column) => (
              <td key={column}>{row[entry.dataKey] ?? ''}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import * as l10n from '@vscode/l10n';
import { Suspense, lazy } from 'react';
import { flexCss } from '../../common/grammar/length.ts';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { type WidgetStyle, dimensionStyle } from '../rendering/layout.ts';
import { type ChartProps, categoryKey, categoryLabel, chartRows, seriesName } from './chartData.ts';

// The chart library is large: it is loaded with the first chart.
const ChartCanvas = lazy(async () => ({ default: (await import('./ChartCanvas.tsx')).ChartCanvas }));

export function Chart({ node }: WidgetComponentProps<'Chart'>) {
  const flex = node.props.flex === undefined ? undefined : flexCss(node.props.flex);
  const style: WidgetStyle = { ...dimensionStyle(node.props), ...(flex === undefined ? {} : { flex }) };
  return (
    <figure className="ck-chart" style={style} data-widget-type="Chart">
      <div className="ck-chart-canvas" aria-hidden="true">
        <Suspense fallback={<p className="ck-note">{l10n.t('Loading chart…')}</p>}>
          <ChartCanvas chart={node.props} />
        </Suspense>
      </div>
      <ChartTable chart={node.props} />
    </figure>
  );
}

/** The values of a chart for screen readers. */
function ChartTable({ chart }: { readonly chart: ChartProps }) {
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

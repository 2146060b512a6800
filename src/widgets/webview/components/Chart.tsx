import * as l10n from '@vscode/l10n';
import { lazy, Suspense } from 'react';
import { flexCss } from '../../common/grammar/dimension.ts';
import type { DrawingProps } from '../rendering/componentTable.ts';
import type { WidgetStyle } from '../rendering/layout.ts';
import { dimensionStyle } from '../rendering/layout.ts';
import { ChartTable } from './ChartTable.tsx';

// Charts weigh more than all the rest: only a thread that has one loads them.
const ChartCanvas = lazy(async () => ({ default: (await import('./ChartCanvas.tsx')).ChartCanvas }));

export function Chart({ node }: DrawingProps<'Chart'>) {
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

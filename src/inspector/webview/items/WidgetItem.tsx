import * as l10n from '@vscode/l10n';
import { lazy, Suspense } from 'react';
import { widgetText } from '../../../chatkit/common/model/widgetText.ts';
import { ErrorBoundary } from '../../../base/webview/controls/ErrorBoundary.tsx';
import { jsonText } from './jsonText.ts';
import type { ItemOf, KindView } from './kind.ts';

// Drawing widgets is a chunk of its own: many threads have none.
const WidgetTabs = lazy(async () => ({ default: (await import('./WidgetTabs.tsx')).WidgetTabs }));

export const widget: KindView<'widget'> = {
  icon: 'window',
  label: () => l10n.t('Widget'),
  Body,
  texts: ({ widget: json }) => [json.form === 'json' ? widgetText(json.value, 20_000) : jsonText(json)],
  heightBeside: 99,
};

function Body({ item }: { readonly item: ItemOf<'widget'> }) {
  const json = item.widget;
  if (json.form === 'json') {
    return (
      <ErrorBoundary
        failed={
          <p className="problem-text">
            {l10n.t('What draws this widget could not be loaded. Close the tab and open the thread again.')}
          </p>
        }
      >
        <Suspense fallback={<p className="widget-place quiet">{l10n.t('Loading…')}</p>}>
          <WidgetTabs itemId={item.id} value={json.value} />
        </Suspense>
      </ErrorBoundary>
    );
  }
  if (json.form === 'clipped') return <p className="quiet">{l10n.t('This widget is too large to be drawn here.')}</p>;
  return (
    <>
      <p className="problem-text">
        {l10n.t('This widget is not JSON, so it cannot be drawn. {0}', json.form === 'invalid' ? json.error : '')}
      </p>
      {json.form === 'invalid' && <pre className="raw-text code">{json.text}</pre>}
    </>
  );
}

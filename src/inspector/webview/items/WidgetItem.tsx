import { Component, type ReactNode, Suspense, lazy } from 'react';
import * as l10n from '@vscode/l10n';
import { widgetText } from '../../../chatkit/common/model/content.ts';
import type { Json } from '../../../base/common/json.ts';
import { valueOf } from '../../common/inspectorItem.ts';
import { jsonText } from './JsonViewer.tsx';
import type { ItemOf, KindView } from './kind.ts';

interface Props {
  /** Replaces the children after an error. A browser never reloads a module that failed, so there is no retry. */
  readonly failed: ReactNode;
  readonly children: ReactNode;
}

/** Limits a load or render error to its children: the rest of the page keeps working. */
class ErrorBoundary extends Component<Props, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? this.props.failed : this.props.children;
  }
}

// The widget renderer is a separate chunk, because many threads have no widgets.
const WidgetTabs = lazy(async () => ({ default: (await import('./WidgetTabs.tsx')).WidgetTabs }));

export const widget: KindView<'widget'> = {
  icon: 'window',
  label: () => l10n.t('Widget'),
  Body,
  texts: ({ widget: json }) => [
    json.form === 'json' ? widgetText(JSON.parse(json.text) as Json, 20_000) : jsonText(json),
  ],
  extraHeight: 99,
};

function Body({ item }: { readonly item: ItemOf<'widget'> }) {
  const json = item.widget;
  if (json.form === 'json') {
    return (
      <ErrorBoundary
        failed={
          <p className="problem-text">
            {l10n.t('Could not load the widget renderer. Close the tab and open the thread again.')}
          </p>
        }
      >
        <Suspense fallback={<p className="widget-placeholder quiet">{l10n.t('Loading…')}</p>}>
          <WidgetTabs itemId={item.id} value={valueOf(json)} />
        </Suspense>
      </ErrorBoundary>
    );
  }
  if (json.form === 'clipped') return <p className="quiet">{l10n.t('This widget is too large to render.')}</p>;
  return (
    <>
      <p className="problem-text">
        {l10n.t('Could not render this widget: it is not valid JSON. {0}', json.form === 'invalid' ? json.error : '')}
      </p>
      {json.form === 'invalid' && <pre className="raw-text code">{json.text}</pre>}
    </>
  );
}

import { lazy, Suspense } from 'react';
import { widgetText } from '../../../chatkit/common/model/widgetText.ts';
import { Safely } from '../../../base/webview/controls/Safely.tsx';
import { useInspector } from '../context.tsx';
import { fill } from '../../../base/webview/format.ts';
import { jsonText } from './jsonText.ts';
import type { ItemOf, KindView } from './kind.ts';

// Drawing widgets is a chunk of its own: many threads have none.
const WidgetTabs = lazy(async () => ({ default: (await import('./WidgetTabs.tsx')).WidgetTabs }));

export const widget: KindView<'widget'> = {
  icon: 'window',
  label: (strings) => strings.kindWidget,
  Body,
  texts: ({ widget: json }) => [json.form === 'json' ? widgetText(json.value, 20_000) : jsonText(json)],
  heightBeside: 99,
};

function Body({ item }: { readonly item: ItemOf<'widget'> }) {
  const { strings } = useInspector();
  const json = item.widget;
  if (json.form === 'json') {
    return (
      <Safely failed={<p className="problem-text">{strings.widgetNotDrawn}</p>}>
        <Suspense fallback={<p className="widget-place quiet">{strings.loading}</p>}>
          <WidgetTabs itemId={item.id} value={json.value} />
        </Suspense>
      </Safely>
    );
  }
  if (json.form === 'clipped') return <p className="quiet">{strings.widgetTooLarge}</p>;
  return (
    <>
      <p className="problem-text">{fill(strings.widgetInvalid, json.form === 'invalid' ? json.error : '')}</p>
      {json.form === 'invalid' && <pre className="raw-text code">{json.text}</pre>}
    </>
  );
}

import * as l10n from '@vscode/l10n';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { Icon } from '../../../base/webview/controls/buttons.tsx';
import { WidgetView } from '../WidgetView.tsx';
import { type PreviewLayout, usePreview, usePreviewState, useRenderedWidget } from './context.tsx';

/** The rendered widget, in one theme or both side by side, in the selected width of a chat. */
export function Stage({ layout }: { readonly layout: PreviewLayout }) {
  const { host, viewState } = usePreview();
  const { images, view } = usePreviewState();
  const rendered = useRenderedWidget();
  const area = useRef<HTMLDivElement>(null);
  const loadImage = useCallback(async (url: string) => (await host.request('image', { url })).dataUrl, [host]);

  useLayoutEffect(() => {
    area.current?.scrollTo({ top: viewState.current.scroll ?? 0 });
  }, [viewState]);
  // Benchmarks measure the time from receiving a view to painting it.
  useEffect(() => {
    const frame = requestAnimationFrame(() => performance.mark('widget-preview-painted', { detail: view.serial }));
    return () => cancelAnimationFrame(frame);
  }, [view.serial]);

  const themes = layout.themes === 'both' ? (['light', 'dark'] as const) : [layout.themes];
  const labels = { light: l10n.t('Light'), dark: l10n.t('Dark') };
  return (
    <div className="stage-frame">
      {rendered !== null && rendered.source !== 'current' && (
        <p className="stage-note" role="status">
          <Icon name="warning" />{' '}
          {rendered.source === 'stale'
            ? l10n.t('The document has errors. The preview shows the last valid state.')
            : l10n.t('Could not render the template. The preview shows outputJsonPreview from the file.')}
        </p>
      )}
      {view.data?.origin === 'jsonSchema' && (
        <p className="stage-note" role="note">
          <Icon name="info" />{' '}
          {view.data.ownOrigin === 'jsonSchema'
            ? l10n.t('The file has no sample data. The data was generated from jsonSchema.')
            : l10n.t('The data was generated from jsonSchema.')}
        </p>
      )}
      <div
        ref={area}
        className="stage"
        role="group"
        aria-label={l10n.t('Rendered widget')}
        tabIndex={0}
        data-width={layout.width}
        onScroll={({ currentTarget }) => viewState.update({ scroll: currentTarget.scrollTop })}
      >
        {rendered === null && <p className="quiet">{l10n.t('There is nothing to render yet.')}</p>}
        {rendered !== null &&
          themes.map((theme) => (
            <section key={theme} className={`pane pane-${theme}`} aria-label={labels[theme]}>
              <h2>{labels[theme]}</h2>
              <div className="pane-column" dir={layout.direction} lang={layout.locale}>
                <WidgetView
                  json={rendered.json}
                  theme={theme}
                  imagePolicy={images}
                  loadImage={loadImage}
                  locale={layout.locale}
                />
              </div>
            </section>
          ))}
        {view.copyText !== null && (
          <section className="copy-text" aria-label="copy_text">
            <h2>{l10n.t('Copied by users (copy_text)')}</h2>
            <pre dir="auto" tabIndex={0}>
              {view.copyText}
            </pre>
          </section>
        )}
      </div>
    </div>
  );
}

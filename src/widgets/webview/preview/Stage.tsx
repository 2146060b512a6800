import * as l10n from '@vscode/l10n';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import { Icon } from '../../../base/webview/controls/Icon.tsx';
import { WidgetView } from '../WidgetView.tsx';
import { useDrawn, usePreview, usePreviewState } from './context.tsx';
import type { Look } from './PreviewMain.tsx';

/** The drawing, in one theme or both side by side, as wide as a chat would let it be. */
export function Stage({ look }: { readonly look: Look }) {
  const { host, memory } = usePreview();
  const { images, view } = usePreviewState();
  const drawn = useDrawn();
  const area = useRef<HTMLDivElement>(null);
  const loadImage = useCallback(async (url: string) => (await host.request('image', { url })).dataUrl, [host]);

  useLayoutEffect(() => {
    area.current?.scrollTo({ top: memory.look.scroll ?? 0 });
  }, [memory]);
  // What was received is on the screen: benchmarks measure from mark to mark.
  useEffect(() => {
    const frame = requestAnimationFrame(() => performance.mark('widget-preview-painted', { detail: view.serial }));
    return () => cancelAnimationFrame(frame);
  }, [view.serial]);

  const themes = look.themes === 'both' ? (['light', 'dark'] as const) : [look.themes];
  const labels = { light: l10n.t('Light'), dark: l10n.t('Dark') };
  return (
    <div className="stage-frame">
      {drawn !== null && drawn.of !== 'now' && (
        <p className="stage-note" role="status">
          <Icon name="warning" />{' '}
          {drawn.of === 'stale'
            ? l10n.t('The document has errors. This is the last state that could be drawn.')
            : l10n.t('The template cannot be rendered. This is the file’s own outputJsonPreview.')}
        </p>
      )}
      <div
        ref={area}
        className="stage"
        role="group"
        aria-label={l10n.t('Drawing')}
        tabIndex={0}
        data-width={look.width}
        onScroll={({ currentTarget }) => memory.remember({ scroll: currentTarget.scrollTop })}
      >
        {drawn === null && <p className="quiet">{l10n.t('Nothing can be drawn yet.')}</p>}
        {drawn !== null &&
          themes.map((theme) => (
            <section key={theme} className={`pane pane-${theme}`} aria-label={labels[theme]}>
              <h2>{labels[theme]}</h2>
              <div className="pane-column">
                <WidgetView json={drawn.json} theme={theme} imagePolicy={images} loadImage={loadImage} />
              </div>
            </section>
          ))}
      </div>
    </div>
  );
}

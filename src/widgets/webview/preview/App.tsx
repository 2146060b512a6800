import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import { usePreview, usePreviewState, type PreviewLayout } from './context.tsx';
import { Details } from './Details.tsx';
import { Stage } from './Stage.tsx';
import { Toolbar } from './Toolbar.tsx';

/** The preview of one document: the toolbar, the rendered widget and, below, its details. */
export function App() {
  const { viewState } = usePreview();
  const { title, view, locale } = usePreviewState();
  const [layout, setLayout] = useState<PreviewLayout>(() => ({
    themes: viewState.current.themes ?? 'both',
    width: viewState.current.width ?? 'md',
    direction: viewState.current.direction ?? 'ltr',
    locale: viewState.current.locale ?? locale,
  }));
  const change = (part: Partial<PreviewLayout>) => {
    setLayout({ ...layout, ...part });
    viewState.update(part);
  };
  return (
    <main className="preview" aria-label={l10n.t('Widget preview: {0}', title)} data-serial={view.serial}>
      <Toolbar layout={layout} onChange={change} />
      <Stage layout={layout} />
      <Details />
    </main>
  );
}

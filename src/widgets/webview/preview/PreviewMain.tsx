import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import type { PreviewWebviewState } from '../../common/protocol.ts';
import { usePreview, usePreviewState } from './context.tsx';
import { Details } from './Details.tsx';
import { Stage } from './Stage.tsx';
import { Toolbar } from './Toolbar.tsx';

export interface Look {
  readonly themes: NonNullable<PreviewWebviewState['themes']>;
  readonly width: NonNullable<PreviewWebviewState['width']>;
}

/** One document: the toolbar, the drawing, and what belongs to it below. */
export function PreviewMain() {
  const { memory } = usePreview();
  const { title, view } = usePreviewState();
  const [look, setLook] = useState<Look>(() => ({
    themes: memory.look.themes ?? 'both',
    width: memory.look.width ?? 'md',
  }));
  const change = (part: Partial<Look>) => {
    setLook({ ...look, ...part });
    memory.remember(part);
  };
  return (
    <main className="preview" aria-label={l10n.t('Widget preview: {0}', title)} data-serial={view.serial}>
      <Toolbar look={look} onChange={change} />
      <Stage look={look} />
      <Details />
    </main>
  );
}

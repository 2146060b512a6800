import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import type { PreviewWebviewState } from '../../common/protocol.ts';
import { IconButton } from '../../../base/webview/controls/IconButton.tsx';
import { Tabs } from '../../../base/webview/controls/Tabs.tsx';
import { usePreview, usePreviewState } from './context.tsx';
import { DataPanel } from './DataPanel.tsx';
import { OutputPanel } from './OutputPanel.tsx';
import { ProblemsPanel } from './ProblemsPanel.tsx';

type TabId = NonNullable<PreviewWebviewState['tab']>;

/** Below the drawing: the data it is filled with, the JSON it is made of, what is wrong with it. */
export function Details() {
  const { memory } = usePreview();
  const { view } = usePreviewState();
  const [tab, setTab] = useState<TabId>(memory.look.tab ?? 'problems');
  const [folded, setFolded] = useState(memory.look.folded ?? false);
  const shown = tab === 'data' && view.data === null ? 'json' : tab;
  const fold = (next: boolean) => {
    setFolded(next);
    memory.remember({ folded: next });
  };
  const select = (next: TabId) => {
    setTab(next);
    memory.remember({ tab: next });
    if (folded) fold(false);
  };
  return (
    <section className={folded ? 'details folded' : 'details'} aria-label={l10n.t('Details')}>
      <IconButton
        className="fold"
        icon={folded ? 'chevron-up' : 'chevron-down'}
        label={folded ? l10n.t('Show details') : l10n.t('Hide details')}
        aria-expanded={!folded}
        onClick={() => fold(!folded)}
      />
      <Tabs
        label={l10n.t('Details')}
        tabs={[
          { id: 'problems', label: l10n.t('Problems ({0})', view.problems.length) },
          { id: 'json', label: l10n.t('JSON') },
          ...(view.data === null ? [] : [{ id: 'data' as const, label: l10n.t('Data') }]),
        ]}
        selected={shown}
        onSelect={select}
      >
        {shown === 'problems' && <ProblemsPanel />}
        {shown === 'json' && <OutputPanel />}
        {shown === 'data' && view.data !== null && <DataPanel data={view.data} />}
      </Tabs>
    </section>
  );
}

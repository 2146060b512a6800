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

/** Below the widget: its problems, its JSON and the data of its template. */
export function Details() {
  const { viewState } = usePreview();
  const { view } = usePreviewState();
  const [tab, setTab] = useState<TabId>(viewState.current.tab ?? 'problems');
  const [collapsed, setCollapsed] = useState(viewState.current.folded ?? false);
  const shown = tab === 'data' && view.data === null ? 'json' : tab;
  const collapse = (next: boolean) => {
    setCollapsed(next);
    viewState.update({ folded: next });
  };
  const select = (next: TabId) => {
    setTab(next);
    viewState.update({ tab: next });
    if (collapsed) collapse(false);
  };
  return (
    <section className={collapsed ? 'details folded' : 'details'} aria-label={l10n.t('Details')}>
      <IconButton
        className="fold"
        icon={collapsed ? 'chevron-up' : 'chevron-down'}
        label={collapsed ? l10n.t('Show details') : l10n.t('Hide details')}
        aria-expanded={!collapsed}
        onClick={() => collapse(!collapsed)}
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

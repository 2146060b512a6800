import { useState } from 'react';
import type { PreviewPageState } from '../../common/protocol.ts';
import { IconButton } from '../../../base/webview/controls/IconButton.tsx';
import { Tabs } from '../../../base/webview/controls/Tabs.tsx';
import { fill } from '../../../base/webview/format.ts';
import { usePreview, usePreviewState } from './context.tsx';
import { DataPanel } from './DataPanel.tsx';
import { OutputPanel } from './OutputPanel.tsx';
import { ProblemsPanel } from './ProblemsPanel.tsx';

type TabId = NonNullable<PreviewPageState['tab']>;

/** Below the drawing: the data it is filled with, the JSON it is made of, what is wrong with it. */
export function Details() {
  const { memory, strings } = usePreview();
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
    <section className={folded ? 'details folded' : 'details'} aria-label={strings.details}>
      <IconButton
        className="fold"
        icon={folded ? 'chevron-up' : 'chevron-down'}
        label={folded ? strings.unfold : strings.fold}
        aria-expanded={!folded}
        onClick={() => fold(!folded)}
      />
      <Tabs
        label={strings.details}
        tabs={[
          { id: 'problems', label: fill(strings.problems, view.problems.length) },
          { id: 'json', label: strings.json },
          ...(view.data === null ? [] : [{ id: 'data' as const, label: strings.data }]),
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

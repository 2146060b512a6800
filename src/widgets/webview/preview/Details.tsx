import * as l10n from '@vscode/l10n';
import { memo, useEffect, useState } from 'react';
import type { Json } from '../../../base/common/json.ts';
import { Icon, IconButton, VsButton } from '../../../base/webview/controls/buttons.tsx';
import { JsonTree } from '../../../base/webview/json/JsonTree.tsx';
import type { PreviewWebviewState, ProblemView } from '../../common/protocol.ts';
import { Tabs } from '../../../base/webview/controls/Tabs.tsx';
import { usePreview, usePreviewState, useRenderedWidget } from './context.tsx';
import { DataPanel } from './DataPanel.tsx';

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

const icons: Record<ProblemView['severity'], string> = { error: 'error', warning: 'warning', info: 'info' };

/** The problems of the document; a click shows the position in the text. */
function ProblemsPanel() {
  const { host } = usePreview();
  const { problems, canRunAgain } = usePreviewState().view;
  if (problems.length === 0) return <p className="quiet">{l10n.t('No problems found.')}</p>;
  return (
    <>
      <ul className="problem-list">
        {problems.map((problem, index) => (
          <ProblemRow key={index} index={index} {...problem} />
        ))}
      </ul>
      {canRunAgain && <VsButton onClick={() => host.notify('runAgain', {})}>{l10n.t('Run Again')}</VsButton>}
    </>
  );
}

/** One problem. A change of the document sends all problems again, so a row with the same content is not rendered again. */
const ProblemRow = memo(function ProblemRow(props: ProblemView & { readonly index: number }) {
  const { index, severity, message, path, where } = props;
  const { host, model } = usePreview();
  const goTo = () => host.notify('goTo', { serial: model.getState()?.view.serial ?? 0, problem: index });
  return (
    <li>
      <button
        type="button"
        className={`problem ${severity}`}
        title={l10n.t('Go to Problem in the Text')}
        onClick={goTo}
      >
        <Icon name={icons[severity]} />
        <span className="problem-message">
          {message} {path !== null && <code className="quiet">{path === '' ? '/' : path}</code>}
        </span>
        <span className="problem-where quiet">{where}</span>
      </button>
    </li>
  );
});

/** How long the button shows that the text was copied, in ms. */
const copiedMs = 2_000;

// Loaded on request.
const loadCopyAs = () => import('../../common/authoring/copyAs.ts');

/** The JSON that is rendered. */
function OutputPanel() {
  const { host } = usePreview();
  const rendered = useRenderedWidget();
  const [copied, setCopied] = useState<string | null>(null);
  useEffect(() => {
    if (copied === null) return;
    const timer = setTimeout(() => setCopied(null), copiedMs);
    return () => clearTimeout(timer);
  }, [copied]);
  if (rendered === null) return <p className="quiet">{l10n.t('There is nothing to render yet.')}</p>;
  const copy = async (label: string, textOf: (json: Json) => string | Promise<string>) => {
    await host.request('copyText', { text: await textOf(rendered.json) });
    setCopied(label);
  };
  const button = (label: string, textOf: (json: Json) => string | Promise<string>) => (
    <VsButton look="link" onClick={() => void copy(label, textOf)}>
      {copied === label ? l10n.t('Copied') : label}
    </VsButton>
  );
  return (
    <>
      <p className="facts">
        {button(l10n.t('Copy'), (json) => JSON.stringify(json, null, 2))}
        {button(l10n.t('Copy as Python'), async (json) => (await loadCopyAs()).asPython(json))}
        {button(l10n.t('Copy as TypeScript'), async (json) => (await loadCopyAs()).asTypeScript(json))}
      </p>
      <JsonTree value={rendered.json} />
    </>
  );
}

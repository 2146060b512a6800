import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'react';
import type { Json } from '../../../base/common/json.ts';
import { VsButton } from '../../../base/webview/controls/VsButton.tsx';
import { JsonTree } from '../../../base/webview/json/JsonTree.tsx';
import { useRenderedWidget, usePreview } from './context.tsx';

/** How long the button shows that the text was copied, in ms. */
const copiedMs = 2_000;

// Loaded on request.
const loadCopyAs = () => import('../../common/authoring/copyAs.ts');

/** The JSON that is rendered. */
export function OutputPanel() {
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

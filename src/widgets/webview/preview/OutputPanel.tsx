import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'react';
import { VsButton } from '../../../base/webview/controls/VsButton.tsx';
import { JsonTree } from '../../../base/webview/json/JsonTree.tsx';
import { useRenderedWidget, usePreview } from './context.tsx';

/** How long the button shows that the text was copied, in ms. */
const copiedMs = 2_000;

/** The JSON that is rendered. */
export function OutputPanel() {
  const { host } = usePreview();
  const rendered = useRenderedWidget();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), copiedMs);
    return () => clearTimeout(timer);
  }, [copied]);
  if (rendered === null) return <p className="quiet">{l10n.t('There is nothing to render yet.')}</p>;
  const copy = async () => {
    await host.request('copyText', { text: JSON.stringify(rendered.json, null, 2) });
    setCopied(true);
  };
  return (
    <>
      <VsButton look="link" onClick={() => void copy()}>
        {copied ? l10n.t('Copied') : l10n.t('Copy')}
      </VsButton>
      <JsonTree value={rendered.json} />
    </>
  );
}

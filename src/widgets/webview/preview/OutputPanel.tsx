import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'react';
import { VsButton } from '../../../base/webview/controls/VsButton.tsx';
import { JsonTree } from '../../../base/webview/json/JsonTree.tsx';
import { useDrawn, usePreview } from './context.tsx';

/** The JSON that is drawn. */
export function OutputPanel() {
  const { host } = usePreview();
  const drawn = useDrawn();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  if (drawn === null) return <p className="quiet">{l10n.t('Nothing can be drawn yet.')}</p>;
  const copy = async () => {
    await host.request('copyText', { text: JSON.stringify(drawn.json, null, 2) });
    setCopied(true);
  };
  return (
    <>
      <VsButton look="link" onClick={() => void copy()}>
        {copied ? l10n.t('Copied') : l10n.t('Copy')}
      </VsButton>
      <JsonTree value={drawn.json} />
    </>
  );
}

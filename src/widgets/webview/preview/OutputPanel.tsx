import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'react';
import type { Json } from '../../../base/common/json.ts';
import { VsButton } from '../../../base/webview/controls/VsButton.tsx';
import { JsonTree } from '../../../base/webview/json/JsonTree.tsx';
import { asPython, asTypeScript } from '../../common/authoring/copyAs.ts';
import { useRenderedWidget, usePreview } from './context.tsx';

/** How long the button shows that the text was copied, in ms. */
const copiedMs = 2_000;

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
  const copy = async (label: string, text: string) => {
    await host.request('copyText', { text });
    setCopied(label);
  };
  const button = (label: string, textOf: (json: Json) => string) => (
    <VsButton look="link" onClick={() => void copy(label, textOf(rendered.json))}>
      {copied === label ? l10n.t('Copied') : label}
    </VsButton>
  );
  return (
    <>
      <p className="facts">
        {button(l10n.t('Copy'), (json) => JSON.stringify(json, null, 2))}
        {button(l10n.t('Copy as Python'), asPython)}
        {button(l10n.t('Copy as TypeScript'), asTypeScript)}
      </p>
      <JsonTree value={rendered.json} />
    </>
  );
}

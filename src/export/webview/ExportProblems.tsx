import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import type { ExportView } from '../common/exportView.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../base/webview/controls/VsButton.tsx';
import { useExportContext } from './context.ts';

/** The parts of the file that could not be read, with a button that opens the text. */
export function ExportProblems({ file }: { readonly file: ExportView }) {
  const [open, setOpen] = useState(false);
  if (file.problems.length === 0) return null;
  return (
    <div className="banner warning" role="alert">
      <Icon name="warning" />
      <div>
        <p>{l10n.t('Some parts of this file could not be read. The other parts are shown.')}</p>
        {open && (
          <ul className="problem-detail">
            {file.problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
      </div>
      <span className="banner-actions">
        <VsButton look="link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? l10n.t('Hide Details') : l10n.t('Show Details')}
        </VsButton>
        <ReopenAsText look="link" />
      </span>
    </div>
  );
}

export function ReopenAsText({ look }: { readonly look: 'primary' | 'link' }) {
  const { host } = useExportContext();
  return (
    <VsButton look={look} onClick={() => host.notify('export', { do: 'reopenAsText' })}>
      {l10n.t('Reopen as Text')}
    </VsButton>
  );
}

import * as l10n from '@vscode/l10n';
import type { DraftFile } from '../common/protocol.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { IconButton } from '../../base/webview/controls/IconButton.tsx';
import { useConversation } from './context.ts';

const icons = { uploading: 'loading', ready: 'file', failed: 'error' } as const;

/** The attachments of the next message with the state of their uploads. */
export function DraftFiles({ files }: { readonly files: readonly DraftFile[] }) {
  const { host, threadId } = useConversation();
  return (
    <ul className="draft-files" aria-label={l10n.t('Attachments')}>
      {files.map(({ key, name, state, message }) => (
        <li key={key} className={`draft-file ${state}`}>
          <Icon name={icons[state]} spin={state === 'uploading'} />
          <span className="draft-file-name">{name}</span>
          {state === 'uploading' && <span className="quiet">{l10n.t('Uploading…')}</span>}
          {state === 'failed' && (
            <span className="problem-text" role="alert">
              {l10n.t('Not uploaded')}: {message}
            </span>
          )}
          <IconButton
            icon="close"
            label={l10n.t('Remove {0}', name)}
            className="small"
            onClick={() => host.notify('detach', { threadId, key })}
          />
        </li>
      ))}
    </ul>
  );
}

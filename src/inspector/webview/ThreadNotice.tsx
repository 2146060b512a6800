import * as l10n from '@vscode/l10n';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { useViewState } from './state/context.tsx';

/** Shows that a thread is locked or closed, and why: the server accepts no messages for it. */
export function ThreadNotice() {
  const { thread, activity } = useViewState();
  const status = thread?.status;
  if (activity.deleted || (status?.type !== 'locked' && status?.type !== 'closed')) return null;
  const isLocked = status.type === 'locked';
  return (
    <div className="banner info" role="note">
      <Icon name={isLocked ? 'lock' : 'archive'} />
      <div>
        <p>
          {isLocked
            ? l10n.t('This thread is locked. The server does not accept messages for it at the moment.')
            : l10n.t('This thread is closed. The server does not accept messages for it.')}
        </p>
        {status.reason !== null && status.reason.trim() !== '' && <p className="plain">{status.reason}</p>}
      </div>
    </div>
  );
}

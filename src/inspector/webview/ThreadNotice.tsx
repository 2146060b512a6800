import * as l10n from '@vscode/l10n';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { useViewState } from './state/context.tsx';

/** Says of a locked or closed thread that it is, and why: its server takes no messages for it. */
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
            ? l10n.t('This thread is locked: its server takes no messages for it now.')
            : l10n.t('This thread is closed: its server takes no more messages for it.')}
        </p>
        {status.reason !== null && status.reason.trim() !== '' && <p className="plain">{status.reason}</p>}
      </div>
    </div>
  );
}

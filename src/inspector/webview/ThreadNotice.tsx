import { Icon } from '../../base/webview/controls/Icon.tsx';
import { useInspector, useShell } from './context.tsx';

/** Says of a locked or closed thread that it is, and why: its server takes no messages for it. */
export function ThreadNotice() {
  const { strings } = useInspector();
  const { thread, activity } = useShell();
  const status = thread?.status;
  if (activity.deleted || (status?.type !== 'locked' && status?.type !== 'closed')) return null;
  const isLocked = status.type === 'locked';
  return (
    <div className="banner info" role="note">
      <Icon name={isLocked ? 'lock' : 'archive'} />
      <div>
        <p>{isLocked ? strings.threadLocked : strings.threadClosed}</p>
        {status.reason !== null && status.reason.trim() !== '' && <p className="plain">{status.reason}</p>}
      </div>
    </div>
  );
}

import * as l10n from '@vscode/l10n';
import { ErrorMessage } from '../../base/webview/controls/ErrorText.tsx';
import { Icon, VsButton } from '../../base/webview/controls/buttons.tsx';
import type { Problem } from '../common/protocol.ts';
import { useInspector, useViewState } from './state/context.tsx';

/** Problems that affect the whole thread. Problems of one position are shown at that position. */
export function Problems() {
  const { activity } = useViewState();
  const problems = activity.problems.filter(({ place }) => place === 'thread' || place === 'latest');
  // Both requests often fail for the same reason, which is shown once.
  const distinct = [...new Map(problems.map((problem) => [problem.message, problem])).values()];
  return (
    <>
      {activity.deleted && (
        <div className="banner warning" role="alert">
          <Icon name="trash" />
          <p>{l10n.t('This thread was deleted. You can still read the items that were loaded.')}</p>
        </div>
      )}
      {!activity.deleted && distinct.map((problem) => <ProblemBanner key={problem.place} problem={problem} />)}
    </>
  );
}

function ProblemBanner({ problem }: { readonly problem: Problem }) {
  return (
    <div className="banner error" role="alert">
      <Icon name="error" />
      <ErrorMessage message={problem.message} detail={problem.detail}>
        <ProblemAction problem={problem} />
      </ErrorMessage>
    </div>
  );
}

/** The button for the next step; the host maps it to a command. */
export function ProblemAction({ problem }: { readonly problem: Problem }) {
  const { host, threadId } = useInspector();
  if (problem.action === null) return null;
  return (
    <VsButton look="primary" onClick={() => host.notify('resolveProblem', { threadId, place: problem.place })}>
      {problem.action}
    </VsButton>
  );
}

/** Shows that a thread is locked or closed, and why: the server accepts no messages for it. */
export function ThreadNotice() {
  const { thread, activity, conversation, capabilities } = useViewState();
  const status = thread?.status;
  if (activity.deleted || (status?.type !== 'locked' && status?.type !== 'closed')) return null;
  const isLocked = status.type === 'locked';
  // The conversation shows that the thread is closed, in the place of the composer.
  if (!isLocked && conversation !== null && capabilities.send) return null;
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

import * as l10n from '@vscode/l10n';
import type { Problem } from '../common/protocol.ts';
import { Icon } from '../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../base/webview/controls/VsButton.tsx';
import { useState } from 'react';
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
  const [open, setOpen] = useState(false);
  return (
    <div className="banner error" role="alert">
      <Icon name="error" />
      <div>
        <p>{problem.message}</p>
        {open && <pre className="problem-detail">{problem.detail}</pre>}
      </div>
      <span className="banner-actions">
        {problem.detail !== '' && (
          <VsButton look="link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? l10n.t('Hide Details') : l10n.t('Show Details')}
          </VsButton>
        )}
        <ProblemAction problem={problem} />
      </span>
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

import * as l10n from '@vscode/l10n';
import type { ProblemView } from '../../common/protocol.ts';
import { Icon } from '../../../base/webview/controls/Icon.tsx';
import { VsButton } from '../../../base/webview/controls/VsButton.tsx';
import { usePreview, usePreviewState } from './context.tsx';

const icons: Record<ProblemView['severity'], string> = { error: 'error', warning: 'warning', info: 'info' };

/** The problems of the document; a click shows the position in the text. */
export function ProblemsPanel() {
  const { host } = usePreview();
  const { serial, problems, canRunAgain } = usePreviewState().view;
  if (problems.length === 0) return <p className="quiet">{l10n.t('No problems found.')}</p>;
  return (
    <>
      <ul className="problem-list">
        {problems.map((problem, index) => (
          <li key={index}>
            <button
              type="button"
              className={`problem ${problem.severity}`}
              title={l10n.t('Go to Problem in the Text')}
              onClick={() => host.notify('goTo', { serial, problem: index })}
            >
              <Icon name={icons[problem.severity]} />
              <span className="problem-message">
                {problem.message}{' '}
                {problem.path !== null && <code className="quiet">{problem.path === '' ? '/' : problem.path}</code>}
              </span>
              <span className="problem-where quiet">{problem.where}</span>
            </button>
          </li>
        ))}
      </ul>
      {canRunAgain && <VsButton onClick={() => host.notify('runAgain', {})}>{l10n.t('Run Again')}</VsButton>}
    </>
  );
}

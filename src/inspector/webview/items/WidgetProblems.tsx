import * as l10n from '@vscode/l10n';
import { formatProblem, type WidgetProblem } from '../../../widgets/common/problems.ts';
import { Icon } from '../../../base/webview/controls/Icon.tsx';

const icons: Record<WidgetProblem['severity'], string> = { error: 'error', warning: 'warning', info: 'info' };

interface Props {
  readonly problems: readonly WidgetProblem[];
  /** Shows a place of the JSON, by its pointer. */
  readonly onOpen: (path: string) => void;
}

/** What is wrong with a widget, and where in its JSON; a click goes there. */
export function WidgetProblems({ problems, onOpen }: Props) {
  if (problems.length === 0) return <p className="quiet">{l10n.t('No problems found.')}</p>;
  return (
    <ul className="widget-problems">
      {problems.map((problem, index) => (
        <li key={index} className={problem.severity}>
          <button
            type="button"
            className="widget-problem"
            title={l10n.t('Open in Editor')}
            onClick={() => onOpen(problem.path)}
          >
            <Icon name={icons[problem.severity]} />
            <span>
              {formatProblem(problem)} <code className="code quiet">{problem.path === '' ? '/' : problem.path}</code>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

import { formatProblem, type WidgetProblem } from '../../domain/widgets/problems.ts';
import { Icon } from '../controls/Icon.tsx';
import { useInspector } from '../inspector/context.tsx';

const icons: Record<WidgetProblem['severity'], string> = { error: 'error', warning: 'warning', info: 'info' };

/** What is wrong with a widget, and where in its JSON. */
export function WidgetProblems({ problems }: { readonly problems: readonly WidgetProblem[] }) {
  const { strings } = useInspector();
  if (problems.length === 0) return <p className="quiet">{strings.noProblems}</p>;
  return (
    <ul className="widget-problems">
      {problems.map((problem, index) => (
        <li key={index} className={problem.severity}>
          <Icon name={icons[problem.severity]} />
          <span>
            {formatProblem(problem, strings.widgetProblems[problem.code])}{' '}
            <code className="code quiet">{problem.path === '' ? '/' : problem.path}</code>
          </span>
        </li>
      ))}
    </ul>
  );
}

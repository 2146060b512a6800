import { useState } from 'react';
import { fillIn } from '../../common/strings.ts';
import { useWidgetHost } from '../context.ts';
import type { DrawingProps } from '../draw.ts';
import { NodeView } from '../NodeView.tsx';
import { ThemeScope } from '../ThemeScope.tsx';
import { Status } from './Status.tsx';

/** Items that `limit: "auto"` shows at first; nobody published a number. */
const autoLimit = 5;

export function ListView({ node }: DrawingProps<'ListView'>) {
  const { strings } = useWidgetHost();
  const [all, setAll] = useState(false);
  const { limit, status, theme } = node.props;
  const most = limit === 'auto' ? autoLimit : (limit ?? Infinity);
  const shown = all ? node.children : node.children.slice(0, most);
  const hidden = node.children.length - shown.length;
  return (
    <ThemeScope theme={theme}>
      <div className="ck-list-view" data-widget-type="ListView">
        {status && <Status status={status} />}
        <ul className="ck-list">
          {shown.map((child) => (
            <li key={child.identity} className="ck-list-entry">
              <NodeView node={child} />
            </li>
          ))}
        </ul>
        {node.cut && <p className="ck-note">{node.cut === 'depth' ? strings.cutDepth : strings.cutNodes}</p>}
        {hidden > 0 && (
          <button type="button" className="ck-link ck-show-more" onClick={() => setAll(true)}>
            {fillIn(strings.showMore, hidden)}
          </button>
        )}
      </div>
    </ThemeScope>
  );
}

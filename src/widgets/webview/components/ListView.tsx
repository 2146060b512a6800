import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { CutNote, NodeView, ThemeScope } from '../rendering/NodeView.tsx';
import { Status } from './Status.tsx';

/** Number of items that `limit: "auto"` shows initially. Our choice: the number is not documented. */
const autoLimit = 5;

export function ListView({ node }: WidgetComponentProps<'ListView'>) {
  const [showsAll, setShowsAll] = useState(false);
  const { limit, status, theme } = node.props;
  const maxItems = limit === 'auto' ? autoLimit : (limit ?? Infinity);
  const shown = showsAll ? node.children : node.children.slice(0, maxItems);
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
        <CutNote node={node} />
        {hidden > 0 && (
          <button type="button" className="ck-link ck-show-more" onClick={() => setShowsAll(true)}>
            {l10n.t('Show {0} more', hidden)}
          </button>
        )}
      </div>
    </ThemeScope>
  );
}

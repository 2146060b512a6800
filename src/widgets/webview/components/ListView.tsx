import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import type { DrawingProps } from '../rendering/componentTable.ts';
import { NodeView } from '../rendering/NodeView.tsx';
import { ThemeScope } from '../rendering/ThemeScope.tsx';
import { Status } from './Status.tsx';

/** Items that `limit: "auto"` shows at first; nobody published a number. */
const autoLimit = 5;

export function ListView({ node }: DrawingProps<'ListView'>) {
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
        {node.cut && (
          <p className="ck-note">
            {node.cut === 'depth'
              ? l10n.t('Deeper components are not drawn.')
              : l10n.t('Further components are not drawn.')}
          </p>
        )}
        {hidden > 0 && (
          <button type="button" className="ck-link ck-show-more" onClick={() => setAll(true)}>
            {l10n.t('Show {0} more', hidden)}
          </button>
        )}
      </div>
    </ThemeScope>
  );
}

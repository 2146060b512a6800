import * as l10n from '@vscode/l10n';
import { useId } from 'react';
import { Children } from '../rendering/NodeView.tsx';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { useAction } from '../form/useAction.ts';
import { flexStyle } from '../rendering/layout.ts';

/**
 * A row of a list. A clickable row has a button beneath its content: controls may not be nested inside a button.
 */
export function ListViewItem({ node }: WidgetComponentProps<'ListViewItem'>) {
  const { run, busy } = useAction(node);
  const contentId = useId();
  const { onClickAction } = node.props;
  return (
    <div className={onClickAction ? 'ck-list-item ck-clickable' : 'ck-list-item'} data-widget-type="ListViewItem">
      {onClickAction && (
        <button
          type="button"
          className="ck-list-item-button"
          aria-labelledby={contentId}
          aria-busy={busy || undefined}
          onClick={() => run(onClickAction, 'click')}
        />
      )}
      <div className="ck-list-item-content" id={contentId} style={flexStyle(node.props)}>
        <Children node={node} />
      </div>
      {busy && <span className="ck-spinner" role="status" aria-label={l10n.t('Loading')} />}
    </div>
  );
}

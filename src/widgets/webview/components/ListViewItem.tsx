import * as l10n from '@vscode/l10n';
import { useId } from 'react';
import { Children } from '../rendering/Children.tsx';
import type { DrawingProps } from '../rendering/componentTable.ts';
import { useAction } from '../form/useAction.ts';
import { flexStyle } from '../rendering/layout.ts';

/**
 * A row of a list. When it can be clicked, a button lies under its content: controls inside the row stay controls of
 * their own, which a button around them would not allow.
 */
export function ListViewItem({ node }: DrawingProps<'ListViewItem'>) {
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

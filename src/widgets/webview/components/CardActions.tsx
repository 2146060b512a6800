import type { KnownNode } from '../../common/node.ts';
import { useAction } from '../form/useAction.ts';
import { buttonStyle } from './Button.tsx';

/** The confirm and cancel buttons below a card. In a card that is a form, confirm submits it. */
export function CardActions({ node }: { readonly node: KnownNode<'Card'> }) {
  const { run } = useAction(node);
  const { confirm, cancel, asForm, collapsed } = node.props;
  if ((!confirm && !cancel) || collapsed) return null;
  return (
    <div className="ck-card-actions">
      {cancel && (
        <button
          type="button"
          className="ck-button ck-tone-secondary ck-outline"
          style={buttonStyle({})}
          onClick={() => run(cancel.action, 'cancel')}
        >
          <span className="ck-truncate">{cancel.label}</span>
        </button>
      )}
      {confirm && (
        <button
          type={asForm ? 'submit' : 'button'}
          className="ck-button ck-tone-primary ck-solid"
          style={buttonStyle({})}
          onClick={asForm ? undefined : () => run(confirm.action, 'confirm')}
        >
          <span className="ck-truncate">{confirm.label}</span>
        </button>
      )}
    </div>
  );
}

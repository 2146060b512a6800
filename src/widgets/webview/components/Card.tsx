import * as l10n from '@vscode/l10n';
import { type ReactNode, useState } from 'react';
import type { KnownNode } from '../../common/node.ts';
import { Children, ThemeScope } from '../rendering/NodeView.tsx';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { FormElement } from '../form/FormElement.tsx';
import { type WidgetStyle, borderStyle, colourStyle, paddingStyle } from '../rendering/layout.ts';
import { useAction } from '../form/useAction.ts';
import { Status } from './Status.tsx';
import { buttonStyle } from './Button.tsx';

export function Card({ node }: WidgetComponentProps<'Card'>) {
  return (
    <ThemeScope theme={node.props.theme}>
      <CardFrame node={node}>
        {node.props.status && <Status status={node.props.status} />}
        <CardBody node={node} />
        <CardActions node={node} />
      </CardFrame>
    </ThemeScope>
  );
}

function CardFrame({ node, children }: { readonly node: KnownNode<'Card'>; readonly children: ReactNode }) {
  const theme = useWidgetTheme();
  const { size = 'md', padding, background, border, asForm, confirm } = node.props;
  const className = `ck-card ck-card-${size}${background === undefined ? '' : ' ck-filled'}`;
  const style: WidgetStyle = {
    ...paddingStyle(padding),
    ...borderStyle(border, theme),
    ...colourStyle('background', background, 'background', theme),
  };
  return asForm ? (
    <FormElement node={node} action={confirm?.action} trigger="confirm" className={className} style={style}>
      {children}
    </FormElement>
  ) : (
    <div className={className} style={style} data-widget-type="Card">
      {children}
    </div>
  );
}

/** The content. A collapsed card hides it; unlike in ChatKit, it can be expanded for inspection. */
function CardBody({ node }: { readonly node: KnownNode<'Card'> }) {
  const [open, setOpen] = useState(false);
  const { collapsed } = node.props;
  const shown = !collapsed || open;
  return (
    <>
      {shown && (
        <div className="ck-card-body">
          <Children node={node} />
        </div>
      )}
      {collapsed && (
        <button type="button" className="ck-link" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? l10n.t('Hide details') : l10n.t('Show details')}
        </button>
      )}
    </>
  );
}

/** The confirm and cancel buttons below a card. If the card is a form, confirm submits it. */
function CardActions({ node }: { readonly node: KnownNode<'Card'> }) {
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

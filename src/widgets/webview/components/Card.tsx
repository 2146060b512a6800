import * as l10n from '@vscode/l10n';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { KnownNode } from '../../common/node.ts';
import { Children } from '../rendering/Children.tsx';
import { useWidgetTheme } from '../rendering/widgetHost.ts';
import type { DrawingProps } from '../rendering/componentTable.ts';
import { FormElement } from '../form/FormElement.tsx';
import type { WidgetStyle } from '../rendering/layout.ts';
import { borderStyle, colourStyle, paddingStyle } from '../rendering/layout.ts';
import { ThemeScope } from '../rendering/ThemeScope.tsx';
import { CardActions } from './CardActions.tsx';
import { Status } from './Status.tsx';

export function Card({ node }: DrawingProps<'Card'>) {
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

/** The content. A collapsed card hides it, but here it can be brought back: this is a place for looking into things. */
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

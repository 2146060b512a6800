import * as l10n from '@vscode/l10n';
import type { UnknownNode } from '../../common/node.ts';
import { Children } from './Children.tsx';

/** A component that this version does not know: a marked place with its children in it. */
export function UnknownComponent({ node }: { readonly node: UnknownNode }) {
  const name = node.type.length > 60 ? `${node.type.slice(0, 59)}…` : node.type;
  return (
    <div className="ck-unknown" data-widget-type={node.type} data-widget-unknown>
      <span className="ck-unknown-name">
        {name === '' ? l10n.t('Component without a type') : l10n.t('Unknown component {0}', name)}
      </span>
      <Children node={node} />
    </div>
  );
}

import type { UnknownNode } from '../common/node.ts';
import { fillIn } from '../common/strings.ts';
import { Children } from './Children.tsx';
import { useWidgetHost } from './context.ts';

/** A component that this version does not know: a marked place with its children in it. */
export function UnknownComponent({ node }: { readonly node: UnknownNode }) {
  const { strings } = useWidgetHost();
  const name = node.type.length > 60 ? `${node.type.slice(0, 59)}…` : node.type;
  return (
    <div className="ck-unknown" data-widget-type={node.type} data-widget-unknown>
      <span className="ck-unknown-name">
        {name === '' ? strings.unnamedComponent : fillIn(strings.unknownComponent, name)}
      </span>
      <Children node={node} />
    </div>
  );
}

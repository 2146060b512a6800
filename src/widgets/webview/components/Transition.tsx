import { Children } from '../rendering/NodeView.tsx';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';

/** Fades in a new child. There is no animation with reduced motion. */
export function Transition({ node }: WidgetComponentProps<'Transition'>) {
  return (
    <div className="ck-transition" key={node.children[0]?.identity} data-widget-type="Transition">
      <Children node={node} />
    </div>
  );
}

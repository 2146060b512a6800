import { Children } from '../rendering/Children.tsx';
import type { DrawingProps } from '../rendering/componentTable.ts';

/** Fades its child in when another one takes its place; not at all where motion is reduced. */
export function Transition({ node }: DrawingProps<'Transition'>) {
  return (
    <div className="ck-transition" key={node.children[0]?.identity} data-widget-type="Transition">
      <Children node={node} />
    </div>
  );
}

import type { WidgetNode } from '../common/node.ts';
import { useWidgetHost } from './context.ts';
import { NodeView } from './NodeView.tsx';

/** The children of a node, and a note where a limit cut some off. */
export function Children({ node }: { readonly node: WidgetNode }) {
  const { strings } = useWidgetHost();
  return (
    <>
      {node.children.map((child) => (
        <NodeView key={child.identity} node={child} />
      ))}
      {node.cut && <p className="ck-note">{node.cut === 'depth' ? strings.cutDepth : strings.cutNodes}</p>}
    </>
  );
}

import * as l10n from '@vscode/l10n';
import type { WidgetNode } from '../../common/node.ts';
import { NodeView } from './NodeView.tsx';

/** The children of a node, and a note where a limit cut some off. */
export function Children({ node }: { readonly node: WidgetNode }) {
  return (
    <>
      {node.children.map((child) => (
        <NodeView key={child.identity} node={child} />
      ))}
      {node.cut && (
        <p className="ck-note">
          {node.cut === 'depth'
            ? l10n.t('Deeper components are not drawn.')
            : l10n.t('Further components are not drawn.')}
        </p>
      )}
    </>
  );
}

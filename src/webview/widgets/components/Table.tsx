import type { KnownNode, WidgetNode } from '../../../domain/widgets/node.ts';
import { Children } from '../Children.tsx';
import type { DrawingProps } from '../draw.ts';
import { NodeView } from '../NodeView.tsx';

/** Rows that are headings stand in the head as long as nothing else came before them. */
export function Table({ node }: DrawingProps<'Table'>) {
  const rows = node.children.filter(isRow);
  const strays = node.children.filter((child) => !isRow(child));
  const firstBody = rows.findIndex((row) => !row.props.header);
  const heads = firstBody === -1 ? rows : rows.slice(0, firstBody);
  const body = firstBody === -1 ? [] : rows.slice(firstBody);
  return (
    <div className="ck-table-frame" data-widget-type="Table">
      <table className="ck-table">
        {heads.length > 0 && (
          <thead>
            {heads.map((row) => (
              <NodeView key={row.identity} node={row} />
            ))}
          </thead>
        )}
        {body.length > 0 && (
          <tbody>
            {body.map((row) => (
              <NodeView key={row.identity} node={row} />
            ))}
          </tbody>
        )}
      </table>
      {(strays.length > 0 || node.cut) && <Children node={{ ...node, children: strays }} />}
    </div>
  );
}

function isRow(node: WidgetNode): node is KnownNode<'Table.Row'> {
  return node.component === 'Table.Row';
}

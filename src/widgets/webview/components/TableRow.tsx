import type { KnownNode, WidgetNode } from '../../common/node.ts';
import { Children } from '../rendering/Children.tsx';
import type { DrawingProps } from '../rendering/componentTable.ts';
import { NodeView } from '../rendering/NodeView.tsx';
import { TablePlaceContext, useTablePlace } from './tablePosition.ts';

export function TableRow({ node }: DrawingProps<'Table.Row'>) {
  const place = useTablePlace();
  if (place !== 'table') {
    return (
      <div className="ck-box ck-row" data-widget-type="Table.Row">
        <Children node={node} />
      </div>
    );
  }
  const cells = node.children.filter(isCell);
  const strays = node.children.filter((child) => !isCell(child));
  return (
    <TablePlaceContext value={node.props.header ? 'headerRow' : 'row'}>
      <tr data-widget-type="Table.Row">
        {cells.map((cell) => (
          <NodeView key={cell.identity} node={cell} />
        ))}
        {(strays.length > 0 || node.cut) && (
          <td className="ck-cell">
            <TablePlaceContext value="none">
              <Children node={{ ...node, children: strays }} />
            </TablePlaceContext>
          </td>
        )}
      </tr>
    </TablePlaceContext>
  );
}

function isCell(node: WidgetNode): node is KnownNode<'Table.Cell'> {
  return node.component === 'Table.Cell';
}

import type { KnownNode, WidgetNode } from '../../common/node.ts';
import { Children, NodeView } from '../rendering/NodeView.tsx';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { TablePositionContext, useTablePosition } from './Table.tsx';

export function TableRow({ node }: WidgetComponentProps<'Table.Row'>) {
  const position = useTablePosition();
  if (position !== 'table') {
    return (
      <div className="ck-box ck-row" data-widget-type="Table.Row">
        <Children node={node} />
      </div>
    );
  }
  const cells = node.children.filter(isCell);
  const strays = node.children.filter((child) => !isCell(child));
  return (
    <TablePositionContext value={node.props.header ? 'headerRow' : 'row'}>
      <tr data-widget-type="Table.Row">
        {cells.map((cell) => (
          <NodeView key={cell.identity} node={cell} />
        ))}
        {(strays.length > 0 || node.cut) && (
          <td className="ck-cell">
            <TablePositionContext value="none">
              <Children node={{ ...node, children: strays }} />
            </TablePositionContext>
          </td>
        )}
      </tr>
    </TablePositionContext>
  );
}

function isCell(node: WidgetNode): node is KnownNode<'Table.Cell'> {
  return node.component === 'Table.Cell';
}

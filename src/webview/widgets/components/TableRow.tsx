import type { KnownNode, WidgetNode } from '../../../domain/widgets/node.ts';
import { Children } from '../Children.tsx';
import type { DrawingProps } from '../draw.ts';
import { NodeView } from '../NodeView.tsx';
import { TableHeaderContext } from './tableHeader.ts';

export function TableRow({ node }: DrawingProps<'Table.Row'>) {
  const cells = node.children.filter(isCell);
  const strays = node.children.filter((child) => !isCell(child));
  return (
    <TableHeaderContext value={node.props.header ?? false}>
      <tr data-widget-type="Table.Row">
        {cells.map((cell) => (
          <NodeView key={cell.identity} node={cell} />
        ))}
        {(strays.length > 0 || node.cut) && (
          <td>
            <Children node={{ ...node, children: strays }} />
          </td>
        )}
      </tr>
    </TableHeaderContext>
  );
}

function isCell(node: WidgetNode): node is KnownNode<'Table.Cell'> {
  return node.component === 'Table.Cell';
}

import type { KnownNode, WidgetNode } from '../../common/node.ts';
import { Children } from '../rendering/Children.tsx';
import type { DrawingProps } from '../rendering/componentTable.ts';
import { NodeView } from '../rendering/NodeView.tsx';
import { TablePlaceContext } from './tablePosition.ts';

type RowNode = KnownNode<'Table.Row'>;

/** Rows that are headings stand in the head as long as nothing else came before them. */
export function Table({ node }: DrawingProps<'Table'>) {
  const rows = node.children.filter(isRow);
  const strays = node.children.filter((child) => !isRow(child));
  const firstBody = rows.findIndex((row) => !row.props.header);
  const heads = firstBody === -1 ? rows : rows.slice(0, firstBody);
  const body = firstBody === -1 ? [] : rows.slice(firstBody);
  return (
    <div className="ck-table-frame" data-widget-type="Table">
      <TablePlaceContext value="table">
        <table className="ck-table">
          {heads.length > 0 && <thead>{heads.map(drawRow)}</thead>}
          {body.length > 0 && <tbody>{body.map(drawRow)}</tbody>}
        </table>
      </TablePlaceContext>
      {(strays.length > 0 || node.cut) && <Children node={{ ...node, children: strays }} />}
    </div>
  );
}

function drawRow(row: RowNode) {
  return <NodeView key={row.identity} node={row} />;
}

function isRow(node: WidgetNode): node is RowNode {
  return node.component === 'Table.Row';
}

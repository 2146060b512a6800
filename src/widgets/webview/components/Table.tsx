import { createContext, useContext } from 'react';
import type { KnownNode, WidgetNode } from '../../common/node.ts';
import { Children, NodeView } from '../rendering/NodeView.tsx';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';

type RowNode = KnownNode<'Table.Row'>;

/** Header rows at the top become the table head. */
export function Table({ node }: WidgetComponentProps<'Table'>) {
  const rows = node.children.filter(isRow);
  const strays = node.children.filter((child) => !isRow(child));
  const firstBody = rows.findIndex((row) => !row.props.header);
  const heads = firstBody === -1 ? rows : rows.slice(0, firstBody);
  const body = firstBody === -1 ? [] : rows.slice(firstBody);
  return (
    <div className="ck-table-frame" data-widget-type="Table">
      <TablePositionContext value="table">
        <table className="ck-table">
          {heads.length > 0 && <thead>{heads.map(renderRow)}</thead>}
          {body.length > 0 && <tbody>{body.map(renderRow)}</tbody>}
        </table>
      </TablePositionContext>
      {(strays.length > 0 || node.cut) && <Children node={{ ...node, children: strays }} />}
    </div>
  );
}

function renderRow(row: RowNode) {
  return <NodeView key={row.identity} node={row} />;
}

function isRow(node: WidgetNode): node is RowNode {
  return node.component === 'Table.Row';
}

/** The position of a component in a table. Rows and cells outside a table are not rendered as `tr` and `td`. */
type TablePosition = 'none' | 'table' | 'row' | 'headerRow';

export const TablePositionContext = createContext<TablePosition>('none');

export function useTablePosition(): TablePosition {
  return useContext(TablePositionContext);
}

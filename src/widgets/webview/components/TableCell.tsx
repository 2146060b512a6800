import { dimensionCss } from '../../common/grammar/length.ts';
import { Children } from '../rendering/NodeView.tsx';
import type { WidgetComponentProps } from '../rendering/componentTable.ts';
import { type WidgetStyle, paddingStyle } from '../rendering/layout.ts';
import { TablePositionContext, useTablePosition } from './Table.tsx';

/** Column widths in px. Our choice: they are not documented. */
const columnWidths = { xs: 48, sm: 80, md: 120, lg: 180, xl: 260 } as const;
const verticalAlign = { start: 'top', center: 'middle', end: 'bottom' } as const;

export function TableCell({ node }: WidgetComponentProps<'Table.Cell'>) {
  const position = useTablePosition();
  const { width, padding, colSpan, rowSpan, align, vAlign, colSize } = node.props;
  const style: WidgetStyle = {
    ...(colSize === undefined ? {} : { width: columnWidths[colSize], minWidth: columnWidths[colSize] }),
    ...(width === undefined ? {} : { width: dimensionCss(width) }),
    ...(align === undefined ? {} : { textAlign: align }),
    ...(vAlign === undefined ? {} : { verticalAlign: verticalAlign[vAlign] }),
    ...paddingStyle(padding),
  };
  const content = (
    <TablePositionContext value="none">
      <div className={`ck-cell-content ck-cell-${align ?? 'start'}`}>
        <Children node={node} />
      </div>
    </TablePositionContext>
  );
  if (position !== 'row' && position !== 'headerRow') {
    return (
      <div className="ck-box" style={paddingStyle(padding)} data-widget-type="Table.Cell">
        {content}
      </div>
    );
  }
  const header = position === 'headerRow';
  const Cell = header ? 'th' : 'td';
  return (
    <Cell
      className="ck-cell"
      style={style}
      colSpan={colSpan}
      rowSpan={rowSpan}
      scope={header ? 'col' : undefined}
      data-widget-type="Table.Cell"
    >
      {content}
    </Cell>
  );
}

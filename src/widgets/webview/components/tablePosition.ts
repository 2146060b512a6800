import { createContext, useContext } from 'react';

/** The position of a component in a table. Rows and cells outside a table are not rendered as `tr` and `td`. */
type TablePosition = 'none' | 'table' | 'row' | 'headerRow';

export const TablePositionContext = createContext<TablePosition>('none');

export function useTablePosition(): TablePosition {
  return useContext(TablePositionContext);
}

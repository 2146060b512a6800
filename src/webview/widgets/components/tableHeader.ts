import { createContext, useContext } from 'react';

export const TableHeaderContext = createContext(false);

/** Whether the row around this cell is one of headings. */
export function useTableHeader(): boolean {
  return useContext(TableHeaderContext);
}

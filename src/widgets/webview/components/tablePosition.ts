import { createContext, useContext } from 'react';

/** Where in a table something is drawn: what has strayed out of one may not become a row or a cell of the page. */
export type TablePlace = 'none' | 'table' | 'row' | 'headerRow';

export const TablePlaceContext = createContext<TablePlace>('none');

export function useTablePlace(): TablePlace {
  return useContext(TablePlaceContext);
}

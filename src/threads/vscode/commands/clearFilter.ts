import type { ConnectionRef } from '../../../chatkit/common/model/thread.ts';
import type { ThreadsServices } from './threadsServices.ts';
import { unfiltered } from '../model/viewState.ts';

/** *Clear Thread Filter*: of the row's connection, or of all connections without a row. */
export function clearFilter({ view }: ThreadsServices, row?: ConnectionRef): void {
  const { state } = view.model;
  for (const id of row === undefined ? state.filtered : [row.connectionId]) state.setFilter(id, unfiltered);
}

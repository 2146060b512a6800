import * as l10n from '@vscode/l10n';
import type { ConnectionRef } from '../../../chatkit/common/refs.ts';
import { pickConnection } from '../../../connections/vscode/pickConnection.ts';
import type { ThreadsServices } from './threadsServices.ts';
import { askFilter } from './filterPick.ts';

/** *Filter Threads…*: of the row's connection, or of one the user picks. With `user`, filters by that user without asking. */
export async function filterThreads(
  { view, context }: ThreadsServices,
  row?: ConnectionRef & { readonly user?: string | null },
): Promise<void> {
  const { model } = view;
  const connectionId =
    row?.connectionId ??
    view.selection[0]?.connectionId ??
    (await pickConnection(model.connections, l10n.t('Select the connection to filter')))?.id;
  if (connectionId === undefined) return;
  const before = model.state.filter(connectionId);
  const filter = row?.user === undefined ? await askFilter(context, connectionId) : { ...before, user: row.user };
  if (filter === undefined) return;
  model.state.setFilter(connectionId, filter);
  await view.expand(connectionId);
}

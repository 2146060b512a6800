import * as l10n from '@vscode/l10n';
import { pickConnection } from '../../../connections/vscode/pickConnection.ts';
import { reportListFailures } from './refresh.ts';
import type { MoreRef } from '../model/threadsModel.ts';
import type { ThreadsServices } from './threadsServices.ts';

/**
 * *Load More Threads*: loads the next page of the row's list. From the palette, asks for a connection that has more and
 * shows a failure as a notification, because its row can be out of sight.
 */
export async function loadMore({ view, services }: ThreadsServices, row?: Partial<MoreRef>): Promise<void> {
  const { model } = view;
  const target = row ?? view.selection.find(({ type }) => type === 'loadMore');
  if (target?.connectionId !== undefined) {
    const { connectionId, threadId } = target as MoreRef;
    return model.loadMore(threadId === undefined ? { connectionId } : { connectionId, threadId });
  }
  const connection = await pickConnection(
    model.connections,
    l10n.t('Select the connection to load more threads of'),
    ({ id }) => model.store(id)?.list.hasMore === true,
  );
  if (connection === undefined) return;
  await model.loadMore({ connectionId: connection.id });
  await reportListFailures(services, [connection.id]);
}

import * as l10n from '@vscode/l10n';
import { pickConnection } from '../../../connections/vscode/pickConnection.ts';
import type { MoreRef } from '../model/threadsModel.ts';
import { showError, showProgress } from '../../../base/vscode/messages/notifications.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { notifyError } from '../../../chatkit/vscode/notify.ts';
import { presentError, withConnectionName } from '../../../chatkit/vscode/present.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import type { ItemRef } from '../../../chatkit/common/model/thread.ts';
import { views } from '../../../chatkit/vscode/ids.ts';
import type { ThreadsServices } from './threadsServices.ts';

type Row = Partial<ItemRef>;

/**
 * *Refresh*: reloads what the rows show: a connection's list, or a thread and its items. Without a row, reloads every list
 * that was loaded before. The user asked for it, so failures are shown as a notification too.
 */
export async function refresh({ view, services }: ThreadsServices, row?: Row, rows?: readonly Row[]): Promise<void> {
  const { model } = view;
  const targets = rows === undefined || rows.length === 0 ? (row === undefined ? [] : [row]) : rows;
  const threads = new Map<string, { connectionId: string; threadId: string }>();
  const lists = new Set<string>();
  for (const { connectionId, threadId } of targets) {
    if (connectionId === undefined) continue;
    if (threadId === undefined) lists.add(connectionId);
    else threads.set(`${connectionId}\n${threadId}`, { connectionId, threadId });
  }
  if (threads.size + lists.size === 0) {
    for (const { id } of model.connections.all) {
      const list = model.store(id)?.list;
      if (list !== undefined && (list.asOf !== null || list.error !== null)) lists.add(id);
    }
  }
  await showProgress({ location: { viewId: views.threads } }, () =>
    Promise.all([
      ...[...lists].map((id) => model.refreshConnection(id, 'all')),
      ...[...threads.values()].map((ref) => model.refreshThread(ref)),
    ]),
  );
  await reportListFailures(services, [...lists]);
  const failure = [...threads.values()].map((ref) => model.itemsFailure(ref)).find((error) => error !== undefined);
  if (failure !== undefined) throw failure;
}

/** Shows the failures of the lists of these connections as one notification. */
async function reportListFailures(
  { connections, log }: Pick<Services, 'connections' | 'log'>,
  connectionIds: readonly string[],
): Promise<void> {
  const failures = connectionIds.flatMap((id) => {
    const connection = connections.get(id);
    const error = connection === undefined ? null : connections.store(id).list.error;
    return connection === undefined || error === null ? [] : [{ connection, error }];
  });
  const [only, ...others] = failures;
  if (only === undefined) return;
  if (others.length === 0) {
    const { connection, error } = only;
    const retry = { command: 'chatkit.refresh', arguments: [{ connectionId: connection.id }] };
    const credentials = await connections.describeCredentials(connection.id);
    // Not awaited: the command must not wait until the notification is closed.
    void notifyError(log, error, { connection, credentials, subject: 'threads', retry });
    return;
  }
  const lines = failures.map(({ connection, error }) =>
    withConnectionName(connection.name, presentError(error, { connection, subject: 'threads' }).message),
  );
  for (const [index, { error }] of failures.entries()) log.error(lines[index] ?? '', error);
  const summary = l10n.t('Could not refresh {0} connections.', failures.length);
  const retry = l10n.t('Retry');
  void showError([summary, ...lines].join(' '), retry).then((picked) => {
    const refs = failures.map(({ connection }) => ({ connectionId: connection.id }));
    if (picked === retry) void runCommand('chatkit.refresh', refs[0], refs);
  });
}

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

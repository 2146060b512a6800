import type { ItemRef } from '../../../chatkit/common/refs.ts';
import { views } from '../../../chatkit/vscode/ids.ts';
import { showProgress } from '../../../base/vscode/messages/progress.ts';
import type { ThreadsServices } from './threadsServices.ts';

type Row = Partial<ItemRef>;

/**
 * *Refresh*: reloads what the rows show: a connection's list, or a thread and its items. Without a row, reloads every list
 * that was loaded before.
 */
export async function refresh({ view }: ThreadsServices, row?: Row, rows?: readonly Row[]): Promise<void> {
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
}

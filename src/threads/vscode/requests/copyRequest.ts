import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ItemRef } from '../../../chatkit/common/model/thread.ts';
import { showStatus } from '../../../base/vscode/messages/notifications.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import { curlOf, requestsOf } from './curl.ts';

/** Copies the requests that return the content of a row of the Threads view as shell commands. */
export async function copyRequest(
  { connections, settings }: Services,
  row: Partial<ItemRef> & Pick<ItemRef, 'connectionId'>,
): Promise<void> {
  const connection = connections.get(row.connectionId);
  if (connection === undefined) return;
  const { cursors } = connections.source(connection.id);
  const pageSize = settings.get('chatkit.pageSize');
  const requests = requestsOf(row, connections.store(connection.id), { pageSize, cursors });
  const commands = requests.map((request) => `${curlOf(connection, request)}\n`);
  await vscode.env.clipboard.writeText(commands.join('\n'));
  showStatus(l10n.t('Copied as cURL'), 3000);
}

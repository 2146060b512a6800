import * as l10n from '@vscode/l10n';
import { pickConnection } from '../../../connections/vscode/pickConnection.ts';
import { copyRequest } from '../../../threads/vscode/requests/copyRequest.ts';
import type { Target, Targets } from '../../../threads/vscode/targets.ts';
import type { SessionServices } from '../sessionServices.ts';
import { targetSession } from '../target.ts';
import { copySnippet } from './copyClientCode.ts';

/**
 * Copies the request of a row as a shell command: the create request of a session, or the read request of a connection,
 * thread or item. From the palette, uses the selection or the active editor, or asks for a connection.
 */
export async function copyCurl(services: SessionServices, targets: Targets, row: Target | undefined): Promise<void> {
  if (row?.sessionId !== undefined && row.connectionId !== undefined) {
    const { connectionId, sessionId } = row;
    const placeHolder = l10n.t('Select a session to copy the request of');
    const record = await targetSession(services, { connectionId, sessionId }, { placeHolder });
    if (record !== undefined) await copySnippet(services, record, 'curl');
    return;
  }
  const [{ connectionId, threadId, itemId } = {}] = await targets.rows(row, undefined);
  const placeHolder = l10n.t('Select a connection to copy the threads request of');
  const targetId = connectionId ?? (await pickConnection(services.connections, placeHolder))?.id;
  if (targetId === undefined) return;
  await copyRequest(services, {
    connectionId: targetId,
    ...(threadId === undefined ? {} : { threadId }),
    ...(itemId === undefined ? {} : { itemId }),
  });
}

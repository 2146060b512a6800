import * as l10n from '@vscode/l10n';
import { pickConnection } from '../../../connections/vscode/pickConnection.ts';
import { copyRequest } from '../../../threads/vscode/requests/copyRequest.ts';
import type { Target, Targets } from '../../../threads/vscode/targets.ts';
import type { SessionServices } from '../sessionServices.ts';
import { targetSession } from '../target.ts';
import { copySnippet } from './copyClientCode.ts';

/**
 * Copies the request behind a row as a shell command: of a session the one that created it, of a connection, thread or
 * item the one that reads it. From the palette, of what is selected or in front, else of a connection of choice.
 */
export async function copyCurl(parts: SessionServices, targets: Targets, row: Target | undefined): Promise<void> {
  if (row?.sessionId !== undefined && row.connectionId !== undefined) {
    const { connectionId, sessionId } = row;
    const placeHolder = l10n.t('Copy the request of which session?');
    const record = await targetSession(parts, { connectionId, sessionId }, { placeHolder });
    if (record !== undefined) await copySnippet(parts, record, 'curl');
    return;
  }
  const [{ connectionId, threadId, itemId } = {}] = await targets.rows(row, undefined);
  const question = l10n.t('Copy the request for the threads of which connection?');
  const found = connectionId ?? (await pickConnection(parts.connections, question))?.id;
  if (found === undefined) return;
  await copyRequest(parts, {
    connectionId: found,
    ...(threadId === undefined ? {} : { threadId }),
    ...(itemId === undefined ? {} : { itemId }),
  });
}

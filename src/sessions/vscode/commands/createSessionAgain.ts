import * as l10n from '@vscode/l10n';
import type { SessionRef } from '../../../chatkit/common/refs.ts';
import { refOf, sessionKey } from '../../common/record.ts';
import type { CreateSession } from '../../../chatkit/common/sessions/sessionSource.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { chooseConnection } from '../sessionConnections.ts';
import { create } from '../create.ts';
import { resolvePlaceholders } from '../flow/resolvePlaceholders.ts';
import type { SessionServices } from '../sessionServices.ts';
import { targetSession } from '../target.ts';

/** The same request once more; placeholders are asked for and read anew, because their values were never kept. */
export async function createSessionAgain(parts: SessionServices, row?: SessionRef): Promise<void> {
  const record = await targetSession(parts, row, { placeHolder: l10n.t('Create which session again?') });
  if (record === undefined) return;
  const { connectionId, connectionName, template } = record;
  const wanted = parts.connections.get(connectionId) === undefined ? connectionName : connectionId;
  const connection = await chooseConnection(parts.connections, wanted);
  if (connection === undefined) return;
  const key = `session:${sessionKey(refOf(record))}`;
  const typed = parts.typed.get(key) ?? new Map<string, string>();
  const body = await resolvePlaceholders(
    { template, target: connection, typed },
    (values) => void parts.typed.set(key, values),
  );
  if (body === undefined) return;
  await create(parts, {
    connection,
    body: body as unknown as CreateSession,
    template,
    offerAgain: () => runCommand('chatkit.createSessionAgain', refOf(record)),
  });
}

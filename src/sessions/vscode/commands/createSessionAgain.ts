import * as l10n from '@vscode/l10n';
import type { SessionRef } from '../../../chatkit/common/model/thread.ts';
import { refOf, sessionKey } from '../../common/record.ts';
import type { CreateSession } from '../../../chatkit/common/sessionSource.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { chooseConnection } from '../sessionConnections.ts';
import { create } from '../create.ts';
import { resolvePlaceholders } from '../flow/resolvePlaceholders.ts';
import { type SessionServices, targetSession } from '../sessionServices.ts';

/** Sends the same request again. Placeholders are resolved again, because their values are not saved. */
export async function createSessionAgain(services: SessionServices, row?: SessionRef): Promise<void> {
  const record = await targetSession(services, row, { placeHolder: l10n.t('Select a session to recreate') });
  if (record === undefined) return;
  const { connectionId, connectionName, template } = record;
  const idOrName = services.connections.get(connectionId) === undefined ? connectionName : connectionId;
  const connection = await chooseConnection(services.connections, idOrName);
  if (connection === undefined) return;
  const key = `session:${sessionKey(refOf(record))}`;
  const previous = services.inputs.get(key) ?? new Map<string, string>();
  const body = await resolvePlaceholders(
    { template, target: connection, previous },
    (inputs) => void services.inputs.set(key, inputs),
  );
  if (body === undefined) return;
  await create(services, {
    connection,
    body: body as unknown as CreateSession,
    template,
    // From the palette, the focus remains where it is.
    focusesRow: row !== undefined,
    retry: () => runCommand('chatkit.createSessionAgain', refOf(record)),
  });
}

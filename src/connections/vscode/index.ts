import * as vscode from 'vscode';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { Services } from './services.ts';
import { ActingUsers } from './actingUsers.ts';
import { Credentials } from './credentials.ts';
import { InsecureHttp } from './insecureHttp.ts';
import type { ConnectionServices } from './connectionServices.ts';
import { ConnectionRegistry } from './registry.ts';
import { Network } from './network.ts';
import { actAsUser } from './commands/actAsUser.ts';
import { addConnection } from './commands/addConnection.ts';
import { allowInsecureHttp } from './commands/allowInsecureHttp.ts';
import { editConnection } from './commands/editConnection.ts';
import { forgetCredentials } from './commands/forgetCredentials.ts';
import { removeConnections } from './commands/removeConnection.ts';
import { setCredentials } from './commands/setCredentials.ts';
import { targetConnection } from './commands/target.ts';
import { targetConnections } from './commands/target.ts';
import { testConnection } from './commands/testConnection.ts';

/** The connections of this window, their credentials and the commands about them. */
export function registerConnections({
  context,
  log,
  settings,
  secrets,
}: Omit<Services, 'connections'>): ConnectionRegistry {
  const insecureHttp = new InsecureHttp(context.globalState);
  const credentials = new Credentials(secrets, process.env);
  const wire = new Network({
    log,
    settings,
    userAgent: userAgentOf(context.extension),
    allowInsecureHttp: (origin) => insecureHttp.isAllowed(origin),
  });
  const actingUsers = new ActingUsers(context.globalState);
  const registry = new ConnectionRegistry({ settings, credentials, wire, actingUsers });
  const parts = { log, settings, registry, credentials, wire, actingUsers, insecureHttp, env: process.env };
  context.subscriptions.push(wire, credentials, registry, registerCommands(parts));
  return registry;
}

function registerCommands(parts: ConnectionServices): vscode.Disposable {
  const { log, registry } = parts;
  return vscode.Disposable.from(
    registerCommand(log, 'chatkit.addConnection', async () => addConnection(parts)),
    registerCommand(log, 'chatkit.editConnection', async (row) => {
      const connection = await targetConnection(registry, row, 'settings');
      if (connection !== undefined) await editConnection(parts, connection.id);
    }),
    registerCommand(log, 'chatkit.removeConnection', async (row, rows) => {
      await removeConnections(parts, await targetConnections(registry, row, rows, 'settings'));
    }),
    registerCommand(log, 'chatkit.setCredentials', async (row) => {
      const connection = await targetConnection(registry, row, 'settings');
      if (connection !== undefined) await setCredentials(parts, connection);
    }),
    registerCommand(log, 'chatkit.forgetCredentials', async (row, rows) => {
      await forgetCredentials(parts, await targetConnections(registry, row, rows, 'settings'));
    }),
    registerCommand(log, 'chatkit.testConnection', async (row) => {
      const connection = await targetConnection(registry, row, 'all');
      if (connection !== undefined) await testConnection(parts, connection);
    }),
    registerCommand(log, 'chatkit.actAsUser', async (row) => actAsUser(parts, row)),
    registerCommand(log, 'chatkit.allowInsecureHttp', async (row) => {
      const connection = await targetConnection(registry, row, 'settings');
      if (connection !== undefined) await allowInsecureHttp(parts, connection);
    }),
  );
}

function userAgentOf(extension: vscode.Extension<unknown>): string {
  const { version } = extension.packageJSON as { readonly version: string };
  return `chatkit-inspector/${version} VSCode/${vscode.version}`;
}

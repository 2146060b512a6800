import * as vscode from 'vscode';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import type { Services } from './services.ts';
import { ActingUsers } from './actingUsers.ts';
import { Credentials } from './credentials.ts';
import { InsecureHttp } from './insecureHttp.ts';
import type { ConnectionParts } from './parts.ts';
import { ConnectionRegistry } from './registry.ts';
import { Wire } from './wire.ts';

/** The connections of this window, their credentials and the commands about them. */
export function registerConnections({
  context,
  log,
  settings,
  secrets,
}: Omit<Services, 'connections'>): ConnectionRegistry {
  const insecureHttp = new InsecureHttp(context.globalState);
  const credentials = new Credentials(secrets, process.env);
  const wire = new Wire({
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

function tools() {
  return import('./connectionTools.ts');
}

function registerCommands(parts: ConnectionParts): vscode.Disposable {
  const { log, registry } = parts;
  return vscode.Disposable.from(
    registerCommand(log, 'chatkit.addConnection', async () => (await tools()).addConnection(parts)),
    registerCommand(log, 'chatkit.editConnection', async (row) => {
      const { targetConnection, editConnection } = await tools();
      const connection = await targetConnection(registry, row, 'settings');
      if (connection !== undefined) await editConnection(parts, connection.id);
    }),
    registerCommand(log, 'chatkit.removeConnection', async (row, rows) => {
      const { targetConnections, removeConnections } = await tools();
      await removeConnections(parts, await targetConnections(registry, row, rows, 'settings'));
    }),
    registerCommand(log, 'chatkit.setCredentials', async (row) => {
      const { targetConnection, setCredentials } = await tools();
      const connection = await targetConnection(registry, row, 'settings');
      if (connection !== undefined) await setCredentials(parts, connection);
    }),
    registerCommand(log, 'chatkit.forgetCredentials', async (row, rows) => {
      const { targetConnections, forgetCredentials } = await tools();
      await forgetCredentials(parts, await targetConnections(registry, row, rows, 'settings'));
    }),
    registerCommand(log, 'chatkit.testConnection', async (row) => {
      const { targetConnection, testConnection } = await tools();
      const connection = await targetConnection(registry, row, 'all');
      if (connection !== undefined) await testConnection(parts, connection);
    }),
    registerCommand(log, 'chatkit.actAsUser', async (row) => (await tools()).actAsUser(parts, row)),
    registerCommand(log, 'chatkit.allowInsecureHttp', async (row) => {
      const { targetConnection, allowInsecureHttp } = await tools();
      const connection = await targetConnection(registry, row, 'settings');
      if (connection !== undefined) await allowInsecureHttp(parts, connection);
    }),
  );
}

function userAgentOf(extension: vscode.Extension<unknown>): string {
  const { version } = extension.packageJSON as { readonly version: string };
  return `chatkit-inspector/${version} VSCode/${vscode.version}`;
}

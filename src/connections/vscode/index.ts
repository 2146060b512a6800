import * as vscode from 'vscode';
import { registerCommand } from '../../chatkit/vscode/commands.ts';
import { nameConnections } from '../../chatkit/vscode/notify.ts';
import type { Services } from './services.ts';
import { ActingUsers, InferredZones, InsecureHttp } from './originRecords.ts';
import { Credentials } from './credentials.ts';
import { Network } from './network.ts';
import type { ConnectionServices } from './connectionServices.ts';
import { ConnectionRegistry } from './registry.ts';
import { NetworkLog } from './networkLog.ts';
import { ConnectionProblems } from './problems.ts';
import { actAsUser } from './commands/actAsUser.ts';
import { addConnection } from './commands/addConnection.ts';
import { allowInsecureHttp } from './commands/allowInsecureHttp.ts';
import { editConnection } from './commands/editConnection.ts';
import { forgetCredentials } from './commands/forgetCredentials.ts';
import { removeConnections } from './commands/removeConnection.ts';
import { setCredentials } from './commands/setCredentials.ts';
import { targetConnection, targetConnections } from './pickConnection.ts';
import { testConnection } from './commands/testConnection.ts';

/** Creates the connections of this window and their credentials, and registers the connection commands. */
export function registerConnections({
  context,
  log,
  settings,
  secrets,
}: Omit<Services, 'connections' | 'problems' | 'requests' | 'shutdown'>): ConnectionRegistry {
  const insecureHttp = new InsecureHttp(context.globalState);
  const credentials = new Credentials(secrets, process.env);
  const requests = new NetworkLog();
  const network = new Network({
    log,
    settings,
    userAgent: userAgentOf(context.extension),
    allowInsecureHttp: (origin) => insecureHttp.isAllowed(origin),
    requests,
  });
  const actingUsers = new ActingUsers(context.globalState);
  const problems = new ConnectionProblems(context.globalState);
  const zones = new InferredZones(context.globalState);
  const registry = new ConnectionRegistry({ settings, credentials, network, actingUsers, zones, problems, requests });
  const services = {
    log,
    settings,
    registry,
    credentials,
    network,
    actingUsers,
    zones,
    insecureHttp,
    env: process.env,
  };
  const naming = nameConnections((id) => registry.get(id)?.name);
  context.subscriptions.push(network, credentials, registry, problems, naming, registerCommands(services));
  return registry;
}

function registerCommands(services: ConnectionServices): vscode.Disposable {
  const { log, registry } = services;
  return vscode.Disposable.from(
    registerCommand(log, 'chatkit.addConnection', async () => addConnection(services)),
    registerCommand(log, 'chatkit.editConnection', async (row) => {
      const connection = await targetConnection(registry, row, 'settings');
      if (connection !== undefined) await editConnection(services, connection.id, row?.redirect);
    }),
    ...(['chatkit.removeConnection', 'chatkit.removeConnections'] as const).map((id) =>
      registerCommand(log, id, async (row, rows) => {
        await removeConnections(services, await targetConnections(registry, row, rows, 'settings'), row);
      }),
    ),
    registerCommand(log, 'chatkit.setCredentials', async (row) => {
      const connection = await targetConnection(registry, row, 'settings');
      if (connection !== undefined) await setCredentials(services, connection);
    }),
    registerCommand(log, 'chatkit.forgetCredentials', async (row, rows) => {
      await forgetCredentials(services, await targetConnections(registry, row, rows, 'settings'));
    }),
    registerCommand(log, 'chatkit.testConnection', async (row) => {
      const connection = await targetConnection(registry, row, 'all');
      if (connection !== undefined) await testConnection(services, connection);
    }),
    registerCommand(log, 'chatkit.actAsUser', async (row) => actAsUser(services, row)),
    registerCommand(log, 'chatkit.allowInsecureHttp', async (row) => {
      const connection = await targetConnection(registry, row, 'settings');
      if (connection !== undefined) await allowInsecureHttp(services, connection);
    }),
  );
}

function userAgentOf(extension: vscode.Extension<unknown>): string {
  const { version } = extension.packageJSON as { readonly version: string };
  return `chatkit-inspector/${version} VSCode/${vscode.version}`;
}

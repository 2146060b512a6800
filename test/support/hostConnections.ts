import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { secretKeyOf } from '../../src/connections/vscode/secretHeaders.ts';
import type { Services } from '../../src/connections/vscode/services.ts';
import { startSandbox, type Sandbox } from '../../src/sandbox/node/sandbox.ts';
import { next } from './hostWait.ts';

/** Writes the user setting and waits until the extension applies it. */
export async function writeConnections({ connections }: Services, entries: readonly unknown[]): Promise<void> {
  const before = vscode.workspace.getConfiguration('chatkit').get('connections');
  if (JSON.stringify(before) === JSON.stringify(entries)) return;
  const changed = next(connections.onDidChange, 'the change of the setting');
  await vscode.workspace
    .getConfiguration('chatkit')
    .update('connections', entries.length > 0 ? entries : undefined, vscode.ConfigurationTarget.Global);
  await changed;
}

/** Saves an API key for `origin` as a flow does and waits until the extension applies it. */
export async function saveKey(
  { connections, secrets }: Services,
  connectionId: string,
  origin: string,
  key: string,
): Promise<void> {
  const changed = next(connections.onDidChange, 'the new credentials', ({ connectionIds }) =>
    connectionIds.includes(connectionId),
  );
  await secrets.set(secretKeyOf(connectionId), JSON.stringify({ origin, headers: { authorization: `Bearer ${key}` } }));
  await changed;
}

/** Runs a case with its own sandbox and removes all connections afterwards. */
export async function withSandbox(services: Services, action: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  const sandbox = await startSandbox({ seed: 1, threads: 3, pace: 0 });
  try {
    await action(sandbox);
  } finally {
    for (const { id } of services.connections.all) await services.secrets.delete(secretKeyOf(id));
    await writeConnections(services, []);
    await sandbox.close();
  }
}

/** Runs `action` with a loopback server that returns the same response to every request and counts the requests. */
export async function withServer(
  reply: { readonly status: number; readonly type: string; readonly body: string },
  action: (server: { readonly url: string; readonly requests: () => number }) => Promise<void>,
): Promise<void> {
  let requests = 0;
  const server: Server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(reply.status, { 'content-type': reply.type }).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await action({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests: () => requests });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

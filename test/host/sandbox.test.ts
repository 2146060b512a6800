import assert from 'node:assert/strict';
import { type Server, createServer } from 'node:http';
import * as vscode from 'vscode';
import type { LocalConnection } from '../../src/connections/vscode/registry.ts';
import type { ExternalSandbox } from '../../src/sandbox/vscode/external.ts';
import { LocalSandbox, SandboxMemory } from '../../src/sandbox/vscode/localSandbox.ts';
import { createSecrets } from '../../src/base/vscode/secrets.ts';
import { activated } from '../support/activated.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { MementoDouble } from '../support/memento.ts';
import { SecretStorageDouble } from '../support/secretStorage.ts';
import { silentLog } from '../support/silentLog.ts';

const log = { ...silentLog, show() {}, dispose() {} };

/** One profile whose windows open and close. */
function profile() {
  const state = new MementoDouble();
  const storage = new SecretStorageDouble();
  return {
    storage,
    openWindow(external?: ExternalSandbox) {
      const shown = new Map<string, LocalConnection>();
      const connections = {
        get: (id: string) => shown.get(id)?.connection,
        setLocal: (local: LocalConnection) => void shown.set(local.connection.id, local),
        removeLocal: (id: string) => void shown.delete(id),
      };
      const memory = new SandboxMemory(
        state,
        createSecrets(storage, silentLog, () => {}),
      );
      const sandbox = new LocalSandbox({ log, memory, connections, external });
      return { sandbox, local: () => shown.get('sandbox') };
    },
  };
}

/** What a client sees of it: the ids of its newest threads. */
async function threadIds(find: () => LocalConnection | undefined): Promise<readonly string[]> {
  await find()?.ready();
  const local = find();
  assert.ok(local, 'The sandbox has no connection');
  const { url } = local.connection;
  const headers = await local.credentials.headersFor(new URL(url).origin);
  const reply = await fetch(`${url}/chatkit/threads?limit=3&order=desc`, {
    headers: { ...headers, 'openai-beta': 'chatkit_beta=v1' },
  });
  assert.equal(reply.status, 200);
  const page = (await reply.json()) as { readonly data: readonly { readonly id: string }[] };
  return page.data.map(({ id }) => id);
}

/** Takes a port, as soon as it is free. */
async function listenAt(port: number): Promise<Server> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const server = createServer();
    const outcome = await new Promise((resolve) => {
      server.once('listening', () => resolve('listening'));
      server.once('error', () => resolve('taken'));
      server.listen(port, '127.0.0.1');
    });
    if (outcome === 'listening') return server;
  }
  return assert.fail(`Port ${port} does not become free`);
}

export const suite: HostSuite = {
  name: 'sandbox',
  cases: {
    'its command opens it as a connection that is in no setting, and closes it': async () => {
      const { connections, settings } = await activated();
      await vscode.commands.executeCommand('chatkit.openSandbox');
      assert.equal(connections.get('sandbox')?.name, 'Local Sandbox');
      assert.equal(connections.isLocal('sandbox'), true);
      assert.equal(await connections.credentialState('sandbox'), 'notNeeded');
      assert.deepEqual(settings.get('chatkit.connections'), []);
      const { signal } = new AbortController();
      const page = await connections.source('sandbox').listThreads({ limit: 100, order: 'desc' }, signal);
      assert.ok(page.data.length >= 60, `${page.data.length} threads`);
      await vscode.commands.executeCommand('chatkit.closeSandbox');
      assert.equal(connections.get('sandbox'), undefined);
    },

    'starts again after a reload with the same address, key and threads': async () => {
      const { openWindow, storage } = profile();
      const first = openWindow();
      await first.sandbox.open();
      const before = first.local()?.connection;
      const idsBefore = await threadIds(first.local);
      const [key] = [...storage.values.values()];
      first.sandbox.dispose();

      const second = openWindow();
      second.sandbox.restore();
      assert.deepEqual(second.local()?.connection, before, 'The row is not there at once');
      assert.deepEqual(await threadIds(second.local), idsBefore);
      assert.deepEqual([...storage.values.values()], [key]);
      await second.sandbox.close();
    },

    'does not start again after it was closed, and leaves no key': async () => {
      const { openWindow, storage } = profile();
      const first = openWindow();
      await first.sandbox.open();
      await first.sandbox.close();
      assert.equal(first.local(), undefined);
      assert.equal(storage.values.size, 0);
      const second = openWindow();
      second.sandbox.restore();
      assert.equal(second.local(), undefined);
    },

    'never opened, it is not there': () => {
      const { sandbox, local } = profile().openWindow();
      sandbox.restore();
      assert.equal(local(), undefined);
    },

    'starts again at another port if its own is in use': async () => {
      const { openWindow } = profile();
      const first = openWindow();
      await first.sandbox.open();
      const idsBefore = await threadIds(first.local);
      const port = Number(new URL(first.local()?.connection.url ?? '').port);
      first.sandbox.dispose();

      const squatter = await listenAt(port);
      const second = openWindow();
      second.sandbox.restore();
      assert.deepEqual(await threadIds(second.local), idsBefore);
      assert.notEqual(Number(new URL(second.local()?.connection.url ?? '').port), port);
      await second.sandbox.close();
      squatter.close();
    },

    'remains closed if it was opened and closed at once': async () => {
      const { sandbox, local } = profile().openWindow();
      const opening = sandbox.open();
      await sandbox.close();
      await opening;
      assert.equal(local(), undefined);
    },

    'its key is sent to no other origin': async () => {
      const { sandbox, local } = profile().openWindow();
      await sandbox.open();
      await assert.rejects(async () => local()?.credentials.headersFor('https://api.openai.com'), { kind: 'withheld' });
      await sandbox.close();
    },

    'the connection of a sandbox that was handed over is available at once': async () => {
      const { sandbox, local } = profile().openWindow({ url: 'http://127.0.0.1:1/v1', apiKey: 'k' });
      sandbox.restore();
      assert.equal(local()?.connection.url, 'http://127.0.0.1:1/v1');
      assert.deepEqual(await local()?.credentials.headersFor('http://127.0.0.1:1'), { authorization: 'Bearer k' });
    },
  },
};

import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { isSourceError, SourceError, withheldCodes, type ErrorKind } from '../../src/chatkit/common/errors.ts';
import { originOf } from '../../src/chatkit/common/connection.ts';
import { findServers } from '../../src/connections/vscode/commands/addConnection.ts';
import { secretKeyOf } from '../../src/connections/vscode/secretHeaders.ts';
import { Credentials } from '../../src/connections/vscode/credentials.ts';
import { InferredZones } from '../../src/connections/vscode/originRecords.ts';
import { ConnectionRegistry } from '../../src/connections/vscode/registry.ts';
import { presentError } from '../../src/chatkit/vscode/present.ts';
import type { Services } from '../../src/connections/vscode/services.ts';
import { Network } from '../../src/connections/vscode/network.ts';
import { activated } from '../support/activated.ts';
import { saveKey, withSandbox, withServer, writeConnections } from '../support/hostConnections.ts';
import { listening } from '../support/hostSessions.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { next, until } from '../support/hostWait.ts';
import { MementoDouble } from '../support/memento.ts';

const query = { limit: 2, order: 'desc' } as const;
const { signal } = new AbortController();
const hosted = (url: string, more: object = {}) => ({ id: 'a', name: 'A', kind: 'openai', url, ...more });

async function failure(promise: Promise<unknown>, kind: ErrorKind): Promise<SourceError> {
  const error = await promise.then(
    () => assert.fail('did not fail'),
    (reason: unknown) => reason,
  );
  assert.ok(isSourceError(error, kind), `${kind} expected, but: ${String(error)}`);
  return error;
}

interface MovedServer {
  readonly url: string;
  readonly targetUrl: string;
  /** Headers of the requests to the old address and to the target, oldest first. */
  readonly received: readonly IncomingHttpHeaders[];
  readonly target: readonly IncomingHttpHeaders[];
  /** Runs the next step of an error, accepts the URL that it contains, and closes the flow. */
  edit(error: SourceError): Promise<void>;
}

/** Runs `action` with the connection "a" to a server that redirects every request to another origin. */
async function withMovedServer(
  services: Services,
  more: object,
  action: (server: MovedServer) => Promise<void>,
): Promise<void> {
  const { connections } = services;
  const received: IncomingHttpHeaders[] = [];
  const target: IncomingHttpHeaders[] = [];
  const start = async (reply: (response: ServerResponse) => void, log: IncomingHttpHeaders[]) => {
    const server = createServer((request, response) => {
      log.push(request.headers);
      request.resume();
      reply(response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/chatkit` };
  };
  const page = JSON.stringify({ data: [], has_more: false, after: null });
  const other = await start((response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(page);
  }, target);
  const moved = await start((response) => {
    response.writeHead(308, { location: `${other.url}?token=1` }).end();
  }, received);
  const window = vscode.window as unknown as Record<'createInputBox', unknown>;
  const { createInputBox } = vscode.window;
  const boxes: vscode.InputBox[] = [];
  window.createInputBox = () => {
    boxes.push(createInputBox());
    return boxes.at(-1);
  };
  const edit = async (error: SourceError) => {
    const next = presentError(error, { connectionId: 'a' }).action;
    assert.equal(next?.command, 'chatkit.editConnection');
    let hasEnded = false;
    void vscode.commands.executeCommand(next.command, ...next.arguments).then(() => (hasEnded = true));
    await until(() => boxes.at(-1)?.value === other.url, 'the target in the question about the URL');
    const isSaved = () => connections.get('a')?.url === other.url;
    await until(async () => {
      if (!isSaved()) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return isSaved();
    }, 'the saved URL');
    await until(async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      return hasEnded;
    }, 'the end of the flow');
  };
  try {
    await writeConnections(services, [{ id: 'a', name: 'A', kind: 'server', url: moved.url, ...more }]);
    await action({ url: moved.url, targetUrl: other.url, received, target, edit });
  } finally {
    window.createInputBox = createInputBox;
    await writeConnections(services, []);
    for (const { server } of [moved, other]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }
}

export const suite: HostSuite = {
  name: 'connections',
  cases: {
    'a connection added in the settings works immediately and requires its key': async () => {
      const services = await activated();
      await withSandbox(services, async ({ baseUrl }) => {
        await writeConnections(services, [hosted(baseUrl)]);
        assert.equal(services.connections.get('a')?.name, 'A');
        assert.equal(await services.connections.credentialState('a'), 'missing');
        const error = await failure(services.connections.source('a').listThreads(query, signal), 'withheld');
        assert.equal(error.details.code, withheldCodes.missing);
        assert.equal(error.nextStep, 'setCredentials');
      });
    },

    'reports the reason for a wrong key and lists threads with a valid key': async () => {
      const services = await activated();
      const { connections } = services;
      await withSandbox(services, async ({ baseUrl, apiKey }) => {
        await writeConnections(services, [hosted(baseUrl)]);
        await saveKey(services, 'a', originOf(baseUrl), 'sk-wrong-0123456789');
        const error = await failure(connections.source('a').listThreads(query, signal), 'unauthorized');
        assert.equal(error.details.status, 401);
        assert.match(error.details.requestId ?? '', /^req_/);
        assert.match(error.message, /API key/);
        await saveKey(services, 'a', originOf(baseUrl), apiKey);
        assert.equal(await connections.credentialState('a'), 'saved');
        const page = await connections.source('a').listThreads(query, signal);
        assert.equal(page.data.length, 2);
        assert.equal(page.hasMore, true);
      });
    },

    'does not send the key to another origin': async () => {
      const services = await activated();
      await withSandbox(services, async ({ baseUrl, apiKey }) => {
        await writeConnections(services, [hosted(baseUrl)]);
        await saveKey(services, 'a', originOf(baseUrl), apiKey);
        await withServer({ status: 200, type: 'application/json', body: '{}' }, async ({ url, requests }) => {
          await writeConnections(services, [hosted(`${url}/v1`)]);
          assert.equal(await services.connections.credentialState('a'), 'otherOrigin');
          const error = await failure(services.connections.source('a').listThreads(query, signal), 'withheld');
          assert.equal(error.details.code, withheldCodes.otherOrigin);
          assert.equal(requests(), 0);
        });
        await writeConnections(services, [hosted(baseUrl)]);
        assert.equal(await services.connections.credentialState('a'), 'saved');
      });
    },

    'finds ChatKit servers on this machine, and no other servers': async () => {
      const services = await activated();
      const network = new Network({
        log: services.log,
        settings: services.settings,
        userAgent: 'test',
        allowInsecureHttp: () => true,
        requests: services.requests,
      });
      const open = (url: string) =>
        network.createSource({ id: 'x', name: 'X', kind: 'server', url }, { headersFor: async () => ({}) });
      const page = JSON.stringify({ data: [], has_more: false, after: null });
      try {
        await withSandbox(services, async (sandbox) =>
          withServer({ status: 200, type: 'application/json', body: page }, async (chatKit) =>
            withServer({ status: 200, type: 'text/html', body: '<p>Hello</p>' }, async (website) => {
              const ports = [chatKit.url, website.url, sandbox.serverUrl, 'http://x:9'].map((url) =>
                Number(new URL(url).port),
              );
              const [open1, , protectedPort] = ports;
              assert.deepEqual(await findServers(open, signal, ports), [
                { url: `http://localhost:${open1}/chatkit`, needsHeaders: false },
                { url: `http://localhost:${protectedPort}/chatkit`, needsHeaders: true },
              ]);
            }),
          ),
        );
      } finally {
        network.dispose();
      }
    },

    'sends the secret and plain headers of a gateway with each request of the hosted API': async () => {
      const services = await activated();
      const received: IncomingHttpHeaders[] = [];
      const server = createServer((request, response) => {
        received.push(request.headers);
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"object":"list","data":[],"first_id":null,"last_id":null,"has_more":false}');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      try {
        const more = { headers: ['x-gateway-key'], requestHeaders: { 'x-team': 'shop' }, acceptLanguage: 'de' };
        await writeConnections(services, [hosted(`${origin}/v1`, more)]);
        const record = { origin, headers: { authorization: 'Bearer sk-any-0123456789', 'x-gateway-key': 'gate-1' } };
        const changed = next(services.connections.onDidChange, 'the new credentials');
        await services.secrets.set(secretKeyOf('a'), JSON.stringify(record));
        await changed;
        await services.connections.source('a').listThreads(query, signal);
        const names = ['authorization', 'x-gateway-key', 'x-team', 'accept-language'];
        assert.deepEqual(
          names.map((name) => received.at(-1)?.[name]),
          ['Bearer sk-any-0123456789', 'gate-1', 'shop', 'de'],
        );
        const [exchange] = services.requests.of('a').slice(-1);
        assert.deepEqual(
          names.map((name) => exchange?.headers[name]),
          [null, null, 'shop', 'de'],
        );
      } finally {
        await services.secrets.delete(secretKeyOf('a'));
        await writeConnections(services, []);
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },

    'a redirect to another origin names it, and Edit Connection contains it': async () => {
      const services = await activated();
      await withMovedServer(services, {}, async ({ url, target, targetUrl, edit }) => {
        const error = await failure(services.connections.source('a').listThreads(query, signal), 'invalidResponse');
        assert.equal(target.length, 0);
        assert.ok(presentError(error).message.startsWith(`${url} redirects to ${targetUrl}. `));
        await edit(error);
        assert.ok(target.length > 0, 'the new URL was tested');
      });
    },

    'Edit Connection with the target of a redirect sends it no credentials of the old origin': async () => {
      const services = await activated();
      const { connections, secrets } = services;
      const record = { origin: '', headers: { 'x-gateway-key': 'gate-0123456789' } };
      await withMovedServer(services, { headers: ['x-gateway-key'] }, async ({ url, received, target, edit }) => {
        record.origin = originOf(url);
        const changed = next(connections.onDidChange, 'the new credentials');
        await secrets.set(secretKeyOf('a'), JSON.stringify(record));
        await changed;
        try {
          const error = await failure(connections.source('a').listThreads(query, signal), 'invalidResponse');
          assert.equal(received.at(-1)?.['x-gateway-key'], 'gate-0123456789');
          await edit(error);
          assert.equal(await connections.credentialState('a'), 'otherOrigin');
          const withheld = await failure(connections.source('a').listThreads(query, signal), 'withheld');
          assert.equal(withheld.details.code, withheldCodes.otherOrigin);
          assert.deepEqual(target, [], 'nothing was sent to the other origin');
          assert.deepEqual(JSON.parse((await secrets.get(secretKeyOf('a')))?.value ?? ''), record);
        } finally {
          await secrets.delete(secretKeyOf('a'));
        }
      });
    },

    'an inferred time zone is used by the next source of its connection': async () => {
      const services = await activated();
      const { settings, secrets } = services;
      const memento = new MementoDouble();
      await writeConnections(services, [{ id: 'z', name: 'Z', kind: 'server', url: 'https://z.example/chatkit' }]);
      const opened: Parameters<Network['createSource']>[2][] = [];
      const network = {
        createSource: async (...args: Parameters<Network['createSource']>) => {
          opened.push(args[2]);
          throw new SourceError('network', 'not used');
        },
      } as unknown as Network;
      const credentials = new Credentials(secrets, {});
      const registry = new ConnectionRegistry({
        settings,
        credentials,
        network,
        actingUsers: { current: () => null },
        zones: new InferredZones(memento),
        problems: services.problems,
        requests: services.requests,
      });
      try {
        await failure(registry.source('z').listThreads(query, signal), 'network');
        assert.equal(opened[0]?.inferredZone, null);
        opened[0]?.onZoneInferred?.(540);
        registry.renew(['z']);
        await failure(registry.source('z').listThreads(query, signal), 'network');
        assert.equal(opened[1]?.inferredZone, 540);
      } finally {
        registry.dispose();
        credentials.dispose();
        await writeConnections(services, []);
      }
    },

    'a read-only connection reads threads but does not delete them': async () => {
      const services = await activated();
      await withSandbox(services, async ({ baseUrl, apiKey }) => {
        await writeConnections(services, [hosted(baseUrl, { readOnly: true })]);
        await saveKey(services, 'a', originOf(baseUrl), apiKey);
        const store = services.connections.store('a');
        await store.refreshList(signal);
        const [thread] = store.list.threads;
        assert.ok(thread);
        const error = await failure(store.deleteThread(thread.id, signal), 'withheld');
        assert.equal(error.details.code, withheldCodes.readOnly);
        assert.equal((await store.refreshThread(thread.id, signal)).id, thread.id);
      });
    },

    'withholds plain HTTP requests to another machine': async () => {
      const services = await activated();
      await withSandbox(services, async () => {
        // TEST-NET-1 (RFC 5737) has no hosts, so a request would fail with a network error.
        await writeConnections(services, [hosted('http://192.0.2.1/v1')]);
        await saveKey(services, 'a', 'http://192.0.2.1', 'sk-any-0123456789');
        const error = await failure(services.connections.source('a').listThreads(query, signal), 'withheld');
        assert.equal(error.nextStep, 'allowInsecureHttp');
      });
    },

    'reports HTML instead of JSON as an invalid response': async () => {
      const services = await activated();
      await withSandbox(services, async () => {
        const page = { status: 200, type: 'text/html', body: '<!doctype html><title>Log in</title>' };
        await withServer(page, async ({ url }) => {
          await writeConnections(services, [hosted(url)]);
          await saveKey(services, 'a', url, 'sk-any-0123456789');
          const error = await failure(services.connections.source('a').listThreads(query, signal), 'invalidResponse');
          assert.equal(error.nextStep, 'editConnection');
        });
      });
    },

    'reports a refused connection': async () => {
      const services = await activated();
      await withSandbox(services, async () => {
        let free = '';
        await withServer({ status: 200, type: 'text/plain', body: '' }, async ({ url }) => void (free = url));
        await writeConnections(services, [hosted(free)]);
        await saveKey(services, 'a', free, 'sk-any-0123456789');
        const error = await failure(services.connections.source('a').listThreads(query, signal), 'network');
        assert.equal(error.details.systemCode, 'ECONNREFUSED');
      });
    },

    'Test Connection reports the network route, or the reason of the failure': async () => {
      const services = await activated();
      await withSandbox(services, async ({ baseUrl, apiKey }) => {
        await writeConnections(services, [hosted(baseUrl)]);
        const row = { connectionId: 'a' };
        await saveKey(services, 'a', originOf(baseUrl), 'sk-wrong-0123456789');
        await listening([], async (heard) => {
          await vscode.commands.executeCommand('chatkit.testConnection', row);
          await until(() => heard.length > 0, 'the reason');
          assert.match(heard[0]?.text ?? '', /did not accept the API key/);
        });
        await saveKey(services, 'a', originOf(baseUrl), apiKey);
        await listening([], async (heard) => {
          await vscode.commands.executeCommand('chatkit.testConnection', row);
          await until(() => heard.length > 0, 'the result');
          assert.match(heard[0]?.text ?? '', /^“A” works\. It responded in \d+ ms\. Connected directly\.$/);
        });
      });
    },

    'a change replaces the store of its connection only': async () => {
      const services = await activated();
      const { connections } = services;
      await withSandbox(services, async ({ baseUrl }) => {
        const other = { ...hosted(baseUrl), id: 'b', name: 'B' };
        await writeConnections(services, [hosted(baseUrl), other]);
        const before = { a: connections.store('a'), b: connections.store('b') };
        assert.equal(connections.store('a'), before.a);
        const changes: (readonly string[])[] = [];
        const subscription = connections.onDidChange(({ connectionIds }) => changes.push(connectionIds));
        await writeConnections(services, [hosted(baseUrl, { name: 'Renamed' }), other]);
        subscription.dispose();
        assert.deepEqual(changes, [['a']]);
        assert.notEqual(connections.store('a'), before.a);
        assert.equal(connections.store('b'), before.b);
        assert.deepEqual(
          connections.all.map(({ name }) => name),
          ['Renamed', 'B'],
        );
      });
    },

    'throws notFound for an unknown connection': async () => {
      const { connections } = await activated();
      assert.equal(connections.get('gone'), undefined);
      assert.throws(
        () => connections.store('gone'),
        (error) => isSourceError(error, 'notFound'),
      );
      await failure(connections.credentialState('gone'), 'notFound');
    },
  },
};

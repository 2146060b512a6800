import assert from 'node:assert/strict';
import dns, { type LookupAddress } from 'node:dns';
import { describe, test, type TestContext } from 'node:test';
import { isLocalAddress } from '../../../../src/chatkit/node/transport/localAddress.ts';
import { rig } from './client.ts';
import { httpServer, sendJson } from './servers.ts';

/** Replaces the name server: every name has the next of `answers`, then the last one again. Returns the names asked for. */
function nameServer(t: TestContext, ...answers: readonly (readonly string[])[]): readonly string[] {
  const asked: string[] = [];
  const answer = (name: string, _options: unknown, callback: (error: null, addresses: LookupAddress[]) => void) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(name);
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  t.mock.method(dns, 'lookup', answer as never);
  return asked;
}

describe('public addresses only', () => {
  for (const addresses of [['127.0.0.1'], ['::1'], ['::ffff:127.0.0.1'], ['192.0.2.1', '127.0.0.1']]) {
    test(`a name that leads to ${addresses.join(' and ')} is refused`, async (t) => {
      const server = await httpServer(t, (response) => sendJson(response, {}));
      nameServer(t, addresses);
      const { failure } = rig(t, { allowInsecureHttp: () => true });
      const error = await failure(`http://upload.example:${server.port}/up`, { publicOnly: true });
      assert.deepEqual([error.kind, error.details.mayHaveArrived], ['withheld', false]);
      assert.equal(server.requests.length, 0);
    });
  }

  test('a connection that another request opened to a local address is not used', async (t) => {
    const server = await httpServer(t, (response) => sendJson(response, {}));
    nameServer(t, ['127.0.0.1']);
    const { get, failure, transport } = rig(t, { allowInsecureHttp: () => true });
    const url = `http://upload.example:${server.port}/up`;
    await get(url);
    assert.equal(transport.routeTo(new URL(url).origin)?.address, '127.0.0.1');
    assert.equal((await failure(url, { publicOnly: true })).kind, 'withheld');
    assert.equal(server.requests.length, 1);
  });

  test("the editor's own fetch is not tried instead, because its address cannot be checked", async (t) => {
    nameServer(t, []);
    let tried = 0;
    const editorFetch = async () => {
      tried += 1;
      return new Response('{}');
    };
    const { failure, get } = rig(t, { allowInsecureHttp: () => true, editorFetch });
    const url = 'http://upload.example/up';
    assert.equal((await failure(url, { publicOnly: true })).kind, 'network');
    assert.equal(tried, 0);
    assert.equal((await get(url)).status, 200);
    assert.equal((await failure(url, { publicOnly: true })).kind, 'network');
    assert.equal(tried, 1);
  });
});

test('a name below localhost resolves to this computer regardless of the name server', async (t) => {
  const server = await httpServer(t, (response) => sendJson(response, {}));
  const asked = nameServer(t, ['192.0.2.1']);
  const { get } = rig(t);
  assert.equal((await get(`http://app.localhost:${server.port}/`)).status, 200);
  assert.deepEqual(asked, []);
});

describe('isLocalAddress', () => {
  for (const address of [
    '8.8.8.8',
    '172.15.255.255',
    '172.32.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '192.167.255.255',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450:4001::200e',
    '::ffff:8.8.8.8',
  ]) {
    test(`${address} is public`, () => assert.equal(isLocalAddress(address), false));
  }
  for (const address of ['fe80::1%eth0', '::ffff:192.168.1.1', '::ffff:a00:1', '169.254.169.254', 'fdff::1']) {
    test(`${address} is local`, () => assert.equal(isLocalAddress(address), true));
  }
  test('a name is not an address', () => assert.equal(isLocalAddress('localhost'), false));
});

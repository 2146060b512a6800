import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rig } from './client.ts';
import { httpServer, sendJson } from './servers.ts';

const secretHeaders = { authorization: 'Bearer sk-secret-key-1' };

describe('redirects', () => {
  for (const status of [301, 302, 303, 307, 308]) {
    test(`${status} on the same origin is followed for GET`, async (t) => {
      const server = await httpServer(t, (response, { url }) => {
        if (url === '/v1') response.writeHead(status, { location: '/v2?x=1' }).end('moved');
        else sendJson(response, {});
      });
      const { get, records } = rig(t);
      assert.equal((await get(`${server.url}/v1`, { secretHeaders })).status, 200);
      assert.deepEqual(
        server.requests.map(({ url, headers }) => [url, headers.authorization]),
        [
          ['/v1', secretHeaders.authorization],
          ['/v2?x=1', secretHeaders.authorization],
        ],
      );
      assert.deepEqual(
        records.map((record) => [record.path, record.status]),
        [
          ['/v1', status],
          ['/v2?x=…', 200],
        ],
      );
    });
  }

  const refused: [
    name: string,
    location: (origin: string, other: string) => string,
    method: 'GET' | 'POST',
    message: RegExp,
    /** The target of the redirect, where it is an address for requests. */
    target: (origin: string, other: string) => string | undefined,
  ][] = [
    [
      'to another port',
      (_origin, other) => other,
      'GET',
      /redirects to http:\/\/127\.0\.0\.1:\d+, and requests are not/,
      (_origin, other) => `${other}/`,
    ],
    [
      'to another host',
      () => 'https://evil.example/x?key=1',
      'GET',
      /redirects to https:\/\/evil\.example,/,
      () => 'https://evil.example/x',
    ],
    [
      'to https of the same host',
      (origin) => origin.replace('http:', 'https:'),
      'GET',
      /redirects to https:/,
      (origin) => `${origin.replace('http:', 'https:')}/`,
    ],
    ['to another scheme', () => 'file:///etc/passwd', 'GET', /redirects to file:,/, () => undefined],
    ['to something that is no address', () => 'http://[', 'GET', /not an address/, () => undefined],
  ];
  for (const [name, location, method, message, target] of refused) {
    test(`${name} are refused`, async (t) => {
      const other = await httpServer(t, (response) => sendJson(response, {}));
      const server = await httpServer(t, (response) => {
        response.writeHead(307, { location: location(server.url, other.url), 'x-request-id': 'req_9' }).end();
      });
      const { failure } = rig(t, { maxRetries: 2 });
      const error = await failure(server.url, { method, secretHeaders });
      assert.equal(error.kind, 'invalidResponse');
      assert.match(error.message, message);
      assert.equal(error.nextStep, 'editConnection');
      assert.equal(error.details.status, 307);
      assert.equal(error.details.requestId, 'req_9');
      assert.equal(error.details.redirect?.to, target(server.url, other.url));
      if (error.details.redirect !== undefined) assert.equal(error.details.redirect.from, `${server.url}/`);
      assert.equal(server.requests.length, 1);
      assert.equal(other.requests.length, 0);
    });
  }

  test('without end are rejected', async (t) => {
    const server = await httpServer(t, (response) => response.writeHead(302, { location: '/again' }).end());
    const error = await rig(t).failure(server.url);
    assert.match(error.message, /redirects without end/);
    assert.equal(server.requests.length, 6);
  });

  test('a 304 or a redirect without a location is an ordinary response', async (t) => {
    const { url } = await httpServer(t, (response, request) =>
      response.writeHead(request.url === '/a' ? 304 : 302).end(),
    );
    const { get } = rig(t);
    assert.equal((await get(`${url}/a`)).status, 304);
    assert.equal((await get(`${url}/b`)).status, 302);
  });
});

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { describe, test } from 'node:test';
import type { ErrorBody } from '../../../src/sandbox/node/rest/errors.ts';
import type { Sandbox } from '../../../src/sandbox/node/sandbox.ts';
import { raw, requests, withSandbox } from './start.ts';

const threads = '/v1/chatkit/threads';

interface Expected {
  message?: string | RegExp;
  param?: string | null;
  code?: string | null;
}

describe('what is refused, and with which words', () => {
  const cases: readonly [string, string, RequestInit, number, Expected][] = [
    [
      'no key',
      threads,
      { headers: { authorization: '' } },
      401,
      { code: null, message: /You didn't provide an API key/ },
    ],
    ['no bearer', threads, { headers: { authorization: 'Basic abc' } }, 401, { code: null }],
    ['another key', threads, { headers: { authorization: 'Bearer sk-x' } }, 401, { code: 'invalid_api_key' }],
    ['the key before the beta', threads, { headers: { authorization: 'Bearer x', 'openai-beta': '' } }, 401, {}],
    ['no beta', threads, { headers: { 'openai-beta': '' } }, 400, { code: 'invalid_beta' }],
    ['another beta', threads, { headers: { 'openai-beta': 'chatkit_beta=v2' } }, 400, { code: 'invalid_beta' }],
    ['limit above 100', `${threads}?limit=101`, {}, 400, { param: 'limit', code: 'integer_above_max_value' }],
    ['limit below 0', `${threads}?limit=-1`, {}, 400, { param: 'limit', code: 'integer_below_min_value' }],
    ['limit no integer', `${threads}?limit=1.5`, {}, 400, { param: 'limit', code: 'invalid_type' }],
    ['limit empty', `${threads}?limit=`, {}, 400, { param: 'limit', code: 'invalid_type' }],
    [
      'order',
      `${threads}?order=up`,
      {},
      400,
      { param: 'order', message: "Invalid value: 'up'. Supported values are: 'asc' and 'desc'." },
    ],
    ['user empty', `${threads}?user=`, {}, 400, { param: 'user', code: 'string_below_min_length' }],
    [
      'user too long',
      `${threads}?user=${'u'.repeat(513)}`,
      {},
      400,
      { param: 'user', code: 'string_above_max_length' },
    ],
    ['after', `${threads}?after=cthr_none`, {}, 400, { param: 'after' }],
    ['before', `${threads}?before=cthr_none`, {}, 400, { param: 'before' }],
    ['a thread', `${threads}/cthr_none`, {}, 404, { message: "Thread with id 'cthr_none' not found." }],
    [
      'a thread of an odd name',
      `${threads}/${encodeURIComponent('cthr_/..%ä')}`,
      {},
      404,
      { message: "Thread with id 'cthr_/..%ä' not found." },
    ],
    ['items of no thread', `${threads}/cthr_none/items`, {}, 404, { message: "Thread with id 'cthr_none' not found." }],
    [
      'listing sessions',
      '/v1/chatkit/sessions',
      {},
      405,
      { message: 'Invalid method for URL (GET /v1/chatkit/sessions)' },
    ],
    [
      'making a thread',
      threads,
      { method: 'POST' },
      405,
      { message: 'Invalid method for URL (POST /v1/chatkit/threads)' },
    ],
    ['an unknown address', '/v1/chatkit/foo', {}, 404, { message: 'Invalid URL (GET /v1/chatkit/foo)' }],
    ['another part of the platform', '/v1/models', {}, 404, { message: 'Invalid URL (GET /v1/models)' }],
  ];
  for (const [name, path, init, status, expected] of cases) {
    test(name, () =>
      withSandbox({}, async (sandbox) => {
        const response = await raw(sandbox, path, init);
        assert.equal(response.status, status);
        assert.match(response.headers.get('content-type') ?? '', /^application\/json/);
        assert.match(response.headers.get('x-request-id') ?? '', /^req_[0-9a-f]{32}$/);
        const { error } = (await response.json()) as ErrorBody;
        assert.deepEqual(Object.keys(error), ['message', 'type', 'param', 'code']);
        assert.equal(error.type, 'invalid_request_error');
        const { message, ...rest } = expected;
        if (message !== undefined)
          assert.match(error.message, typeof message === 'string' ? exactly(message) : message);
        assert.deepEqual({ ...error, ...rest }, error);
      }),
    );
  }
});

test('the beta header may contain other values too', () =>
  withSandbox({}, async (sandbox) => {
    const response = await raw(sandbox, threads, { headers: { 'openai-beta': 'assistants=v2, chatkit_beta=v1' } });
    assert.equal(response.status, 200);
  }));

test('a list has every field, also when it is empty', () =>
  withSandbox({ empty: true }, async (sandbox) => {
    const response = await raw(sandbox, `${threads}?limit=100&order=asc&user=${'u'.repeat(512)}`);
    assert.deepEqual(await response.json(), {
      object: 'list',
      data: [],
      first_id: null,
      last_id: null,
      has_more: false,
    });
    assert.equal(response.headers.get('openai-version'), '2020-10-01');
    assert.equal(response.headers.get('access-control-allow-origin'), null);
  }));

describe('only loopback names are answered (DNS rebinding)', () => {
  const hosts: readonly [string, number][] = [
    ['127.0.0.1', 200],
    ['localhost', 200],
    ['sandbox.localhost', 200],
    ['[::1]', 200],
    ['127.0.0.1.evil.example', 403],
    ['evil.example', 403],
    ['localhost.evil.example', 403],
  ];
  for (const [host, status] of hosts) {
    test(`${host} ${status}`, () =>
      withSandbox({}, async (sandbox) => assert.equal(await statusWithHost(sandbox, host), status)));
  }
});

test('the journal contains the exact bytes of the body, and no key', () =>
  withSandbox({}, async (sandbox) => {
    const body = '{ "user":"ünï 🚀",  "workflow":{"id":"wf_1"} }';
    const headers = { 'content-type': 'application/json', 'x-copy': `key ${sandbox.apiKey}` };
    await raw(sandbox, '/v1/chatkit/sessions?x=a%20b', { method: 'POST', body, headers });
    await raw(sandbox, threads, { headers: { authorization: 'Bearer sk-of-another-project' } });
    const seen = await requests(sandbox);
    const [create, list] = seen;
    assert.equal(seen.length, 2, 'its own routes are not recorded');
    assert.deepEqual(
      [create?.method, create?.url, create?.body, create?.bodyBytes, create?.status],
      ['POST', '/v1/chatkit/sessions?x=a%20b', body, Buffer.byteLength(body), 200],
    );
    assert.deepEqual(
      [create?.headers['authorization'], create?.headers['x-copy']],
      ['Bearer [the key]', 'key [the key]'],
    );
    assert.deepEqual([list?.headers['authorization'], list?.status], ['Bearer [another key]', 401]);
    assert.doesNotMatch(JSON.stringify(seen), new RegExp(`${sandbox.apiKey}|sk-of-another-project`));
    await raw(sandbox, '/sandbox/requests', { method: 'DELETE' });
    assert.deepEqual(await requests(sandbox), []);
  }));

test('its own routes require the key too', () =>
  withSandbox({}, async (sandbox) => {
    for (const path of ['/sandbox/requests', '/sandbox/faults']) {
      assert.equal((await raw(sandbox, path, { headers: { authorization: '' } })).status, 401);
    }
  }));

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
}

/** `fetch` does not let the Host header be chosen. */
function statusWithHost({ port, apiKey }: Sandbox, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { host, authorization: `Bearer ${apiKey}`, 'openai-beta': 'chatkit_beta=v1' };
    request({ host: '127.0.0.1', port, path: threads, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { SourceError } from '../../../../src/chatkit/common/errors.ts';
import type { CreateSession } from '../../../../src/chatkit/common/sessionSource.ts';
import type { ThreadSource } from '../../../../src/chatkit/common/threadSource.ts';
import { createOpenAiSource } from '../../../../src/chatkit/node/openai/openAiSource.ts';
import { rig } from '../transport/client.ts';
import { sendJson } from '../transport/servers.ts';
import { bench, errorOf, item, key, list, session, signal, sourceFor, thread } from './openAiBench.ts';

describe('the six calls', () => {
  const calls: [
    name: string,
    call: (source: ThreadSource) => Promise<unknown> | undefined,
    method: string,
    url: string,
    body: string,
    answer: unknown,
  ][] = [
    [
      'list threads',
      (source) => source.listThreads({ limit: 20, order: 'desc' }, signal),
      'GET',
      '/v1/chatkit/threads?limit=20&order=desc',
      '',
      list([thread]),
    ],
    [
      'list threads with every parameter',
      (source) => source.listThreads({ limit: 2, order: 'asc', after: 'a/1', before: 'b&2', user: 'a b&c' }, signal),
      'GET',
      '/v1/chatkit/threads?limit=2&order=asc&after=a%2F1&before=b%262&user=a%20b%26c',
      '',
      list([thread]),
    ],
    [
      'get a thread',
      (source) => source.getThread('cthr_/..%', signal),
      'GET',
      '/v1/chatkit/threads/cthr_%2F..%25',
      '',
      thread,
    ],
    [
      'list items',
      (source) => source.listItems('cthr_1', { limit: 100, order: 'asc', after: 'cti_1' }, signal),
      'GET',
      '/v1/chatkit/threads/cthr_1/items?limit=100&order=asc&after=cti_1',
      '',
      list([item('cti_2')]),
    ],
    [
      'delete a thread',
      (source) => source.deleteThread('cthr_1', signal),
      'DELETE',
      '/v1/chatkit/threads/cthr_1',
      '',
      { id: 'cthr_1', object: 'chatkit.thread.deleted', deleted: true },
    ],
    [
      'create a session',
      (source) => source.sessions?.create({ workflow: { id: 'wf_1' }, user: 'u' }, signal),
      'POST',
      '/v1/chatkit/sessions',
      '{"workflow":{"id":"wf_1"},"user":"u"}',
      session,
    ],
    [
      'cancel a session',
      (source) => source.sessions?.cancel('cksess_1', signal),
      'POST',
      '/v1/chatkit/sessions/cksess_1/cancel',
      '',
      { ...session, status: 'cancelled', client_secret: '' },
    ],
  ];
  for (const [name, call, method, url, body, answer] of calls) {
    test(name, async (t) => {
      const { source, server } = await bench(t, (response) => sendJson(response, answer));
      await call(source);
      const [request] = server.requests;
      assert.deepEqual([request?.method, request?.url, request?.body], [method, url, body]);
      const headers = request?.headers ?? {};
      assert.equal(headers['authorization'], `Bearer ${key}`);
      assert.equal(headers['openai-beta'], 'chatkit_beta=v1');
      assert.equal(headers['accept'], 'application/json');
      assert.equal(headers['user-agent'], 'tests');
      assert.equal(headers['content-type'], body === '' ? undefined : 'application/json');
      assert.equal(headers['content-length'], method === 'POST' ? String(body.length) : undefined);
      assert.equal(headers['openai-organization'], undefined);
      assert.equal(headers['openai-project'], undefined);
      assert.equal(server.requests.length, 1);
    });

    test(`${name}: after the errors`, async (t) => {
      const { source, server, slept } = await bench(
        t,
        (response) =>
          sendJson(response, { error: { message: `No: ${key}`, type: 'invalid_request_error', code: null } }, 404),
        {},
        { maxRetries: 2 },
      );
      const error = await errorOf(call(source) ?? Promise.resolve());
      assert.equal(error.kind, 'notFound');
      assert.equal(error.message, 'No: •••');
      assert.equal(error.details.requestId, 'req_1');
      assert.equal(error.details.status, 404);
      assert.equal(server.requests.length, 1);
      assert.deepEqual(slept, []);
    });
  }

  test('organization, project, and a base URL with a slash and a query', async (t) => {
    const { server } = await bench(t, (response) => sendJson(response, thread));
    const { source } = sourceFor(t, `${server.url}/proxy/v1/?api-version=1`, {
      organization: 'org-1',
      project: 'proj_1',
    });
    await source.getThread('x', signal);
    const [request] = server.requests;
    assert.equal(request?.url, '/proxy/v1/chatkit/threads/x?api-version=1');
    assert.equal(request?.headers['openai-organization'], 'org-1');
    assert.equal(request?.headers['openai-project'], 'proj_1');
  });

  test('the session and its secret are returned separately', async (t) => {
    const { source, lines, records } = await bench(t, (response) => sendJson(response, session));
    const created = await source.sessions?.create({ user: 'u', workflow: { id: 'wf_1' } }, signal);
    assert.equal(created?.clientSecret, 'ek_canary_secret');
    assert.equal(created?.session.expiresAt, 1735689600000);
    assert.ok(!inspect([created?.session, lines, records], { depth: 9 }).includes('ek_canary'));
  });
});

describe('nothing is sent', () => {
  const body = (fields: object): CreateSession => ({ user: 'u', workflow: { id: 'w' }, ...fields });
  const refused: [
    name: string,
    call: (source: ThreadSource) => Promise<unknown> | undefined,
    message: RegExp,
    param?: string,
  ][] = [
    ['id ..', (source) => source.getThread('..', signal), /"\.\." cannot be an id/],
    ['id .', (source) => source.listItems('.', { limit: 1, order: 'asc' }, signal), /cannot be an id/],
    ['empty id', (source) => source.deleteThread('', signal), /cannot be an id/],
    ['half a character', (source) => source.getThread('\ud800', signal), /incomplete character/],
    ['limit 0', (source) => source.listThreads({ limit: 0, order: 'asc' }, signal), /1 to 100/, 'limit'],
    ['limit 101', (source) => source.listItems('x', { limit: 101, order: 'asc' }, signal), /1 to 100/, 'limit'],
    ['limit 1.5', (source) => source.listThreads({ limit: 1.5, order: 'asc' }, signal), /1 to 100/, 'limit'],
    ['no user', (source) => source.listThreads({ limit: 1, order: 'asc', user: '' }, signal), /1 to 512/, 'user'],
    [
      'a long user',
      (source) => source.listThreads({ limit: 1, order: 'asc', user: 'x'.repeat(513) }, signal),
      /1 to 512/,
      'user',
    ],
    [
      'a session of 601 s',
      (source) => source.sessions?.create(body({ expires_after: { anchor: 'created_at', seconds: 601 } }), signal),
      /expires_after\.seconds must be at most 600/,
      'expires_after.seconds',
    ],
    [
      'a session with 65 variables',
      (source) => {
        const entries = Array.from({ length: 65 }, (_, index) => [`v${index}`, index] as const);
        return source.sessions?.create(
          body({ workflow: { id: 'w', state_variables: Object.fromEntries(entries) } }),
          signal,
        );
      },
      /workflow\.state_variables must not have more than 64/,
      'workflow.state_variables',
    ],
  ];
  for (const [name, call, message, param] of refused) {
    test(name, async (t) => {
      const { source, server } = await bench(t, (response) => sendJson(response, {}));
      const error = await errorOf(call(source) ?? Promise.resolve());
      assert.equal(error.kind, 'invalidRequest');
      assert.match(error.message, message);
      assert.equal(error.details.mayHaveArrived, false);
      if (param !== undefined) assert.equal(error.details.param, param);
      assert.equal(server.requests.length, 0);
    });
  }

  test('by a read-only connection', async (t) => {
    const { source, server } = await bench(t, (response) => sendJson(response, {}), { readOnly: true });
    assert.deepEqual(source.capabilities, {
      readOnly: true,
      delete: false,
      filterByUser: true,
      sessions: false,
      rename: false,
      send: false,
      retry: false,
      customActions: false,
      syncActions: false,
      answerForms: false,
      feedback: false,
      impersonate: false,
    });
    assert.equal(source.sessions, undefined);
    const error = await errorOf(source.deleteThread('cthr_1', signal));
    assert.equal(error.kind, 'withheld');
    assert.match(error.message, /connection is read-only/);
    assert.equal(server.requests.length, 0);
  });

  test('without credentials', async (t) => {
    const { server } = await bench(t, (response) => sendJson(response, thread));
    const tools = rig(t);
    const source = createOpenAiSource({
      connection: { id: 'c', name: 'Mine', kind: 'openai', url: `${server.url}/v1` },
      transport: tools.transport,
      credentials: {
        headersFor: (origin) => {
          assert.equal(origin, server.url);
          return Promise.reject(new SourceError('withheld', 'No key is saved.'));
        },
      },
    });
    assert.equal((await errorOf(source.getThread('x', signal))).kind, 'withheld');
    assert.equal(server.requests.length, 0);
  });

  test('to an address that is not a URL', async (t) => {
    const { source } = sourceFor(t, 'api.openai.com/v1');
    const error = await errorOf(source.getThread('x', signal));
    assert.equal(error.kind, 'invalidRequest');
    assert.equal(error.nextStep, 'editConnection');
  });
});

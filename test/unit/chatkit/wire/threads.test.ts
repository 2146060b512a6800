import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isSourceError } from '../../../../src/chatkit/common/errors.ts';
import type { Json } from '../../../../src/base/common/json.ts';
import { ruleIds } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { readList } from '../../../../src/chatkit/common/wire/openai/list.ts';
import { toSession } from '../../../../src/chatkit/common/wire/openai/session.ts';
import { toThread } from '../../../../src/chatkit/common/wire/openai/thread.ts';
import { toServerThread } from '../../../../src/chatkit/common/wire/server/thread.ts';

const thread = {
  id: 'cthr_1',
  object: 'chatkit.thread',
  created_at: 1712345600,
  title: 'Customer escalation',
  status: { type: 'active' },
  user: 'user_123',
};
const model = {
  id: 'cthr_1',
  title: 'Customer escalation',
  createdAt: 1712345600000,
  status: { type: 'active' },
  user: 'user_123',
  imageDomains: null,
};

describe('threads', () => {
  const rows: [name: string, fields: Record<string, unknown>, expected: Record<string, unknown>][] = [
    ['as documented', {}, {}],
    ['no title', { title: null }, { title: null }],
    ['locked', { status: { type: 'locked', reason: 'busy' } }, { status: { type: 'locked', reason: 'busy' } }],
    ['closed without a reason', { status: { type: 'closed' } }, { status: { type: 'closed', reason: null } }],
    ['a new status', { status: { type: 'archived' } }, { status: { type: 'unknown', name: 'archived' } }],
    [
      'a status in another case',
      { status: { type: 'Locked', reason: 'x' } },
      { status: { type: 'locked', reason: 'x' } },
    ],
    ['no status', { status: undefined }, { status: { type: 'unknown', name: '' } }],
    ['a broken status', { status: 7 }, { status: { type: 'unknown', name: '' } }],
    ['a broken reason', { status: { type: 'locked', reason: {} } }, { status: { type: 'locked', reason: null } }],
    ['a number as title', { title: 5 }, { title: '5' }],
    ['a broken title', { title: {} }, { title: null }],
    ['a number as id', { id: 7 }, { id: '7' }],
    ['a status as text', { status: 'active' }, { status: { type: 'active' } }],
    ['no user', { user: undefined }, { user: null }],
    ['a broken time', { created_at: {} }, { createdAt: null }],
    ['a new field', { items: [] }, {}],
  ];
  for (const [name, fields, expected] of rows) {
    test(name, () => {
      const raw = { ...thread, ...fields } as unknown as Json;
      assert.deepEqual(toThread(raw), { ...model, ...expected, raw });
    });
  }

  for (const raw of [null, 'thread', [], {}, { ...thread, id: '' }] as Json[]) {
    test(`${JSON.stringify(raw).slice(0, 20)} cannot be read`, () => assert.equal(toThread(raw), null));
  }
});

describe('lists', () => {
  const rows: [name: string, list: Record<string, unknown>, last: string | number | null][] = [
    ['as documented', { data: [{ id: 'a' }], first_id: 'a', last_id: 'a', has_more: true }, 'a'],
    ['empty', { data: [], first_id: null, last_id: null, has_more: false }, null],
    ['an old sample', { data: [{ id: 'a' }, { id: 'b' }] }, 'b'],
    ['a number as cursor', { data: [{ id: 'b' }], last_id: 7 }, 7],
    ['a broken cursor', { data: [{ id: 'b' }], last_id: {} }, 'b'],
    ['a last element without an id', { data: [{ id: 'b' }, {}] }, null],
    ['a last element that is text', { data: ['x'] }, null],
  ];
  for (const [name, list, last] of rows) {
    test(name, () => assert.equal(readList(list as Json)?.after, last));
  }
  const complete = { object: 'list', data: [], first_id: null, last_id: null, has_more: false };
  const { object: _object, ...withoutObject } = complete;
  for (const [name, list, fields] of [
    ['complete', complete, []],
    ['without object', withoutObject, ['object']],
    ['with another object', { ...complete, object: 'page' }, ['object']],
    ['without ids', { object: 'list', data: [], has_more: false }, ['first_id', 'last_id']],
  ] as const) {
    test(`reports what the envelope lacks: ${name}`, () => {
      const found = readList(list)?.deviations.filter(({ rule }) => rule === ruleIds.listEnvelope);
      assert.deepEqual(
        found?.map(({ field }) => field),
        fields,
      );
    });
  }
  for (const list of [null, {}, { data: {} }, { data: null }] as Json[]) {
    test(`${JSON.stringify(list)} is no list`, () => assert.equal(readList(list), null));
  }
});

describe('sessions', () => {
  const session = {
    id: 'cksess_1',
    object: 'chatkit.session',
    client_secret: 'ek_secret',
    expires_at: 1735689600,
    workflow: { id: 'wf_1', version: null, state_variables: null, tracing: { enabled: true } },
    user: 'user_1',
    rate_limits: { max_requests_per_1_minute: 10 },
    max_requests_per_1_minute: 10,
    status: 'active',
    chatkit_configuration: {
      automatic_thread_titling: { enabled: true },
      file_upload: { enabled: false, max_file_size: 512, max_files: 10 },
      history: { enabled: true, recent_threads: null },
    },
  };
  const { client_secret: _secret, ...withoutSecret } = session;
  const model = {
    id: 'cksess_1',
    status: 'active',
    expiresAt: 1735689600000,
    user: 'user_1',
    workflowId: 'wf_1',
    workflowVersion: null,
    maxRequestsPerMinute: 10,
  };

  test('as documented, with the secret separate', () => {
    assert.deepEqual(toSession(session, {}), {
      clientSecret: 'ek_secret',
      session: { ...model, raw: withoutSecret },
    });
  });

  const rows: [name: string, fields: Record<string, unknown>, expected: Record<string, unknown>, secret?: string][] = [
    ['cancelled', { status: 'cancelled', client_secret: '' }, { status: 'cancelled' }, ''],
    ['no secret', { client_secret: undefined }, {}, ''],
    ['a new status', { status: 'paused' }, { status: 'paused' }],
    ['the sample of the specification', { workflow: { id: 'wf_1', version: '2' } }, { workflowVersion: '2' }],
    [
      'only the copy of the limit',
      { rate_limits: undefined, max_requests_per_1_minute: 7 },
      { maxRequestsPerMinute: 7 },
    ],
    ['no limit', { rate_limits: null, max_requests_per_1_minute: null }, { maxRequestsPerMinute: null }],
    ['a configuration of a new shape', { chatkit_configuration: { history: [] } }, {}],
    ['ISO time', { expires_at: '2025-01-01T00:00:00Z' }, {}],
  ];
  for (const [name, fields, expected, secret = 'ek_secret'] of rows) {
    test(name, () => {
      const { client_secret: _own, ...raw } = { ...session, ...fields } as Record<string, unknown>;
      assert.deepEqual(toSession({ ...session, ...fields } as unknown as Json, {}), {
        clientSecret: secret,
        session: { ...model, ...expected, raw },
      });
    });
  }

  const broken: [fields: Record<string, unknown>, message: RegExp][] = [
    [{ id: undefined }, /^The response is not a ChatKit session: id: expected string, received undefined\.$/],
    [{ expires_at: 'soon' }, /expires_at: /],
    [{ workflow: 'wf_1' }, /workflow: expected object/],
    [{ user: null }, /user: expected string/],
  ];
  for (const [fields, message] of broken) {
    test(`broken: ${Object.keys(fields).join()}`, () => {
      assert.throws(
        () => toSession({ ...session, ...fields } as unknown as Json, { requestId: 'req_1' }),
        (error) =>
          isSourceError(error, 'invalidResponse') &&
          message.test(error.message) &&
          error.details.requestId === 'req_1' &&
          !error.message.includes('ek_secret'),
      );
    });
  }
});

describe('threads of self-hosted servers', () => {
  const thread = { id: 'thr_1', created_at: '2026-01-02T03:04:05Z', status: { type: 'active' }, metadata: {} };
  const model = {
    id: 'thr_1',
    title: null,
    createdAt: Date.UTC(2026, 0, 2, 3, 4, 5),
    status: { type: 'active' },
    user: null,
    imageDomains: null,
  };
  const cases: [name: string, fields: Record<string, unknown>, expected: Record<string, unknown>][] = [
    ['nulls left out', {}, {}],
    ['nulls written', { title: null, allowed_image_domains: null }, {}],
    ['a title', { title: 'x' }, { title: 'x' }],
    ['locked', { status: { type: 'locked', reason: 'r' } }, { status: { type: 'locked', reason: 'r' } }],
    ['closed', { status: { type: 'closed' } }, { status: { type: 'closed', reason: null } }],
    ['image domains', { allowed_image_domains: ['e.com'] }, { imageDomains: ['e.com'] }],
    ['broken image domains', { allowed_image_domains: [1] }, { imageDomains: null }],
    ['items within', { items: { data: [{}], has_more: false } }, {}],
  ];
  for (const [name, fields, expected] of cases) {
    test(name, () => {
      const raw = { ...thread, ...fields } as unknown as Json;
      assert.deepEqual(toServerThread(raw), { ...model, ...expected, raw });
    });
  }
  test('no id', () => assert.equal(toServerThread({ title: 'x' }), null));
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ErrorBody } from '../../../src/sandbox/node/rest/errors.ts';
import type { Sandbox } from '../../../src/sandbox/node/sandbox.ts';
import { officialClients, raw, withSandbox } from './start.ts';

const good = { user: 'u', workflow: { id: 'wf_1' } };
const configuration = (part: object) => ({ ...good, chatkit_configuration: part });
const variables = (state_variables: unknown) => ({ ...good, workflow: { id: 'wf_1', state_variables } });
const expiry = (part: object) => ({ ...good, expires_after: part });
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, index]));

describe('every limit of chatkit-api 2.1', () => {
  const refused: readonly [string, unknown, string, string][] = [
    ['missing_required_parameter', {}, 'user', "Missing required parameter: 'user'."],
    ['missing_required_parameter', { user: 'u' }, 'workflow', "Missing required parameter: 'workflow'."],
    [
      'missing_required_parameter',
      { user: 'u', workflow: {} },
      'workflow.id',
      "Missing required parameter: 'workflow.id'.",
    ],
    [
      'missing_required_parameter',
      expiry({ seconds: 5 }),
      'expires_after.anchor',
      "Missing required parameter: 'expires_after.anchor'.",
    ],
    [
      'missing_required_parameter',
      expiry({ anchor: 'created_at' }),
      'expires_after.seconds',
      "Missing required parameter: 'expires_after.seconds'.",
    ],
    [
      'string_below_min_length',
      { ...good, user: '' },
      'user',
      "Invalid 'user': string too short. Expected a string with minimum length 1, but got an empty string instead.",
    ],
    [
      'invalid_type',
      { ...good, user: 7 },
      'user',
      "Invalid type for 'user': expected a string, but got an integer instead.",
    ],
    [
      'invalid_type',
      { ...good, user: null },
      'user',
      "Invalid type for 'user': expected a string, but got null instead.",
    ],
    [
      'invalid_type',
      { user: 'u', workflow: 'wf_1' },
      'workflow',
      "Invalid type for 'workflow': expected an object, but got a string instead.",
    ],
    [
      'invalid_type',
      { user: 'u', workflow: ['wf_1'] },
      'workflow',
      "Invalid type for 'workflow': expected an object, but got an array instead.",
    ],
    [
      'invalid_type',
      { ...good, workflow: { id: 'wf_1', version: null } },
      'workflow.version',
      "Invalid type for 'workflow.version': expected a string, but got null instead.",
    ],
    [
      'invalid_type',
      { ...good, workflow: { id: 'wf_1', tracing: { enabled: 'yes' } } },
      'workflow.tracing.enabled',
      "Invalid type for 'workflow.tracing.enabled': expected a boolean, but got a string instead.",
    ],
    [
      'invalid_type',
      variables({ a: null }),
      'workflow.state_variables.a',
      "Invalid type for 'workflow.state_variables.a': expected one of a string, integer, number or boolean, but got null instead.",
    ],
    [
      'invalid_type',
      variables({ a: {} }),
      'workflow.state_variables.a',
      "Invalid type for 'workflow.state_variables.a': expected one of a string, integer, number or boolean, but got an object instead.",
    ],
    [
      'object_above_max_properties',
      variables(many(65)),
      'workflow.state_variables',
      "Invalid 'workflow.state_variables': object has too many properties. Expected an object with at most 64 properties, but got 65 properties instead.",
    ],
    [
      'string_above_max_length',
      variables({ ['k'.repeat(65)]: 1 }),
      'workflow.state_variables',
      "Invalid property name in 'workflow.state_variables': string too long. Expected a property name with maximum length 64, but got length 65 instead.",
    ],
    [
      'string_above_max_length',
      variables({ a: 'x'.repeat(10_485_761) }),
      'workflow.state_variables.a',
      "Invalid 'workflow.state_variables.a': string too long. Expected a string with maximum length 10485760, but got a string with length 10485761 instead.",
    ],
    [
      'invalid_value',
      expiry({ anchor: 'now', seconds: 5 }),
      'expires_after.anchor',
      "Invalid value: 'now'. Supported values are: 'created_at'.",
    ],
    [
      'integer_below_min_value',
      expiry({ anchor: 'created_at', seconds: 0 }),
      'expires_after.seconds',
      "Invalid 'expires_after.seconds': integer below minimum value. Expected a value >= 1, but got 0 instead.",
    ],
    [
      'integer_above_max_value',
      expiry({ anchor: 'created_at', seconds: 601 }),
      'expires_after.seconds',
      "Invalid 'expires_after.seconds': integer above maximum value. Expected a value <= 600, but got 601 instead.",
    ],
    [
      'invalid_type',
      expiry({ anchor: 'created_at', seconds: 1.5 }),
      'expires_after.seconds',
      "Invalid type for 'expires_after.seconds': expected an integer, but got a decimal number instead.",
    ],
    [
      'invalid_type',
      expiry({ anchor: 'created_at', seconds: '60' }),
      'expires_after.seconds',
      "Invalid type for 'expires_after.seconds': expected an integer, but got a string instead.",
    ],
    [
      'integer_below_min_value',
      { ...good, rate_limits: { max_requests_per_1_minute: 0 } },
      'rate_limits.max_requests_per_1_minute',
      "Invalid 'rate_limits.max_requests_per_1_minute': integer below minimum value. Expected a value >= 1, but got 0 instead.",
    ],
    [
      'integer_below_min_value',
      configuration({ file_upload: { max_file_size: 0 } }),
      'chatkit_configuration.file_upload.max_file_size',
      "Invalid 'chatkit_configuration.file_upload.max_file_size': integer below minimum value. Expected a value >= 1, but got 0 instead.",
    ],
    [
      'integer_above_max_value',
      configuration({ file_upload: { max_file_size: 513 } }),
      'chatkit_configuration.file_upload.max_file_size',
      "Invalid 'chatkit_configuration.file_upload.max_file_size': integer above maximum value. Expected a value <= 512, but got 513 instead.",
    ],
    [
      'integer_below_min_value',
      configuration({ file_upload: { max_files: 0 } }),
      'chatkit_configuration.file_upload.max_files',
      "Invalid 'chatkit_configuration.file_upload.max_files': integer below minimum value. Expected a value >= 1, but got 0 instead.",
    ],
    [
      'integer_below_min_value',
      configuration({ history: { recent_threads: 0 } }),
      'chatkit_configuration.history.recent_threads',
      "Invalid 'chatkit_configuration.history.recent_threads': integer below minimum value. Expected a value >= 1, but got 0 instead.",
    ],
    ['unknown_parameter', { ...good, scope: {} }, 'scope', "Unknown parameter: 'scope'."],
    [
      'unknown_parameter',
      { ...good, workflow: { id: 'wf_1', name: 'x' } },
      'workflow.name',
      "Unknown parameter: 'workflow.name'.",
    ],
  ];
  for (const [code, body, param, message] of refused) {
    test(`${param}: ${code}`, () =>
      withSandbox({ empty: true }, async (sandbox) => {
        const response = await create(sandbox, JSON.stringify(body));
        assert.equal(response.status, 400);
        assert.deepEqual(((await response.json()) as ErrorBody).error, {
          message,
          type: 'invalid_request_error',
          param,
          code,
        });
      }));
  }

  test('rejects bodies that are not a JSON object', () =>
    withSandbox({ empty: true }, async (sandbox) => {
      for (const body of ['', '{', 'null', '[]', '"text"', '7']) {
        const response = await create(sandbox, body);
        assert.equal(response.status, 400, body);
        assert.equal(((await response.json()) as ErrorBody).error.type, 'invalid_request_error');
      }
      const form = await create(sandbox, 'user=u', 'application/x-www-form-urlencoded');
      assert.equal(((await form.json()) as ErrorBody).error.code, 'unsupported_content_type');
    }));
});

for (const { name, connect } of officialClients) {
  test(`every option is returned as it was sent (${name})`, () =>
    withSandbox({ empty: true, now: () => 1_700_000_000_999 }, async (sandbox) => {
      const state_variables = {
        ...many(60),
        text: 'x',
        ['k'.repeat(64)]: 1.5,
        yes: true,
        long: 'x'.repeat(10_485_760),
      };
      const session = await connect(sandbox).beta.chatkit.sessions.create({
        user: 'u'.repeat(600),
        workflow: { id: 'wf_1', version: 'latest', state_variables, tracing: { enabled: false } },
        expires_after: { anchor: 'created_at', seconds: 1 },
        rate_limits: { max_requests_per_1_minute: 1_000_000 },
        chatkit_configuration: {
          automatic_thread_titling: { enabled: false },
          file_upload: { enabled: true, max_file_size: 1, max_files: 1 },
          history: { enabled: false, recent_threads: 1 },
        },
      });
      assert.deepEqual(session.workflow, {
        id: 'wf_1',
        version: 'latest',
        state_variables,
        tracing: { enabled: false },
      });
      assert.deepEqual(session.rate_limits, { max_requests_per_1_minute: 1_000_000 });
      assert.equal(session.max_requests_per_1_minute, 1_000_000);
      assert.equal(session.expires_at, 1_700_000_001);
      assert.deepEqual(session.chatkit_configuration, {
        automatic_thread_titling: { enabled: false },
        file_upload: { enabled: true, max_file_size: 1, max_files: 1 },
        history: { enabled: false, recent_threads: 1 },
      });
    }));

  test(`a session expires, and then cannot be cancelled (${name})`, () => {
    let now = 1_700_000_000_000;
    return withSandbox({ empty: true, now: () => now }, async (sandbox) => {
      const { sessions } = connect(sandbox).beta.chatkit;
      const make = () => sessions.create({ ...good, expires_after: { anchor: 'created_at', seconds: 60 } });
      const [cancelled, expired] = [await make(), await make()];
      assert.notEqual(cancelled.id, expired.id);
      now += 59_999;
      assert.equal((await sessions.cancel(cancelled.id)).status, 'cancelled');
      now += 1;
      assert.deepEqual(await sessions.cancel(expired.id), { ...expired, client_secret: '', status: 'expired' });
      assert.equal((await sessions.cancel(cancelled.id)).status, 'cancelled', 'cancelled wins over expired');
    });
  });
}

function create(sandbox: Sandbox, body: string, type = 'application/json'): Promise<Response> {
  return raw(sandbox, '/v1/chatkit/sessions', { method: 'POST', body, headers: { 'content-type': type } });
}

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pathText } from '../../../src/base/common/json.ts';
import { checkCreateSession } from '../../../src/chatkit/common/sessionSource.ts';

const valid = { user: 'user_1', workflow: { id: 'wf_1' } };

const manyVariables = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, i]));
const withVariables = (state_variables: unknown) => ({ user: 'u', workflow: { id: 'w', state_variables } });
const upload = (file_upload: unknown) => ({ ...valid, chatkit_configuration: { file_upload } });

describe('valid bodies', () => {
  const bodies: Record<string, unknown> = {
    'only what is required': valid,
    'any text as version': { user: 'u', workflow: { id: 'w', version: 'latest' } },
    'all four types of variables': withVariables({ a: 'text', b: 1, c: 1.5, d: true, e: '' }),
    '64 variables': withVariables(manyVariables(64)),
    'a name of 64 characters': withVariables({ ['k'.repeat(64)]: 1 }),
    'the minimum lifetime': { ...valid, expires_after: { anchor: 'created_at', seconds: 1 } },
    'the maximum lifetime': { ...valid, expires_after: { anchor: 'created_at', seconds: 600 } },
    'one request a minute': { ...valid, rate_limits: { max_requests_per_1_minute: 1 } },
    'the largest upload': upload({ enabled: true, max_file_size: 512, max_files: 1_000_000 }),
    'empty objects': { ...valid, rate_limits: {}, chatkit_configuration: { history: {} } },
    'a long user': { ...valid, user: 'u'.repeat(2000) },
  };
  for (const [name, body] of Object.entries(bodies)) {
    test(name, () => assert.deepEqual(checkCreateSession(body), []));
  }
});

describe('bodies that violate chatkit-api 2.1', () => {
  const cases: [name: string, body: unknown, path: string, message: string][] = [
    ['not an object', 'x', 'body', 'must be an object'],
    ['null', null, 'body', 'must be an object'],
    ['no user', { workflow: { id: 'w' } }, 'user', 'is missing'],
    ['empty user', { ...valid, user: '' }, 'user', 'must not be empty'],
    ['null user', { ...valid, user: null }, 'user', 'must be text'],
    ['no workflow', { user: 'u' }, 'workflow', 'is missing'],
    ['workflow as text', { user: 'u', workflow: 'w' }, 'workflow', 'must be an object'],
    ['no workflow id', { user: 'u', workflow: {} }, 'workflow.id', 'is missing'],
    ['version as a number', { user: 'u', workflow: { id: 'w', version: 3 } }, 'workflow.version', 'must be text'],
    [
      '65 variables',
      withVariables(manyVariables(65)),
      'workflow.state_variables',
      'must not have more than 64 entries',
    ],
    [
      'a name of 65 characters',
      withVariables({ ['k'.repeat(65)]: 1 }),
      `workflow.state_variables.${'k'.repeat(65)}`,
      'its name must be at most 64 characters long',
    ],
    [
      'an object as a variable',
      withVariables({ 'a b': {} }),
      'workflow.state_variables["a b"]',
      'must be text, a number or a boolean',
    ],
    [
      'a null variable',
      withVariables({ a: null }),
      'workflow.state_variables.a',
      'must be text, a number or a boolean',
    ],
    [
      'text over 10 MiB',
      withVariables({ a: 'x'.repeat(10_485_761) }),
      'workflow.state_variables.a',
      'must be at most 10485760 characters long',
    ],
    [
      'tracing as a word',
      { user: 'u', workflow: { id: 'w', tracing: { enabled: 'yes' } } },
      'workflow.tracing.enabled',
      'must be true or false',
    ],
    ['no anchor', { ...valid, expires_after: { seconds: 60 } }, 'expires_after.anchor', 'is missing'],
    [
      'another anchor',
      { ...valid, expires_after: { anchor: 'last_active_at', seconds: 60 } },
      'expires_after.anchor',
      'must be "created_at"',
    ],
    ['no seconds', { ...valid, expires_after: { anchor: 'created_at' } }, 'expires_after.seconds', 'is missing'],
    [
      '0 seconds',
      { ...valid, expires_after: { anchor: 'created_at', seconds: 0 } },
      'expires_after.seconds',
      'must be at least 1',
    ],
    [
      '601 seconds',
      { ...valid, expires_after: { anchor: 'created_at', seconds: 601 } },
      'expires_after.seconds',
      'must be at most 600',
    ],
    [
      'half a second',
      { ...valid, expires_after: { anchor: 'created_at', seconds: 1.5 } },
      'expires_after.seconds',
      'must be a whole number',
    ],
    [
      'no requests',
      { ...valid, rate_limits: { max_requests_per_1_minute: 0 } },
      'rate_limits.max_requests_per_1_minute',
      'must be at least 1',
    ],
    ['0 MB', upload({ max_file_size: 0 }), 'chatkit_configuration.file_upload.max_file_size', 'must be at least 1'],
    [
      '513 MB',
      upload({ max_file_size: 513 }),
      'chatkit_configuration.file_upload.max_file_size',
      'must be at most 512',
    ],
    ['no files', upload({ max_files: 0 }), 'chatkit_configuration.file_upload.max_files', 'must be at least 1'],
    [
      'no threads',
      { ...valid, chatkit_configuration: { history: { recent_threads: 0 } } },
      'chatkit_configuration.history.recent_threads',
      'must be at least 1',
    ],
    [
      'titling as a number',
      { ...valid, chatkit_configuration: { automatic_thread_titling: { enabled: 1 } } },
      'chatkit_configuration.automatic_thread_titling.enabled',
      'must be true or false',
    ],
    ['an obsolete field', { ...valid, scope: {} }, 'scope', 'is an unknown property'],
    [
      'an unknown field inside',
      { ...valid, rate_limits: { max_requests_per_session: 1 } },
      'rate_limits.max_requests_per_session',
      'is an unknown property',
    ],
  ];
  for (const [name, body, path, message] of cases) {
    test(name, () => {
      const problems = checkCreateSession(body);
      assert.deepEqual(
        problems.map((problem) => [pathText(problem.path), problem.message]),
        [[path, message]],
      );
    });
  }

  test('reports all problems at once', () => {
    assert.equal(checkCreateSession({ user: '', workflow: { id: 1 }, x: 1, y: 2 }).length, 4);
  });
});

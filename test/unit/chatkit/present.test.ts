import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError, unknownCommand, withheldCodes, type ErrorKind } from '../../../src/chatkit/common/errors.ts';
import { presentError, serverMessage, withConnectionName } from '../../../src/chatkit/vscode/present.ts';
import { toServerError } from '../../../src/chatkit/common/responses/statusErrors.ts';

/** The characters of a reason that a row of the default side bar shows, beside the icon and the next step. */
const maxReason = 26;

const kinds: readonly ErrorKind[] = [
  'unauthorized',
  'forbidden',
  'notFound',
  'invalidRequest',
  'conflict',
  'rateLimited',
  'quota',
  'server',
  'network',
  'tls',
  'proxy',
  'timeout',
  'tooLarge',
  'invalidResponse',
  'withheld',
  'cancelled',
];

describe('the reason of an error', () => {
  const codes = [undefined, unknownCommand, ...Object.values(withheldCodes)];
  for (const kind of kinds) {
    test(`${kind}: fits into a narrow row, is not the sentence, and names no host`, () => {
      for (const connectionKind of ['openai', 'server'] as const) {
        const connection = { id: 'a', name: 'A', kind: connectionKind, url: 'https://api.example/v1' };
        for (const code of codes) {
          const details = { host: 'a-rather-long-host.internal.example:8443', status: 418 };
          const error = new SourceError(kind, 'x'.repeat(300), code === undefined ? details : { ...details, code });
          const { reason, message } = presentError(error, { connection });
          assert.ok(reason.length > 0 && reason.length <= maxReason, `${reason} (${reason.length})`);
          assert.doesNotMatch(reason, /example|[.!?]$|xxx/);
          assert.notEqual(message, '');
        }
      }
    });
  }

  test('a redirect names its target, and *Edit Connection* receives it', () => {
    const connection = { id: 'a', name: 'A', kind: 'server', url: 'https://a.example/chatkit' } as const;
    const redirect = { from: 'https://a.example/chatkit', to: 'https://b.example/chatkit' };
    const error = new SourceError('invalidResponse', 'redirected', { redirect, nextStep: 'editConnection' });
    const { reason, message, action } = presentError(error, { connection });
    assert.ok(reason.length <= maxReason);
    assert.match(message, /^https:\/\/a\.example\/chatkit redirects to https:\/\/b\.example\/chatkit\./);
    assert.deepEqual(action?.arguments, [{ connectionId: 'a', redirect }]);
  });

  test('a server that requires credentials did not reject headers that were not sent', () => {
    const error = new SourceError('unauthorized', 'Unauthorized', { status: 401, host: 'a.example' });
    const at = (headers?: readonly string[]) => {
      const connection = { id: 'a', name: 'A', kind: 'server', url: 'https://a.example' } as const;
      const { reason, message } = presentError(error, {
        connection: headers === undefined ? connection : { ...connection, headers },
      });
      return [reason, message];
    };
    const none = ['Requires credentials', 'a.example requires credentials, but this connection has no secret headers.'];
    assert.deepEqual(at(), none);
    assert.deepEqual(at([]), none);
    assert.deepEqual(at(['authorization']), [
      'Secret headers rejected',
      'a.example did not accept the secret headers of this connection.',
    ]);
  });

  test('a server that refuses an action did not refuse headers that were not sent', () => {
    const error = new SourceError('forbidden', 'Forbidden', { status: 403, host: 'a.example' });
    const at = (headers: readonly string[]) =>
      presentError(error, { connection: { id: 'a', name: 'A', kind: 'server', url: 'https://a.example', headers } })
        .message;
    assert.equal(at([]), 'a.example does not allow this action, and this connection has no secret headers.');
    assert.equal(
      at(['authorization']),
      'a.example does not allow this action with the secret headers of this connection.',
    );
  });

  test('a missing thread of a server has nothing to do with an API key', () => {
    const error = new SourceError('notFound', 'Not found', { status: 404, host: 'a.example' });
    const at = (kind: 'openai' | 'server') =>
      presentError(error, { connection: { id: 'a', name: 'A', kind, url: 'https://a.example' }, subject: 'thread' })
        .message;
    assert.equal(at('server'), 'This thread no longer exists on a.example, or belongs to a different user.');
    assert.equal(at('openai'), 'This thread no longer exists, or belongs to a different project than the API key.');
  });

  test('names the missing credentials', () => {
    const missing = new SourceError('withheld', 'No credentials are saved.', { code: withheldCodes.missing });
    const at = (kind: 'openai' | 'server') =>
      presentError(missing, { connection: { id: 'a', name: 'A', kind, url: 'https://a.example' } }).reason;
    assert.equal(at('openai'), 'No API key');
    assert.equal(at('server'), 'No secret headers');
  });
});

describe('the message of an error in a notification', () => {
  const connection = { id: 'a', name: '127.0.0.1:8000', kind: 'server', url: 'http://127.0.0.1:8000/chatkit' } as const;

  test('names a connection that is named after its host once', () => {
    const { message } = presentError(new SourceError('server', 'x', { status: 500 }), { connection });
    assert.equal(withConnectionName(connection.name, message), '127.0.0.1:8000 returned an error (500).');
    assert.equal(withConnectionName('A', 'A thread is missing.'), 'A: A thread is missing.');
    assert.equal(withConnectionName('api.example', 'No API key is set.'), 'api.example: No API key is set.');
    assert.equal(withConnectionName('', 'No API key is set.'), 'No API key is set.');
  });

  test('reports once that a response is cut off', () => {
    const error = new SourceError('invalidResponse', 'The response of h is cut off: it is not complete JSON.', {
      host: 'h',
      nextStep: 'retry',
      requestId: 'req_1',
    });
    assert.equal(presentError(error, { connection }).message, 'The response of h is cut off.');
    assert.equal(serverMessage(error), 'Request ID: req_1');
  });

  test('a server that forwards the missing credit of its account does not ask to try again later', () => {
    const error = {
      message: 'You exceeded your current quota.',
      type: 'insufficient_quota',
      code: 'insufficient_quota',
    };
    const quota = toServerError(429, JSON.stringify({ error }), {}, (text) => text);
    const { reason, message } = presentError(quota, { connection });
    assert.equal(reason, 'No credit left');
    assert.match(message, /plan and billing/);
    assert.match(serverMessage(quota), /exceeded your current quota/);
    const busy = toServerError(429, JSON.stringify({ detail: 'Too many requests' }), {}, (text) => text);
    assert.equal(presentError(busy, { connection }).reason, 'Rate limit reached');
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError, unknownCommand, withheldCodes, type ErrorKind } from '../../../src/chatkit/common/errors.ts';
import { presentError } from '../../../src/chatkit/vscode/present.ts';

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

  test('names the missing credentials', () => {
    const missing = new SourceError('withheld', 'No credentials are saved.', { code: withheldCodes.missing });
    const at = (kind: 'openai' | 'server') =>
      presentError(missing, { connection: { id: 'a', name: 'A', kind, url: 'https://a.example' } }).reason;
    assert.equal(at('openai'), 'No API key');
    assert.equal(at('server'), 'No secret headers');
  });
});

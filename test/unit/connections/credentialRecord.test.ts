import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connectionIdOf, parseCredentialRecord, secretKeyOf } from '../../../src/connections/vscode/secretHeaders.ts';

describe('a credential record', () => {
  const headers = { origin: 'https://api.openai.com', headers: { authorization: 'Bearer x' } };
  const environment = { origin: 'https://api.openai.com', environment: 'OPENAI_API_KEY' };
  const cases: [string, string, unknown][] = [
    ['headers', JSON.stringify(headers), headers],
    ['the environment variable', JSON.stringify(environment), environment],
    ['another variable', JSON.stringify({ ...environment, environment: 'PATH' }), undefined],
    ['no origin', JSON.stringify({ headers: {} }), undefined],
    ['an API key without a record', 'sk-abc', undefined],
    ['nothing', '', undefined],
  ];
  for (const [name, text, expected] of cases) test(name, () => assert.deepEqual(parseCredentialRecord(text), expected));

  test('its key contains the connection ID', () => {
    assert.equal(connectionIdOf(secretKeyOf('my.id')), 'my.id');
    assert.equal(connectionIdOf('chatkit.sandbox.1.2'), undefined);
  });
});

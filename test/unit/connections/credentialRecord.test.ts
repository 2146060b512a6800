import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { connectionIdOf, parseRecord, secretKeyOf } from '../../../src/connections/vscode/credentialRecord.ts';

describe('a credential record', () => {
  const headers = { origin: 'https://api.openai.com', headers: { authorization: 'Bearer x' } };
  const environment = { origin: 'https://api.openai.com', environment: 'OPENAI_API_KEY' };
  const cases: [string, string, unknown][] = [
    ['headers', JSON.stringify(headers), headers],
    ['the choice of the environment', JSON.stringify(environment), environment],
    ['another variable', JSON.stringify({ ...environment, environment: 'PATH' }), undefined],
    ['no origin', JSON.stringify({ headers: {} }), undefined],
    ['a bare key, as another program may have left it', 'sk-abc', undefined],
    ['nothing', '', undefined],
  ];
  for (const [name, text, expected] of cases) test(name, () => assert.deepEqual(parseRecord(text), expected));

  test('its name tells the connection', () => {
    assert.equal(connectionIdOf(secretKeyOf('my.id')), 'my.id');
    assert.equal(connectionIdOf('chatkit.sandbox.1.2'), undefined);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readExternalSandbox } from '../../../src/sandbox/vscode/external.ts';

const access = { url: 'http://127.0.0.1:4010/v1', serverUrl: 'http://127.0.0.1:4010/chatkit', apiKey: 'key' };
const read = (value: unknown) =>
  readExternalSandbox({ CHATKIT_INSPECTOR_SANDBOX: typeof value === 'string' ? value : JSON.stringify(value) });

describe('the sandbox of the environment', () => {
  test('is the one that npm start runs', () => {
    assert.deepEqual(read(access), access);
    assert.deepEqual(read({ url: access.url, apiKey: 'key' }), { url: access.url, apiKey: 'key' });
  });

  const invalid = {
    'an empty variable': '',
    'text that is not JSON': '{',
    'no key': { url: access.url },
    'an API on another machine': { ...access, url: 'https://sandbox.example/v1' },
    'a server on another machine': { ...access, serverUrl: 'http://127.0.0.1.sandbox.example/chatkit' },
    'text that is no URL': { ...access, url: 'localhost' },
  };
  for (const [name, value] of Object.entries(invalid)) {
    test(`is not read from ${name}`, () => assert.equal(read(value), undefined));
  }
});

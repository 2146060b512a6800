import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Connection } from '../../../src/chatkit/common/connection.ts';
import { isSourceError } from '../../../src/chatkit/common/errors.ts';
import {
  defaultName,
  draftOf,
  enteredProvider,
  newConnectionId,
  newDraft,
  toConnection,
} from '../../../src/connections/vscode/flow/connectionDraft.ts';

describe('the id of a new connection', () => {
  const cases: [string, string[], string][] = [
    ['Acme (staging)', [], 'acme-staging'],
    ['OpenAI', ['openai'], 'openai-2'],
    ['OpenAI', ['openai', 'openai-2'], 'openai-3'],
    ['Café Übung', [], 'cafe-ubung'],
    ['日本語', [], 'connection'],
    ['日本語', ['connection'], 'connection-2'],
    ['Sandbox', ['sandbox'], 'sandbox-2'],
  ];
  for (const [name, used, expected] of cases) {
    test(`${name} with existing ${used.join(', ') || 'none'}`, () =>
      assert.equal(newConnectionId(name, new Set(used)), expected));
  }
});

describe('a draft', () => {
  const connections: Connection[] = [
    { id: 'a', name: 'A', kind: 'openai', url: 'https://api.openai.com/v1' },
    { id: 'b', name: 'B', kind: 'openai', url: 'https://x.test', organization: 'org-1', project: 'p', readOnly: true },
    { id: 'c', name: 'C', kind: 'server', url: 'https://x.test/c', headers: ['x-key'], userHeader: 'x-user' },
    { id: 'd', name: 'D', kind: 'server', url: 'https://x.test/d', timeZone: '+09:00', acceptLanguage: 'de' },
  ];
  for (const connection of connections) {
    test(`of ${connection.name} returns the same connection`, () =>
      assert.deepEqual(toConnection(draftOf(connection), connection.id), connection));
  }

  test('omits the fields of the other kind', () => {
    const draft = { ...newDraft(), kind: 'server' as const, name: 'S', url: 'https://x.test/', organization: 'org-1' };
    assert.deepEqual(toConnection(draft, 's'), { id: 's', name: 'S', kind: 'server', url: 'https://x.test/' });
  });
});

describe('entered credentials', () => {
  const typed = { ...newDraft(), entered: { from: 'typed', headers: { authorization: 'Bearer k' } } } as const;

  test('are provided for the origin of the draft', async () => {
    assert.deepEqual(await enteredProvider(typed, {}).headersFor('https://api.openai.com'), {
      authorization: 'Bearer k',
    });
  });

  test('are withheld from other origins', async () => {
    await assert.rejects(enteredProvider(typed, {}).headersFor('https://api.openai.com.evil.test'), (error) =>
      isSourceError(error, 'withheld'),
    );
  });

  test('are read from the environment when selected', async () => {
    const draft = { ...newDraft(), entered: { from: 'environment' } } as const;
    assert.deepEqual(await enteredProvider(draft, { OPENAI_API_KEY: ' k ' }).headersFor('https://api.openai.com'), {
      authorization: 'Bearer k',
    });
  });
});

describe('the name of a new connection', () => {
  const cases: [kind: 'openai' | 'server', url: string, taken: string[], name: string][] = [
    ['server', 'http://localhost:8000/chatkit', [], 'localhost:8000'],
    ['server', 'http://localhost:8000/chatkit', ['localhost:8000'], 'localhost:8000 2'],
    ['server', 'https://chat.acme.test/api/chatkit', [], 'chat.acme.test'],
    ['openai', 'https://api.openai.com/v1', ['OpenAI', 'OpenAI 2'], 'OpenAI 3'],
    ['openai', 'https://gateway.acme.test/v1', [], 'gateway.acme.test'],
  ];
  for (const [kind, url, taken, name] of cases) {
    test(`${name} for ${url}`, () => assert.equal(defaultName({ kind, url }, taken), name));
  }
});

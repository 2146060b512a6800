import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { normaliseUrl, parseConnections } from '../../../src/chatkit/vscode/connectionSettings.ts';

const good = { id: 'a', name: 'A', kind: 'openai', url: 'https://api.openai.com/v1' };

describe('the setting chatkit.connections', () => {
  const whole: [string, unknown, unknown][] = [
    ['nothing', undefined, []],
    ['no list', { id: 'a' }, []],
    ['one', [good], [good]],
    ['openai without a url', [{ id: 'a', name: 'A', kind: 'openai' }], [good]],
    ['a trailing slash', [{ ...good, url: 'https://api.openai.com/v1//' }], [good]],
    ['space around the name', [{ ...good, name: ' A ' }], [good]],
    ['unknown fields', [{ ...good, colour: 'red' }], [good]],
    [
      'empty options',
      [{ ...good, organization: '', project: '', headers: [], userHeader: '', readOnly: false }],
      [good],
    ],
    [
      'what is sent',
      [
        {
          ...good,
          headers: ['apikey'],
          requestHeaders: { 'X-Region': 'eu', ApiKey: 'not secret here' },
          acceptLanguage: 'de',
          timeZone: '+09:00',
          metadata: { lesson: 7 },
          credentialCommand: ['print-token', '--json'],
        },
      ],
      [
        {
          ...good,
          headers: ['apikey'],
          requestHeaders: { 'x-region': 'eu' },
          acceptLanguage: 'de',
          timeZone: '+09:00',
          metadata: { lesson: 7 },
          credentialCommand: ['print-token', '--json'],
        },
      ],
    ],
    [
      'nothing to send',
      [{ ...good, requestHeaders: {}, timeZone: 'auto', metadata: {}, credentialCommand: [] }],
      [good],
    ],
    [
      'every option',
      [
        {
          id: 's',
          name: 'S',
          kind: 'server',
          url: 'http://localhost:8000/chatkit?tenant=1#top',
          headers: ['Authorization', 'X-Key', 'authorization'],
          userHeader: 'X-User',
          readOnly: true,
        },
      ],
      [
        {
          id: 's',
          name: 'S',
          kind: 'server',
          url: 'http://localhost:8000/chatkit?tenant=1',
          headers: ['authorization', 'x-key'],
          userHeader: 'x-user',
          readOnly: true,
        },
      ],
    ],
  ];
  for (const [name, value, expected] of whole) {
    test(name, () => assert.deepEqual(parseConnections(value), { connections: expected, broken: [] }));
  }

  const broken: [string, unknown, string, string | undefined][] = [
    ['text', 'https://example.com', 'notAnObject', undefined],
    ['null', null, 'notAnObject', undefined],
    ['without an id', { ...good, id: undefined }, 'id', 'A'],
    ['an id with spaces', { ...good, id: 'a b' }, 'id', 'A'],
    ['the id of the sandbox', { ...good, id: 'sandbox' }, 'reservedId', 'A'],
    ['without a name', { ...good, name: '  ' }, 'name', '  '],
    ['an unknown kind', { ...good, kind: 'azure' }, 'kind', 'A'],
    ['an url without a scheme', { ...good, url: 'api.openai.com' }, 'url', 'A'],
    ['a file url', { ...good, url: 'file:///etc/passwd' }, 'url', 'A'],
    ['a server without a url', { ...good, kind: 'server', url: undefined }, 'url', 'A'],
    ['a number as url', { ...good, url: 7 }, 'url', 'A'],
    ['a password in the url', { ...good, url: 'https://me:secret@example.com' }, 'urlSecret', 'A'],
    ['values for headers', { ...good, headers: { authorization: 'x' } }, 'headers', 'A'],
    ['a header name with a colon', { ...good, headers: ['authorization: x'] }, 'headers', 'A'],
    ['readOnly as text', { ...good, readOnly: 'yes' }, 'fields', 'A'],
    ['a line break in a header value', { ...good, requestHeaders: { a: 'x\r\ny: z' } }, 'fields', 'A'],
    ['a header of the protocol', { ...good, requestHeaders: { 'Content-Type': 'text/plain' } }, 'fields', 'A'],
    ['an unknown zone', { ...good, timeZone: 'Berlin' }, 'fields', 'A'],
    ['a command as text', { ...good, credentialCommand: 'rm -rf /' }, 'fields', 'A'],
    ['metadata that is no object', { ...good, metadata: [1] }, 'fields', 'A'],
  ];
  for (const [name, entry, problem, label] of broken) {
    test(`leaves out ${name}`, () => {
      const other = { ...good, id: 'other' };
      const result = parseConnections([entry, other]);
      assert.deepEqual(result.connections, [other]);
      assert.deepEqual(result.broken, [{ index: 0, label, problem }]);
    });
  }

  test('keeps the first of two with the same id', () => {
    const result = parseConnections([good, { ...good, name: 'B' }]);
    assert.deepEqual(result.connections, [good]);
    assert.deepEqual(result.broken, [{ index: 1, label: 'B', problem: 'duplicateId' }]);
  });
});

describe('the address of a connection', () => {
  const cases: ['openai' | 'server', string, unknown][] = [
    ['openai', ' https://api.openai.com/v1/ ', { url: 'https://api.openai.com/v1' }],
    ['openai', 'HTTPS://API.OpenAI.com:443/v1', { url: 'https://api.openai.com/v1' }],
    ['openai', 'https://gate.example/openai?x=1#y', { url: 'https://gate.example/openai' }],
    ['server', 'https://example.com/chatkit/', { url: 'https://example.com/chatkit/' }],
    ['server', 'http://[::1]:8000/chatkit#x', { url: 'http://[::1]:8000/chatkit' }],
    ['openai', '', { problem: 'url' }],
    ['openai', 'https://', { problem: 'url' }],
    ['openai', 'javascript:alert(1)', { problem: 'url' }],
    ['server', 'https://user@example.com/', { problem: 'urlSecret' }],
  ];
  for (const [kind, text, expected] of cases) {
    test(`${kind} ${JSON.stringify(text)}`, () => assert.deepEqual(normaliseUrl(kind, text), expected));
  }
});

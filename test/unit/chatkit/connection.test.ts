import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { redirectedUrl } from '../../../src/chatkit/common/connection.ts';

describe('the URL of a connection after a redirect', () => {
  const server = { kind: 'server', url: 'https://a.example/chatkit' } as const;
  const api = { kind: 'openai', url: 'https://a.example/v1' } as const;
  const rows: readonly [string, Parameters<typeof redirectedUrl>[0], string, string, string | null][] = [
    ['another origin', server, 'https://a.example/chatkit', 'https://b.example/x', 'https://b.example/x'],
    ['a slash', server, 'https://a.example/chatkit', 'https://a.example/chatkit/', 'https://a.example/chatkit/'],
    [
      'the query of the connection',
      { ...server, url: `${server.url}?tenant=1` },
      'https://a.example/chatkit',
      'https://b.example/chatkit',
      'https://b.example/chatkit?tenant=1',
    ],
    ['an upload', server, 'https://a.example/chatkit/files/1', 'https://b.example/chatkit/files/1', null],
    [
      'an operation of the API',
      api,
      'https://a.example/v1/chatkit/threads',
      'https://b.example/v1/chatkit/threads',
      'https://b.example/v1',
    ],
    ['another operation', api, 'https://a.example/v1/chatkit/threads', 'https://b.example/login', null],
    ['another path', api, 'https://a.example/v10/chatkit/threads', 'https://b.example/v10/chatkit/threads', null],
    ['an invalid URL', { ...server, url: '' }, 'https://a.example/chatkit', 'https://b.example/', null],
  ];
  for (const [name, connection, from, to, expected] of rows) {
    test(`${name}: ${expected ?? 'none'}`, () => assert.equal(redirectedUrl(connection, { from, to }), expected));
  }
});

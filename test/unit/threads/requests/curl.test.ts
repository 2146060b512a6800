import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import type { Connection } from '../../../../src/chatkit/common/connection.ts';
import { type RowRequest, curlOf } from '../../../../src/threads/vscode/requests/curl.ts';

const openai: Connection = { id: 'a', name: 'A', kind: 'openai', url: 'https://api.openai.com/v1' };
const server: Connection = {
  id: 'b',
  name: 'B',
  kind: 'server',
  url: 'http://localhost:8000/chatkit',
  headers: ['Authorization', 'x-api-key'],
};
const page = { limit: 20, order: 'desc', after: null } as const;

const cases: readonly [name: string, Connection, RowRequest, wanted: string][] = [
  [
    'the threads of a connection',
    openai,
    { type: 'listThreads', page, user: null },
    `curl 'https://api.openai.com/v1/chatkit/threads?limit=20&order=desc' \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  -H 'OpenAI-Beta: chatkit_beta=v1'`,
  ],
  [
    'the threads of a user, of a project',
    { ...openai, organization: 'org-1', project: "it's" },
    { type: 'listThreads', page, user: 'ada&co' },
    `curl 'https://api.openai.com/v1/chatkit/threads?limit=20&order=desc&user=ada%26co' \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  -H 'OpenAI-Beta: chatkit_beta=v1' \\
  -H 'OpenAI-Organization: org-1' \\
  -H 'OpenAI-Project: it'\\''s'`,
  ],
  [
    'the threads of a gateway with further headers',
    { ...openai, headers: ['apikey'], requestHeaders: { 'x-region': 'eu' }, acceptLanguage: 'de' },
    { type: 'listThreads', page, user: null },
    `curl 'https://api.openai.com/v1/chatkit/threads?limit=20&order=desc' \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  -H 'OpenAI-Beta: chatkit_beta=v1' \\
  -H 'accept-language: de' \\
  -H 'x-region: eu' \\
  -H 'apikey: '"$APIKEY"`,
  ],
  [
    'the threads of a server that needs metadata',
    { ...server, headers: [], metadata: { lesson_id: 7 } },
    { type: 'listThreads', page, user: null },
    `curl 'http://localhost:8000/chatkit' \\
  -H 'Content-Type: application/json' \\
  -H 'Accept: application/json' \\
  -d '{"type":"threads.list","params":{"limit":20,"order":"desc"},"metadata":{"lesson_id":7}}'`,
  ],
  [
    'a thread whose id wants to be more than that',
    openai,
    { type: 'getThread', threadId: "x'; rm -rf ~; '/../.." },
    `curl 'https://api.openai.com/v1/chatkit/threads/x'\\''%3B%20rm%20-rf%20~%3B%20'\\''%2F..%2F..' \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  -H 'OpenAI-Beta: chatkit_beta=v1'`,
  ],
  [
    'an item',
    openai,
    { type: 'listItems', threadId: 'cthr_1', page: { limit: 1, order: 'asc', after: 'cthi_7' } },
    `curl 'https://api.openai.com/v1/chatkit/threads/cthr_1/items?limit=1&order=asc&after=cthi_7' \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  -H 'OpenAI-Beta: chatkit_beta=v1'`,
  ],
  [
    'a thread of a server',
    server,
    { type: 'getThread', threadId: "it's" },
    `curl 'http://localhost:8000/chatkit' \\
  -H 'Content-Type: application/json' \\
  -H 'Accept: application/json' \\
  -H 'Authorization: '"$AUTHORIZATION" \\
  -H 'x-api-key: '"$X_API_KEY" \\
  -d '{"type":"threads.get_by_id","params":{"thread_id":"it'\\''s"}}'`,
  ],
  [
    'items of a server',
    { ...server, headers: [] },
    { type: 'listItems', threadId: 't', page },
    `curl 'http://localhost:8000/chatkit' \\
  -H 'Content-Type: application/json' \\
  -H 'Accept: application/json' \\
  -d '{"type":"items.list","params":{"thread_id":"t","limit":20,"order":"desc"}}'`,
  ],
];

describe('curlOf', () => {
  for (const [name, connection, request, wanted] of cases) {
    test(name, () => assert.equal(curlOf(connection, request), wanted));
  }

  // All of these are valid header names (RFC 9110, 5.6.2) that the settings accept.
  for (const header of ['x-`id`', 'x-$HOME', "x-'y'z", 'x-$0', 'a!b', 'a&b', 'a|b', 'a#b', 'a*', 'a^%~']) {
    test(`a shell sends the header name ${header} unchanged`, { skip: process.platform === 'win32' }, () => {
      const command = curlOf({ ...server, headers: [header] }, { type: 'getThread', threadId: 't' });
      const variable = /"\$(\w+)"/.exec(command)?.[1] ?? '';
      const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
      const output = execFileSync('/bin/sh', ['-c', script], { env: { [variable]: 'v"`$x' }, encoding: 'utf8' });
      assert.ok(output.split('\0').includes(`${header}: v"\`$x`), output);
    });
  }
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError } from '../../../src/chatkit/common/errors.ts';
import { threadFileStart, threadsFileStart, type ExportHeader } from '../../../src/export/common/format.ts';
import { loggedPath, plainUrl, withPlainUrls } from '../../../src/base/common/plainUrl.ts';
import { redact } from '../../../src/base/common/redact.ts';

/** Every text holds `canary` where a key, a signature or a password may be. */
const texts: readonly [text: string, plain: string][] = [
  ['https://a.example/up?sig=canary', 'https://a.example/up?…'],
  ['PUT https://a.example/up?sig=canary&x=1 failed', 'PUT https://a.example/up?… failed'],
  ['https://ann:canary@a.example/up', 'https://a.example/up'],
  ['https://canary@a.example', 'https://a.example'],
  ['https://ann:c@canary@a.example/x', 'https://a.example/x'],
  ['https://a.example/x#access_token=canary', 'https://a.example/x#…'],
  ['https://a.example?canary', 'https://a.example?…'],
  ['(see https://a.example/x?a=(canary), please)', '(see https://a.example/x?… please)'],
  ['"https://a.example/?a=canary"', '"https://a.example/?…"'],
  ['<https://a.example/?a=canary>', '<https://a.example/?…>'],
  ["'https://a.example/?a='canary'", "'https://a.example/?…"],
  ['{"url":"https:\\/\\/ann:canary@a.example\\/x?s=canary"}', '{"url":"https:\\/\\/a.example\\/x?…"}'],
  ['https://a.example/x?1=canary https://b.example/y?2=canary', 'https://a.example/x?… https://b.example/y?…'],
  ['https://a.example/to/https://ann:canary@b.example/?c=canary', 'https://a.example/to/https://b.example/?…'],
  ['HTTPS://A.EXAMPLE/?canary', 'HTTPS://A.EXAMPLE/?…'],
  ['wss://ann:canary@a.example/s?t=canary', 'wss://a.example/s?…'],
  ['postgres://ann:canary@db.example/x', 'postgres://db.example/x'],
  ['vscode://a.b/thread?connection=canary', 'vscode://a.b/thread?…'],
  ['https://[::1]:8000/x?canary', 'https://[::1]:8000/x?…'],
  ['https://a.example/ü?canary\nnext line', 'https://a.example/ü?…\nnext line'],
];

describe('URLs without what may be secret', () => {
  for (const [text, plain] of texts) {
    test(`in ${JSON.stringify(text)}`, () => {
      assert.equal(withPlainUrls(text), plain);
      assert.equal(withPlainUrls(plain).includes('canary'), false);
    });
  }

  for (const text of ['Is it 3:// or not? Yes.', 'a@b.example?', 'GET /v1/threads?limit=50', 'why?', '']) {
    test(`leaves ${JSON.stringify(text)} alone`, () => assert.equal(withPlainUrls(text), text));
  }

  test('in every line of the log', () => {
    for (const [text] of texts) assert.ok(!redact(`Inspector: image failed: ${text}`).includes('canary'), text);
  });

  test('in the message and the details of an error', () => {
    for (const [text] of texts) {
      const details = { excerpt: text, code: text, type: text, param: text, requestId: text, host: 'a.example' };
      const error = new SourceError('server', text, details);
      assert.ok(!`${error.stack}${error.message}${JSON.stringify(error.details)}`.includes('canary'), text);
      assert.equal(error.details.host, 'a.example');
    }
  });

  test('in the header of an export', () => {
    const url = 'https://ann:canary@a.example/chatkit?key=canary#canary';
    const header: ExportHeader = { version: 1, exportedAt: '', connection: { name: 'A', kind: 'server', url } };
    for (const start of [threadFileStart(header, { id: 't' }), threadsFileStart(header)]) {
      assert.ok(!start.includes('canary'), start);
      assert.ok(start.includes('https://a.example/chatkit'), start);
    }
  });
});

describe('plainUrl', () => {
  const cases: readonly [url: string, plain: string][] = [
    ['https://ann:pw@a.example:8443/x/y?z=1#w', 'https://a.example:8443/x/y'],
    ['https://a.example', 'https://a.example/'],
    ['data:text/plain,x', ''],
    ['no URL', ''],
  ];
  for (const [url, plain] of cases) test(url, () => assert.equal(plainUrl(url), plain));
});

describe('the path of a request in the log', () => {
  const cases: readonly [url: string, path: string][] = [
    ['https://a.example/v1/threads', '/v1/threads'],
    [
      'https://a.example/v1/threads?limit=20&order=desc&after=t_1&before=t_2',
      '/v1/threads?limit=20&order=desc&after=t_1&before=t_2',
    ],
    ['https://a.example/v1/threads?limit=20&user=ann%40a.example', '/v1/threads?limit=20&user=…'],
    ['https://a.example/up?X-Amz-Signature=abc&LIMIT=abc', '/up?X-Amz-Signature=…&LIMIT=…'],
    ['https://a.example/up?abc', '/up?abc=…'],
    ['https://a.example/up?a%26limit=1&after=x%26sig%3D1', '/up?a%26limit=…&after=x%26sig%3D1'],
  ];
  for (const [url, path] of cases) test(url, () => assert.equal(loggedPath(new URL(url)), path));
});

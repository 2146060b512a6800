import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { SourceError, withheldCodes, type ErrorDetails, type ErrorKind } from '../../src/chatkit/common/errors.ts';
import { presentError, type ErrorContext } from '../../src/chatkit/vscode/present.ts';
import { notifyError } from '../../src/chatkit/vscode/notify.ts';
import { listening } from '../support/hostSessions.ts';
import { activated } from '../support/activated.ts';
import type { HostSuite } from '../support/hostSuite.ts';

const connection = { id: 'a', name: 'Acme', kind: 'openai', url: 'https://api.test/v1' } as const;
const host = 'api.test';
const hosted = { ...connection, url: 'https://api.openai.com/v1' } as const;
const before = () => Date.UTC(2026, 10, 29);
const after = () => Date.UTC(2026, 11, 1);
/** Hosted workflows after Agent Builder was closed (chatkit-api 0.4). */
const closedCases: [ErrorKind, ErrorDetails, RegExp, string | undefined, ErrorContext][] = [
  ...([404, 410] as const).map((status): (typeof closedCases)[number] => [
    'notFound',
    { status, host: 'api.openai.com' },
    /^api\.openai\.com no longer has this\. OpenAI closed Agent Builder on 30 November 2026; hosted threads may have ended/,
    'chatkit.editConnection',
    { connection: hosted, subject: 'threads', now: after },
  ]),
  [
    'notFound',
    { status: 404, host: 'api.openai.com' },
    /^This workflow does not exist, was shut down with Agent Builder on 30 November 2026, or belongs to/,
    'chatkit.editConnection',
    { connection: hosted, subject: 'workflow', now: after },
  ],
  [
    'notFound',
    { status: 404, host: 'api.openai.com' },
    /^This thread no longer exists/,
    'chatkit.editConnection',
    { connection: hosted, subject: 'thread', now: after },
  ],
  [
    'notFound',
    { status: 404, host: 'api.openai.com' },
    /^api\.openai\.com did not find this\. Check the project/,
    'chatkit.editConnection',
    { connection: hosted, subject: 'threads', now: before },
  ],
  [
    'notFound',
    { status: 404 },
    /no ChatKit API at this address/,
    'chatkit.editConnection',
    { connection: { ...hosted, kind: 'server', url: 'https://api.test/chatkit' }, subject: 'threads', now: after },
  ],
];
const cases: [ErrorKind, ErrorDetails, RegExp, string | undefined, ErrorContext?][] = [
  ['unauthorized', { status: 401, host }, /^api\.test did not accept the API key\.$/, 'chatkit.setCredentials'],
  [
    'unauthorized',
    { host },
    /secret headers/,
    'chatkit.setCredentials',
    { connection: { ...connection, kind: 'server' } },
  ],
  ['forbidden', { status: 403 }, /does not allow this/, 'chatkit.setCredentials'],
  ['notFound', { status: 404 }, /no ChatKit API at this address/, 'chatkit.editConnection'],
  [
    'notFound',
    { status: 404 },
    /^This thread no longer exists/,
    'chatkit.editConnection',
    { connection, subject: 'thread' },
  ],
  [
    'notFound',
    { status: 404 },
    /^This workflow does not exist/,
    'chatkit.editConnection',
    { connection, subject: 'workflow' },
  ],
  ...closedCases,
  ['invalidRequest', { status: 400 }, /rejected the request \(400\)/, 'chatkit.showLog'],
  ['conflict', { status: 409 }, /at the same time/, 'chatkit.refresh'],
  ['rateLimited', { status: 429, retryAfterMs: 1500, host }, /Try again in 2 s/, 'chatkit.refresh'],
  ['rateLimited', { status: 429 }, /rate-limiting requests/, 'chatkit.refresh'],
  ['quota', { status: 429 }, /no credit left/, 'chatkit.showLog'],
  ['server', { status: 503 }, /returned an error \(503\)/, 'chatkit.refresh'],
  [
    'network',
    { systemCode: 'ECONNREFUSED', host: '127.0.0.1:9' },
    /^Could not connect to 127\.0\.0\.1:9\. /,
    'chatkit.refresh',
  ],
  ['network', { systemCode: 'ENOTFOUND' }, /^Could not find the host api\.test\./, 'chatkit.refresh'],
  ['network', { systemCode: 'ECONNRESET' }, /closed the connection/, 'chatkit.refresh'],
  ['network', {}, /^The connection to api\.test failed\.$/, 'chatkit.refresh'],
  ['tls', { systemCode: 'CERT_HAS_EXPIRED' }, /^The certificate for api\.test has expired\.$/, 'chatkit.showLog'],
  ['tls', { systemCode: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, /is not trusted on this machine/, 'chatkit.showLog'],
  ['tls', { systemCode: 'ERR_TLS_CERT_ALTNAME_INVALID' }, /issued for another host name/, 'chatkit.showLog'],
  ['proxy', {}, /^Could not use the proxy for api\.test/, 'workbench.action.openSettings'],
  ['proxy', { status: 407 }, /requires a user name and password/, 'workbench.action.openSettings'],
  [
    'proxy',
    { status: 403, host },
    /^The proxy does not allow connections to api\.test\.$/,
    'workbench.action.openSettings',
  ],
  ['proxy', { status: 502, host }, /could not connect to api\.test \(status 502\)/, 'workbench.action.openSettings'],
  ['timeout', {}, /did not respond in time/, 'chatkit.refresh'],
  [
    'timeout',
    { systemCode: 'UND_ERR_CONNECT_TIMEOUT', mayHaveArrived: false, nextStep: 'openProxySettings', host },
    /^Could not connect to api\.test: no response\. A firewall/,
    'workbench.action.openSettings',
  ],
  ['tooLarge', {}, /too large/, 'chatkit.showLog'],
  ['invalidResponse', { excerpt: '<html>' }, /did not return a ChatKit response/, 'chatkit.editConnection'],
  ['withheld', { code: withheldCodes.missing }, /No API key is set/, 'chatkit.setCredentials'],
  ['withheld', { code: withheldCodes.otherOrigin }, /saved for a different server/, 'chatkit.setCredentials'],
  [
    'withheld',
    { code: withheldCodes.insecureHttp, nextStep: 'allowInsecureHttp' },
    /plain HTTP/,
    'chatkit.allowInsecureHttp',
  ],
  ['withheld', { code: withheldCodes.readOnly, nextStep: 'editConnection' }, /read-only/, 'chatkit.editConnection'],
  ['withheld', { nextStep: 'none' }, /^reason$/, undefined],
  ['invalidResponse', {}, /^reason$/, 'chatkit.editConnection', { connectionId: 'a' }],
  ['cancelled', {}, /Cancelled/, undefined],
];

export const suite: HostSuite = {
  name: 'presented errors',
  cases: {
    ...Object.fromEntries(
      cases.map(([kind, details, message, command, context], index) => [
        `${index}: ${kind} ${details.code ?? details.systemCode ?? context?.subject ?? ''}`,
        async () => {
          const presented = presentError(new SourceError(kind, 'reason', details), context ?? { connection });
          assert.match(presented.message, message);
          assert.equal(presented.action?.command, command);
          if (command?.startsWith('chatkit.') && command !== 'chatkit.showLog') {
            assert.deepEqual(presented.action?.arguments, [{ connectionId: 'a' }]);
          }
        },
      ]),
    ),

    'all actions are registered commands': async () => {
      await activated();
      const known = await vscode.commands.getCommands(true);
      for (const [, , , command] of cases) if (command !== undefined) assert.ok(known.includes(command), command);
    },

    'the detail contains the facts and no secret': () => {
      const error = new SourceError('unauthorized', 'Incorrect API key provided: sk-proj-abcdefghijklmnop.', {
        status: 401,
        code: 'invalid_api_key',
        requestId: 'req_1',
        host,
        excerpt: 'Bearer abcdefghijkl',
      });
      assert.deepEqual(presentError(error, { connection, credentials: 'sk-…mnop (saved)' }).detail.split('\n'), [
        'Incorrect API key provided: sk-…mnop.',
        'Status 401 · invalid_api_key · api.test',
        'Response: Bearer …',
        'Request ID: req_1',
        'Connection: Acme (https://api.test/v1)',
        'Credentials: sk-…mnop (saved)',
      ]);
      const unnamed = presentError(error, { connection: { ...connection, name: '' } }).detail;
      assert.ok(unnamed.endsWith('Connection: https://api.test/v1'), 'a connection that is being added has no name');
    },

    'the stack trace of a server can be copied with its lines, and its last frame opened': async () => {
      const { log } = await activated();
      const trace =
        'Traceback (most recent call last):\n  File "/srv/app/api.py", line 9, in run\n  File "/srv/app/tools/orders.py", line 12, in find\nKeyError: 18294';
      const error = new SourceError('server', trace, { status: 500, host });
      await listening(['Copy Details'], async (heard) => {
        await notifyError(log, error, { connection });
        assert.deepEqual(heard[0]?.buttons, ['Retry', 'Open orders.py:12', 'Copy Details', 'Show Log']);
        assert.ok((await vscode.env.clipboard.readText()).includes(trace));
      });
      await listening(['Open orders.py:12'], async (heard) => {
        await notifyError(log, error, { connection });
        assert.match(heard[1]?.text ?? '', /^\/srv\/app\/tools\/orders\.py is not in this workspace/);
      });
      await listening([], async (heard) => {
        await notifyError(log, new SourceError('server', 'Sorry.', { status: 500, host }), { connection });
        assert.deepEqual(heard[0]?.buttons, ['Retry', 'Show Log']);
      });
    },

    'Retry runs the failed command': () => {
      const retry = { command: 'chatkit.testConnection', arguments: [{ connectionId: 'a' }] };
      const { action } = presentError(new SourceError('timeout', 'slow'), { connection, retry });
      assert.deepEqual(action, { title: 'Retry', ...retry });
    },
  },
};

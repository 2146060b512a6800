import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError, type ErrorDetails, type ErrorKind } from '../../../../src/chatkit/common/errors.ts';
import { retryAfterMs, retryWait } from '../../../../src/chatkit/node/transport/retry.ts';
import type { HttpResponse, RetryPolicy } from '../../../../src/chatkit/node/transport/types.ts';
import { rig } from './client.ts';
import { closedPort, httpServer, rawServer, sendJson } from './servers.ts';

const quota = {
  error: { message: 'Out of credit', type: 'insufficient_quota', param: null, code: 'insufficient_quota' },
};

function answer(status: number, headers: Record<string, string> = {}, body: unknown = {}): { response: HttpResponse } {
  return { response: { status, headers, requestId: null, body: Buffer.from(JSON.stringify(body)) } };
}
function fault(kind: ErrorKind, details: ErrorDetails = {}): { error: SourceError } {
  return { error: new SourceError(kind, 'failed', details) };
}

type Verdict = number | null;
type Row = [
  name: string,
  outcome: Parameters<typeof retryWait>[0],
  verdicts: { [policy in Exclude<RetryPolicy, 'whenBusy'>]: Verdict },
  attempt?: number,
];

/** Waits in ms at random 0; null: not again. */
const rows: readonly Row[] = [
  ['200', answer(200), { idempotent: null, onlyIfNotArrived: null, never: null }],
  ['400', answer(400), { idempotent: null, onlyIfNotArrived: null, never: null }],
  ['401', answer(401), { idempotent: null, onlyIfNotArrived: null, never: null }],
  ['404', answer(404), { idempotent: null, onlyIfNotArrived: null, never: null }],
  ['408', answer(408), { idempotent: 500, onlyIfNotArrived: null, never: null }],
  ['409', answer(409), { idempotent: 500, onlyIfNotArrived: null, never: null }],
  ['429', answer(429), { idempotent: 500, onlyIfNotArrived: 500, never: null }],
  ['500', answer(500), { idempotent: 500, onlyIfNotArrived: null, never: null }],
  ['503', answer(503), { idempotent: 500, onlyIfNotArrived: null, never: null }],
  ['out of credit', answer(429, {}, quota), { idempotent: null, onlyIfNotArrived: null, never: null }],
  [
    'out of credit, although the server requests a retry',
    answer(429, { 'x-should-retry': 'true' }, quota),
    { idempotent: null, onlyIfNotArrived: null, never: null },
  ],
  [
    'a 400 that should be tried again',
    answer(400, { 'x-should-retry': 'true' }),
    { idempotent: 500, onlyIfNotArrived: 500, never: null },
  ],
  [
    'a 500 that should not',
    answer(500, { 'x-should-retry': 'false' }),
    { idempotent: null, onlyIfNotArrived: null, never: null },
  ],
  [
    'a 429 that should not',
    answer(429, { 'x-should-retry': 'false' }),
    { idempotent: null, onlyIfNotArrived: null, never: null },
  ],
  [
    'a wait in ms',
    answer(429, { 'retry-after-ms': '1234.5' }),
    { idempotent: 1234.5, onlyIfNotArrived: 1234.5, never: null },
  ],
  ['a wait in seconds', answer(503, { 'retry-after': '7' }), { idempotent: 7000, onlyIfNotArrived: null, never: null }],
  [
    'the longest wait',
    answer(503, { 'retry-after': '60' }),
    { idempotent: 60_000, onlyIfNotArrived: null, never: null },
  ],
  ['a longer wait', answer(429, { 'retry-after': '61' }), { idempotent: null, onlyIfNotArrived: null, never: null }],
  ['no wait', answer(429, { 'retry-after-ms': '0' }), { idempotent: 0, onlyIfNotArrived: 0, never: null }],
  [
    'a wait that is nonsense',
    answer(503, { 'retry-after': 'soon' }),
    { idempotent: 500, onlyIfNotArrived: null, never: null },
  ],
  ['a negative wait', answer(503, { 'retry-after': '-1' }), { idempotent: 500, onlyIfNotArrived: null, never: null }],
  ['refused', fault('network', { mayHaveArrived: false }), { idempotent: 500, onlyIfNotArrived: 500, never: null }],
  [
    'reset after sending',
    fault('network', { mayHaveArrived: true }),
    { idempotent: 500, onlyIfNotArrived: null, never: null },
  ],
  ['reset at an unknown time', fault('network'), { idempotent: 500, onlyIfNotArrived: null, never: null }],
  [
    'no connection in time',
    fault('timeout', { mayHaveArrived: false }),
    { idempotent: 500, onlyIfNotArrived: 500, never: null },
  ],
  [
    'no answer in time',
    fault('timeout', { mayHaveArrived: true }),
    { idempotent: 500, onlyIfNotArrived: null, never: null },
  ],
  [
    'a bad certificate',
    fault('tls', { mayHaveArrived: false }),
    { idempotent: null, onlyIfNotArrived: null, never: null },
  ],
  [
    'a proxy that is away',
    fault('proxy', { mayHaveArrived: false }),
    { idempotent: 500, onlyIfNotArrived: 500, never: null },
  ],
  [
    'a proxy that wants a password',
    fault('proxy', { mayHaveArrived: false, status: 407 }),
    { idempotent: null, onlyIfNotArrived: null, never: null },
  ],
  ['too large', fault('tooLarge'), { idempotent: null, onlyIfNotArrived: null, never: null }],
  ['not HTTP', fault('invalidResponse'), { idempotent: null, onlyIfNotArrived: null, never: null }],
  [
    'cancelled',
    fault('cancelled', { mayHaveArrived: false }),
    { idempotent: null, onlyIfNotArrived: null, never: null },
  ],
  ['withheld', fault('withheld', { mayHaveArrived: false }), { idempotent: null, onlyIfNotArrived: null, never: null }],
  ['the second retry', answer(500), { idempotent: 1000, onlyIfNotArrived: null, never: null }, 1],
  ['the sixth retry', answer(500), { idempotent: 8000, onlyIfNotArrived: null, never: null }, 5],
  ['the last retry', answer(500), { idempotent: 8000, onlyIfNotArrived: null, never: null }, 9],
  ['one too many', answer(500), { idempotent: null, onlyIfNotArrived: null, never: null }, 10],
];

describe('the decision to retry', () => {
  for (const [name, outcome, verdicts, attempt = 0] of rows) {
    for (const policy of ['idempotent', 'onlyIfNotArrived', 'never'] as const) {
      test(`${name} (${policy})`, () => {
        const wait = retryWait(outcome, { policy, attempt, maxRetries: 10, now: 0, random: 0 });
        assert.equal(wait?.ms ?? null, verdicts[policy]);
      });
    }
  }
});

test('waits are randomly shortened by up to a quarter', () => {
  const state = { policy: 'idempotent', attempt: 1, maxRetries: 2, now: 0, random: 1 } as const;
  assert.equal(retryWait(answer(500), state)?.ms, 750);
});

describe('a self-hosted server', () => {
  const cases: [outcome: Parameters<typeof retryWait>[0], ms: Verdict][] = [
    [answer(500), null],
    [answer(501), null],
    [answer(409), null],
    [answer(502), 500],
    [answer(503, { 'retry-after': '2' }), 2000],
    [answer(504), 500],
    [answer(429), 500],
    [answer(408), 500],
    [answer(500, { 'x-should-retry': 'true' }), 500],
    [fault('network', { mayHaveArrived: true }), 500],
    [fault('timeout', { mayHaveArrived: true }), 500],
  ];
  for (const [outcome, ms] of cases) {
    const name = 'error' in outcome ? outcome.error.kind : `${outcome.response.status}`;
    test(`is asked again only when busy: ${name}`, () => {
      const wait = retryWait(outcome, { policy: 'whenBusy', attempt: 0, maxRetries: 2, now: 0, random: 0 });
      assert.equal(wait?.ms ?? null, ms);
    });
  }
});

describe('the wait that a server requests', () => {
  const now = Date.UTC(2026, 10, 24, 12, 0, 0);
  const cases: [headers: Record<string, string>, ms: number | null][] = [
    [{}, null],
    [{ 'retry-after-ms': '12.5' }, 12.5],
    [{ 'retry-after-ms': '12.5', 'retry-after': '9' }, 12.5],
    [{ 'retry-after-ms': 'x', 'retry-after': '9' }, 9000],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': 'Tue, 24 Nov 2026 12:00:30 GMT' }, 30_000],
    [{ 'retry-after': 'Tue, 24 Nov 2026 11:00:00 GMT' }, null],
    [{ 'retry-after': '' }, null],
    [{ 'retry-after': 'Infinity' }, null],
  ];
  for (const [headers, ms] of cases) {
    test(JSON.stringify(headers), () => assert.equal(retryAfterMs(headers, now), ms));
  }
});

describe('over a real server', () => {
  test('retries until it succeeds, reports the waits, and logs each attempt', async (t) => {
    let left = 2;
    const { url } = await httpServer(t, (response) =>
      left-- > 0 ? sendJson(response, {}, 503, { 'retry-after': '3' }) : sendJson(response, { ok: true }),
    );
    const { get, slept, records } = rig(t, { maxRetries: 2 });
    const waits: unknown[] = [];
    const response = await get(url, { onWait: (wait) => waits.push(wait) });
    assert.equal(response.status, 200);
    assert.deepEqual(slept, [3000, 3000]);
    assert.deepEqual(waits, [
      { ms: 3000, attempt: 1, reason: 'The server returned 503.' },
      { ms: 3000, attempt: 2, reason: 'The server returned 503.' },
    ]);
    assert.deepEqual(
      records.map(({ status, attempt }) => [status, attempt]),
      [
        [503, 0],
        [503, 1],
        [200, 2],
      ],
    );
  });

  test('returns the last response after all attempts', async (t) => {
    const server = await httpServer(t, (response) => sendJson(response, {}, 500));
    const { get, slept } = rig(t, { maxRetries: 2 });
    assert.equal((await get(server.url)).status, 500);
    assert.equal(server.requests.length, 3);
    assert.deepEqual(slept, [500, 1000]);
  });

  test('returns the response if the wait is too long', async (t) => {
    const server = await httpServer(t, (response) => sendJson(response, {}, 429, { 'retry-after': '120' }));
    const { get, slept } = rig(t, { maxRetries: 2 });
    const response = await get(server.url);
    assert.equal(response.status, 429);
    assert.equal(response.headers['retry-after'], '120');
    assert.equal(server.requests.length, 1);
    assert.deepEqual(slept, []);
  });

  test('never resends a request that may have arrived', async (t) => {
    let connections = 0;
    const { url } = await rawServer(t, (socket) => {
      connections += 1;
      socket.once('data', () => socket.resetAndDestroy());
    });
    const { failure } = rig(t, { maxRetries: 2 });
    const error = await failure(url, { method: 'POST', body: '{}', retry: 'onlyIfNotArrived' });
    assert.equal(error.details.mayHaveArrived, true);
    assert.equal(connections, 1);
  });

  test('resends a request that cannot have arrived', async (t) => {
    const url = `http://127.0.0.1:${await closedPort()}`;
    const { failure, slept } = rig(t, { maxRetries: 2 });
    const error = await failure(url, { method: 'POST', body: '{}', retry: 'onlyIfNotArrived' });
    assert.equal(error.details.mayHaveArrived, false);
    assert.equal(slept.length, 2);
  });

  test('does not use an idle connection for a request that must not be repeated', async (t) => {
    const sockets = new Set<unknown>();
    const { url } = await httpServer(t, (response, { socket }) => {
      sockets.add(socket);
      sendJson(response, {});
    });
    const { get } = rig(t);
    for (let count = 0; count < 6; count += 1) await get(url);
    const reading = sockets.size;
    assert.ok(reading <= 2, 'reading uses connections again, two by turns');
    await get(url, { method: 'POST', body: '{}', retry: 'onlyIfNotArrived' });
    await get(url, { method: 'POST', body: '{}', retry: 'onlyIfNotArrived' });
    assert.equal(sockets.size, reading + 2);
  });
});

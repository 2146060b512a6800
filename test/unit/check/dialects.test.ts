// The check of each server of the shared dialects. Every one of them is built on the same lenient library, so that they
// all share some deviations.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import type { CheckReport } from '../../../src/check/common/checkReport.ts';
import { check, failedRules } from '../../support/check.ts';

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly sse?: Iterable<unknown>;
}
type Handle = (ask: object) => Answer;

const folder = new URL('../../../../shared/dialects/', import.meta.url);
const noWait = { now: Date.now, sleep: async () => {} };
const messages = { text: 'Hi', slow: 'Hi', tool: 'Hi', form: 'Hi', widget: 'Hi' };

/** Serves a dialect as `serve.mjs` does, without its pauses. */
async function respond(handle: Handle, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request);
  const url = new URL(request.url ?? '', `http://${request.headers.host ?? ''}`);
  let json: Readonly<Record<string, unknown>> | null = null;
  try {
    json = JSON.parse(body.toString('utf8')) as Readonly<Record<string, unknown>>;
  } catch {
    // As `serve.mjs`: a body that is not JSON is no command.
  }
  const ask = {
    method: request.method,
    url,
    path: url.pathname,
    mode: url.searchParams.get('mode'),
    headers: request.headers,
    body,
    json,
    type: json?.['type'] ?? null,
    params: json?.['params'] ?? {},
    metadata: json?.['metadata'] ?? null,
  };
  let answer: Answer;
  try {
    answer = handle(ask);
  } catch (error) {
    answer = { status: 500, json: { detail: String(error) } };
  }
  const { status = 200, headers = {}, sse, text } = answer;
  if (sse === undefined) {
    const type = text === undefined ? 'application/json' : 'text/html; charset=utf-8';
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(text ?? JSON.stringify(answer.json ?? {}));
    return;
  }
  response.writeHead(status, { 'content-type': 'text/event-stream', ...headers });
  for (const part of sse) {
    if (typeof part === 'string') response.write(part);
    else if (typeof part === 'object') response.write(`data: ${JSON.stringify(part)}\n\n`);
  }
  response.end();
}

async function checkDialect(name: string, path = '/chatkit', options: object = {}): Promise<CheckReport> {
  // A copy of its own, because the dialects keep their data in the module.
  const module = (await import(new URL(`${name}/server.mjs?${path}`, folder).href)) as { readonly default: Handle };
  const server = createServer((request, response) => void respond(module.default, request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    return await check(`${origin}${path}`, { scope: 'quick', clock: noWait, messages, ...options });
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

/** The library supports few commands, and accepts an unknown `order` and `threads.create` without input. */
const library = ['CK105', 'CK111'];

/** The dialect writes local times of this zone, which are right where the machine is in it. */
const isInTokyo = new Date().getTimezoneOffset() === -540;

describe('check of the dialects', { skip: !existsSync(folder) && 'no ../shared/dialects' }, () => {
  const cases: readonly (readonly [name: string, path: string, rules: readonly string[]])[] = [
    ['200-with-error', '/chatkit', ['CK101', 'CK105', 'CK111']],
    ['direction-and-formulas', '/chatkit', library],
    ['envelope-metadata', '/chatkit', ['CK113']],
    ['errors-in-streams', '/chatkit', ['CK105', 'CK111', 'CK113', 'CK513', 'CK652', 'CK656']],
    ['gateway-headers', '/chatkit', library],
    ['left-behind-tool-call', '/chatkit', [...library, 'CK803']],
    ['more-without-after', '/chatkit', [...library, 'CK204']],
    ['more-without-after', '/chatkit?mode=int', [...library, 'CK205']],
    ['newer-dialect', '/chatkit', [...library, 'CK425', 'CK426', 'CK513', 'CK532', 'CK534']],
    ['no-created-no-echo', '/chatkit', [...library, 'CK501', 'CK504', 'CK507', 'CK513']],
    ['order-ignored', '/chatkit', ['CK103', 'CK111', 'CK113', 'CK201', 'CK202', 'CK209', 'CK215']],
    ['signed-put-upload', '/chatkit', library],
    ['signed-put-upload', '/chatkit?mode=lower', [...library, 'CK754']],
    ['signed-put-upload', '/chatkit?mode=number', [...library, 'CK756']],
    ['times', '/chatkit', ['CK111', 'CK112', 'CK113', 'CK202', 'CK215', ...(isInTokyo ? [] : ['CK353'])]],
    ['times', '/chatkit?mode=texts', ['CK111', 'CK112', 'CK113', 'CK202', 'CK215', 'CK354', 'CK355', 'CK356']],
    ['times', '/chatkit?mode=ms', ['CK111', 'CK112', 'CK113', 'CK202', 'CK215', 'CK358']],
  ];
  for (const [name, path, rules] of cases) {
    test(`${name}${path.slice('/chatkit'.length)} shows exactly its known deviations`, async () => {
      const headers = { authorization: 'Bearer one' };
      assert.deepEqual(failedRules(await checkDialect(name, path, { headers })), rules);
    });
  }

  test('after-the-closing (hosted): an API that is closed stops the check with its message', async () => {
    const options = { connection: { kind: 'openai' }, headers: { authorization: 'Bearer sk-test' } };
    const report = await checkDialect('after-the-closing', '/410/v1', options);
    assert.equal(report.outcome, 'stopped');
    assert.match(report.reason, /410 Agent Builder and hosted ChatKit workflows were shut down/);
    assert.deepEqual(failedRules(report), ['CK113']);
  });

  test('gateway-headers (hosted): credentials that are refused stop the check', async () => {
    const report = await checkDialect('gateway-headers', '/v1', { connection: { kind: 'openai' } });
    assert.deepEqual([report.outcome, ...failedRules(report)], ['stopped', 'NET105']);
  });

  test('200-with-error: threads that could not be deleted are listed with the reason of the server', async () => {
    const { leftBehind } = await checkDialect('200-with-error', '/chatkit?left');
    assert.ok(leftBehind.length > 3);
    for (const { kind, reason } of leftBehind)
      assert.deepEqual([kind, reason], ['thread', 'unsupported_request_type:threads.delete']);
  });
});

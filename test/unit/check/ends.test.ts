// How a check ends when it cannot be completed.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { isSourceError } from '../../../src/chatkit/common/errors.ts';
import type { CheckReport } from '../../../src/check/common/checkReport.ts';
import { reportAsMarkdown } from '../../../src/check/common/reportMarkdown.ts';
import { defaultMessages } from '../../../src/check/node/run/checkRun.ts';
import { startSandbox, type Sandbox } from '../../../src/sandbox/node/sandbox.ts';
import { check, failedRules } from '../../support/check.ts';

/** Calls `action` with the address of a server. */
async function withListener<T>(listener: RequestListener, action: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    return await action(`http://127.0.0.1:${(server.address() as AddressInfo).port}/chatkit`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('end of a check', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ pace: 0, empty: true });
  });
  after(() => sandbox.close());

  const headers = () => ({ authorization: `Bearer ${sandbox.apiKey}` });

  async function threadCount(): Promise<number> {
    const body = JSON.stringify({ type: 'threads.list', params: {} });
    const response = await fetch(sandbox.serverUrl, { method: 'POST', headers: headers(), body });
    return ((await response.json()) as { data: unknown[] }).data.length;
  }

  for (const step of ['create', 'messages', 'changes', 'stop', 'features'] as const) {
    test(`a check that is cancelled at the step ${step} deletes its threads and reports what it checked`, async () => {
      const cancelling = new AbortController();
      const report = await check(sandbox.serverUrl, {
        headers: headers(),
        scope: 'quick',
        signal: cancelling.signal,
        onStep: (started) => started === step && cancelling.abort(),
      });
      assert.equal(report.outcome, 'cancelled');
      assert.deepEqual(report.leftBehind, []);
      assert.equal(await threadCount(), 0);
      assert.deepEqual(failedRules(report), []);
      assert.ok(report.rules.some(({ verdict }) => verdict === 'passed'));
      const skipped = report.rules.find(({ id, verdict }) => id === 'CK751' && verdict === 'skipped');
      if (step !== 'features') assert.equal(skipped?.evidence, 'The check was cancelled.');
    });
  }

  test('a check counts the items of the thread that it fills', async () => {
    const counts: string[] = [];
    await check(sandbox.serverUrl, {
      headers: headers(),
      scope: 'quick',
      onStep: (step, progress) => {
        if (progress !== undefined) counts.push(`${step} ${progress.items}/${progress.wanted}`);
      },
    });
    assert.ok(counts.length > 2, counts.join());
    assert.equal(counts.at(-1), 'messages 12/12');
  });

  test('a thread that no response named is found by its message and deleted', async () => {
    const complete = await check(sandbox.serverUrl, { headers: headers(), scope: 'quick' });
    const skip = complete.commands.findIndex(
      ({ command, expected }) => command === 'threads.create' && expected === 'success',
    );
    // The server creates the thread, and the connection is closed before the response.
    const fault = { kind: 'drop_processed', times: 1, skip, path: '/chatkit' };
    const url = new URL('/sandbox/faults', sandbox.serverUrl);
    const added = await fetch(url, { method: 'POST', headers: headers(), body: JSON.stringify(fault) });
    assert.equal(added.status, 201);
    const report = await check(sandbox.serverUrl, { headers: headers(), scope: 'quick' });
    assert.match(report.reason, /threads\.create failed/);
    assert.ok(report.commands.some(({ input }) => input === 'the first items of a new thread'));
    assert.deepEqual(report.leftBehind, []);
    assert.equal(await threadCount(), 0);
  });

  test('deletes the threads of an earlier check that did not end, and no other ones', async () => {
    const created: string[] = [];
    const post = async (command: object) => {
      const sent = { method: 'POST', headers: headers(), body: JSON.stringify(command) };
      return (await fetch(sandbox.serverUrl, sent)).text();
    };
    const say = (text: string) =>
      post({
        type: 'threads.create',
        params: { input: { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} } },
      });
    const threadIn = (stream: string) => /"id":"(cthr_[^"]+)"/.exec(stream)?.[1] ?? '';
    const left = threadIn(await say(defaultMessages.text));
    const foreign = threadIn(await say('Hello'));
    const report = await check(sandbox.serverUrl, {
      headers: headers(),
      scope: 'quick',
      earlier: [left, foreign, 'thr_unknown'],
      onCreated: (id) => void created.push(id),
    });
    const kept = 'not deleted: it does not exist, or has no message of a check';
    assert.deepEqual(report.earlier, [
      { id: left, result: 'deleted' },
      { id: foreign, result: kept },
      { id: 'thr_unknown', result: kept },
    ]);
    assert.ok(created.length >= 3 && new Set(created).size === created.length);
    assert.deepEqual(failedRules(report), []);
    assert.match(reportAsMarkdown(report), /## Threads of an earlier check \(3\)/);
    assert.equal(await threadCount(), 1);
    await post({ type: 'threads.delete', params: { thread_id: foreign } });
  });

  test('the time limit ends the check, and its threads are deleted', async () => {
    const report = await check(sandbox.serverUrl, { headers: headers(), timeLimitMs: 400 });
    assert.equal(report.outcome, 'timeLimit');
    assert.deepEqual(report.leftBehind, []);
    assert.equal(await threadCount(), 0);
  });

  test('a read-only connection is never checked', async () => {
    const connection = { readOnly: true };
    await assert.rejects(check(sandbox.serverUrl, { connection, headers: headers() }), (error) =>
      isSourceError(error, 'withheld'),
    );
  });

  test('refused credentials stop the check before anything is created', async () => {
    const report = await check(sandbox.serverUrl, { headers: { authorization: 'Bearer wrong-key' } });
    assert.deepEqual([report.outcome, ...failedRules(report)], ['stopped', 'NET105']);
    assert.equal(report.rules.find(({ id }) => id === 'CK501')?.evidence, 'The server refused the credentials (401).');
    assert.doesNotMatch(JSON.stringify(report), /wrong-key/);
  });

  test('a closed port and an unknown host fail at their steps', async () => {
    const closed = createServer();
    closed.listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const refused = await check(`http://127.0.0.1:${port}/chatkit`);
    assert.deepEqual(failedRules(refused), ['NET102']);
    const unknown = await check('https://chatkit-inspector.invalid/chatkit');
    assert.deepEqual(failedRules(unknown), ['NET101']);
  });
});

describe('forms of deviating servers', () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await startSandbox({ pace: 0, empty: true });
  });
  after(() => sandbox.close());

  /** Checks the sandbox behind a server that changes its responses to a command. */
  async function checkChanged(change: (command: string, body: string) => string) {
    const headers = { authorization: `Bearer ${sandbox.apiKey}` };
    const commands: string[] = [];
    const listener: RequestListener = async (request, response) => {
      const sent = await text(request);
      const command = /"type":"([\w.]+)"/.exec(sent)?.[1] ?? '';
      commands.push(command);
      const reply = await fetch(sandbox.serverUrl, { method: 'POST', headers, body: sent });
      const type = reply.headers.get('content-type') ?? '';
      response.writeHead(reply.status, { 'content-type': type }).end(change(command, await reply.text()));
    };
    const report = await withListener(listener, (url) => check(url, { scope: 'quick' }));
    return { report, commands };
  }

  /** Without CK128: the listener buffers each stream, which the check notices on a busy machine. */
  const violated = (report: CheckReport) => failedRules(report).filter((id) => id !== 'CK128');

  const answers = (commands: readonly string[]) =>
    commands.filter((command) => command === 'threads.add_structured_input').length;

  test('a form without a valid status is answered', async () => {
    const { report, commands } = await checkChanged((command, body) =>
      command === 'threads.create' ? body.replaceAll('"status":"pending","inputs"', '"status":"open","inputs"') : body,
    );
    // One answer has invalid input, the other is for the form.
    assert.equal(answers(commands), 2);
    assert.deepEqual(violated(report), ['CK811']);
  });

  test('a form that is still open after its answer is reported', async () => {
    const { report } = await checkChanged((command, body) =>
      command === 'items.list' ? body.replaceAll('"status":"answered"', '"status":"pending"') : body,
    );
    assert.deepEqual(violated(report), ['CK815']);
    assert.match(report.rules.find(({ id }) => id === 'CK815')?.evidence ?? '', /^items\.list, .*pending/);
  });
});

describe('redirects', () => {
  const redirects = ['CK124', 'CK125', 'CK126'];

  /** Failed rules about redirects, with their evidence, of a server whose address redirects to `location`. */
  async function found(status: number, location: string): Promise<readonly string[]> {
    const listener: RequestListener = (request, response) => {
      request.resume();
      if (request.url === '/chatkit') response.writeHead(status, { location }).end();
      else response.writeHead(401).end();
    };
    return withListener(listener, async (url) => {
      const { rules } = await check(url);
      const failed = rules.filter(({ id, verdict }) => redirects.includes(id) && verdict === 'failed');
      return failed.map(({ id, evidence }) => `${id} ${evidence}`);
    });
  }

  test('a redirect that loses the command is not reported as one to another origin', async () => {
    assert.deepEqual(await found(303, '/login'), ['CK125 POST, field location: 303 /login']);
  });

  test('a redirect to another origin ends the check', async () => {
    const evidence = 'CK126 POST, field location: https://evil.example/x';
    assert.deepEqual(await found(307, 'https://evil.example/x?key=1'), [evidence]);
  });

  test('a redirect that is followed is reported', async () => {
    assert.deepEqual(await found(307, '/chatkit/'), ['CK124 POST, field location: 307 /chatkit/']);
  });
});

describe('CORS', () => {
  /** A server that answers only the list, with these headers. */
  async function withServer<T>(
    preflight: Readonly<Record<string, string>>,
    own: Readonly<Record<string, string>>,
    action: (url: string) => Promise<T>,
  ): Promise<T> {
    const listener: RequestListener = (request, response) => {
      void text(request).then((body) => {
        const json = { 'content-type': 'application/json' };
        if (request.method === 'OPTIONS') response.writeHead(204, preflight).end();
        else if (body.includes('threads.list'))
          response.writeHead(200, { ...json, ...own }).end('{"data":[],"has_more":false}');
        else response.writeHead(400, json).end('{"detail":"No"}');
      });
    };
    return withListener(listener, action);
  }

  const origin = 'https://app.example.com';
  const cors = ['CK129', 'CK130'];

  async function corsRules(
    preflight: Readonly<Record<string, string>>,
    own: Readonly<Record<string, string>>,
  ): Promise<readonly (string | undefined)[]> {
    return withServer(preflight, own, async (url) => {
      const report = await check(url, { origin, headers: { authorization: 'Bearer sesame' } });
      return cors.map((id) => report.rules.find((rule) => rule.id === id)?.verdict);
    });
  }

  test('a server that allows the origin and the headers passes', async () => {
    const allowed = { 'access-control-allow-origin': origin };
    const headers = { 'access-control-allow-headers': 'Content-Type, Authorization' };
    assert.deepEqual(await corsRules({ ...allowed, ...headers }, allowed), ['passed', 'passed']);
  });

  test('a wildcard does not allow the header Authorization', async () => {
    const any = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
    assert.deepEqual(await corsRules(any, any), ['failed', 'passed']);
  });

  test('a server without CORS fails', async () => {
    assert.deepEqual(await corsRules({}, {}), ['failed', 'failed']);
  });
});

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { installedCli, runCli } from '../support/installedCli.ts';
import { errorOf, linesOf, serverFlags, withStage } from './bench.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chatkit-cli-'));
});
after(() => rm(folder, { recursive: true }));

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe('errors and exit codes', () => {
  const usage: readonly (readonly string[])[] = [
    ['thread', 'list'],
    ['threads'],
    ['threads', 'list', '--urll', 'x'],
    ['threads', 'list'],
    ['threads', 'list', '--url', 'not a url'],
    ['threads', 'list', '--url', 'http://localhost/x', '--kind', 'other'],
    ['threads', 'list', '--url', 'http://localhost/x', '--limit', '0'],
    ['threads', 'list', '--url', 'http://localhost/x', '--header', 'Authorization: env:NOT_SET'],
    ['threads', 'list', '--url', 'http://example.com/x'],
    ['threads', 'show'],
    ['export', '--url', 'http://localhost/x', '--out', 'x'],
    ['export', '--all', '--url', 'http://localhost/x'],
    ['export', '--all', '--url', 'http://localhost/x', '--out', 'x', '--format', 'pdf'],
    ['send', 'two', 'words', '--url', 'http://localhost/x'],
    ['threads', 'list', 'thr_1', '--url', 'http://localhost/x'],
    ['send', 'two', 'words', '--url', 'http://localhost/x'],
    ['threads', 'list', 'thr_1', '--url', 'http://localhost/x'],
    ['send', ' ', '--url', 'http://localhost/x'],
    ['test', 'missing.chatkit-test.json', '--url', 'http://localhost/x'],
    ['threads', 'show', '', '--url', 'http://localhost/x'],
    ['threads', 'delete', 'thr_1', '', '--yes', '--url', 'http://localhost/x'],
    ['test', '', '--url', 'http://localhost/x'],
    ['send', 'Hello', '--thread', '', '--url', 'http://localhost/x'],
    ['threads', 'list', '--user-header', 'x y', '--url', 'http://localhost/x'],
    ['threads', 'list', '--user', 'Åsa 😀', '--url', 'http://localhost/x'],
    ['help', 'tset'],
    ['replay', 'missing.txt'],
    ['widget', 'render', 'missing.widget'],
  ];
  test('2: wrong usage, with the next step', async () => {
    for (const args of usage) {
      const result = await runCli([...args, '--json']);
      assert.deepEqual([result.code, result.stdout], [2, ''], args.join(' '));
      assert.match(errorOf(result).kind, /^(usage|file|withheld)$/, args.join(' '));
    }
    const { stderr } = await runCli(['thread', 'list']);
    assert.equal(stderr, "error: usage: Unknown command 'thread'. (Did you mean threads?)\n");
    const messages: readonly (readonly [readonly string[], string])[] = [
      [['help', 'tset'], "Unknown command 'tset'. (Did you mean test?)"],
      [['threads', 'help', 'lst'], "Unknown command 'lst'. (Did you mean list?)"],
      [['send', '-5 degrees'], `Unknown option '-5 degrees'. (put -- before a text that starts with "-")`],
      [
        ['threads', 'list', '--url', 'http://localhost/x', '--header', 'Content-Length: 5'],
        'The header Content-Length is set by the request itself. (leave it out)',
      ],
      [['items', ''], 'An argument is empty: <id>. (pass a value)'],
      [['send', 'Hello', '--thread='], 'The value of --thread is empty. (pass a value, or leave out --thread)'],
      [
        ['threads', 'list', '--retries', '99'],
        "Option '--retries <count>' argument '99' is invalid. It must be a whole number from 0 to 10. (see chatkit-inspector threads list --help)",
      ],
    ];
    for (const [args, message] of messages) assert.equal((await runCli(args)).stderr, `error: usage: ${message}\n`);
    const help = await runCli(['help', 'test']);
    assert.deepEqual(help, await runCli(['test', '--help']));
    const missing = await runCli(['threads', '--verbose', 'show']);
    assert.equal(
      missing.stderr,
      "error: usage: Missing required argument 'id'. (see chatkit-inspector threads show --help)\n",
    );
    for (const kind of ['server', 'openai']) {
      const empty = await runCli(['threads', 'list', '--kind', kind, '--url', '']);
      assert.equal(empty.stderr, 'error: usage: There is no URL to connect to. (pass --url URL, or set CHATKIT_URL)\n');
    }
    const folder = await runCli(['replay', '.']);
    assert.match(folder.stderr, /^error: file: \S+ is a folder\. \(name a file\)\n$/);
  });

  const faults: readonly (readonly [code: number, kind: string, fault: object])[] = [
    [3, 'forbidden', { kind: 'forbidden' }],
    [3, 'unauthorized', { kind: 'reply', status: 401, body: 'no' }],
    [4, 'notFound', { kind: 'reply', status: 404, body: 'Not Found' }],
    [5, 'network', { kind: 'drop_read' }],
    [5, 'timeout', { kind: 'hang' }],
    [6, 'server', { kind: 'server_error' }],
    [6, 'invalidResponse', { kind: 'reply', status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }],
    [7, 'rateLimited', { kind: 'rate_limit', retry_after: '7' }],
    [7, 'quota', { kind: 'insufficient_quota' }],
  ];
  for (const [code, kind, fault] of faults) {
    test(`${code}: ${kind}, for reading, sending and testing`, () =>
      withStage(async ({ server, hosted, fault: add }) => {
        await add({ ...fault, times: null });
        const timeout = kind === 'timeout' ? ['--timeout', '1'] : [];
        const read = await hosted('threads', 'list', '--json', ...timeout);
        assert.deepEqual([read.code, read.stdout, errorOf(read).kind], [code, '', kind]);
        const text = await hosted('threads', 'list', ...timeout);
        assert.match(text.stderr, new RegExp(`^error: ${kind}: [^\\n]+ \\([^\\n]+\\)\\n$`));
        if (kind === 'quota') return; // A self-hosted server has no such error.
        const sent = await server('send', 'Hello', '--json', ...timeout);
        assert.deepEqual([sent.code, linesOf(sent.stdout)], [code, [{ end: 'failed', threadId: null }]]);
        assert.equal(errorOf(sent).kind, kind);
      }));
  }

  test('4: a thread that does not exist is named, whatever the server answers', () =>
    withStage(async ({ server, hosted }) => {
      const results = [
        await hosted('items', 'thr_no', '--json'),
        await server('export', 'thr_no', '--out', folder, '--json'),
        await server('threads', 'delete', 'thr_no', '--yes', '--json'),
      ];
      for (const result of results) {
        assert.equal(result.code, 4);
        assert.match(errorOf(result).message, /^The thread thr_no does not exist\./);
      }
      const sent = await server('send', 'Hello', '--thread', 'thr_no');
      assert.match(sent.stderr, /^error: notFound: The thread thr_no does not exist\.[^\n]+\n$/);
    }));

  test('3 and 5: no test could start', () =>
    withStage(async ({ sandbox }) => {
      const path = join(folder, 'a.chatkit-test.json');
      await writeFile(path, JSON.stringify({ tests: [{ name: 'a', steps: [{ say: 'Hello' }] }] }));
      const noKey = await runCli(['test', path, '--url', sandbox.serverUrl, '--json']);
      assert.deepEqual([noKey.code, errorOf(noKey).kind], [3, 'unauthorized']);
      assert.equal((JSON.parse(noKey.stdout) as { readonly failed: number }).failed, 1);
      const noServer = await runCli(['test', path, '--url', `http://127.0.0.1:${await closedPort()}`, '--json']);
      assert.deepEqual([noServer.code, errorOf(noServer).kind], [5, 'network']);
    }));

  test('130: Ctrl+C while a server does not answer', () =>
    withStage(async ({ sandbox, fault }) => {
      await fault({ kind: 'hang', times: null });
      const flags = serverFlags(sandbox);
      const env = { CHATKIT_KEY: sandbox.apiKey };
      const { script, node } = await installedCli();
      for (const args of [
        ['threads', 'list'],
        ['items', 'x'],
        ['export', 'x', '--out', folder],
        ['send', 'x'],
      ]) {
        // Interrupted as soon as the request has arrived.
        const child = promisify(execFile)(node, [script, ...args, ...flags], { env });
        for (;;) {
          const { requests } = (await (
            await fetch(new URL('/sandbox/requests', sandbox.baseUrl), {
              headers: { authorization: `Bearer ${sandbox.apiKey}` },
            })
          ).json()) as { readonly requests: readonly unknown[] };
          if (requests.length > 0) break;
        }
        child.child.kill('SIGINT');
        const error = (await child.catch((thrown: unknown) => thrown)) as { readonly code: number };
        assert.equal(error.code, 130, args.join(' '));
        await fetch(new URL('/sandbox/requests', sandbox.baseUrl), {
          method: 'DELETE',
          headers: { authorization: `Bearer ${sandbox.apiKey}` },
        });
      }
    }));

  test('2: a port that is in use, and a report whose path is a folder', () =>
    withStage(async ({ sandbox, server }) => {
      const { code, stdout, stderr } = await runCli(['sandbox', '--port', String(sandbox.port)]);
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, /^error: usage: The port \d+ is in use\. /);
      const path = join(folder, 'greeting.chatkit-test.json');
      await writeFile(path, JSON.stringify({ tests: [{ name: 'a', steps: [{ say: '/text' }] }] }));
      const report = await server('test', path, '--reporter', `junit=${folder}`);
      assert.deepEqual([report.code, report.stderr], [2, `error: file: ${folder} is a folder. (check the path)\n`]);
    }));

  test('2: output that cannot be written', { skip: process.platform !== 'linux' }, async () => {
    const { script, node } = await installedCli();
    const { stdout, stderr } = await promisify(execFile)(
      'bash',
      ['-c', `"${node}" "${script}" widget render samples/order.widget > /dev/full; echo $?`],
      { cwd: process.cwd() },
    );
    assert.equal(stdout, '2\n');
    assert.match(stderr, /^error: file: The output could not be written: ENOSPC[^\n]*\n$/);
  });

  test('a reader that closes the pipe is no error', () =>
    withStage(async ({ sandbox }) => {
      const { script, node } = await installedCli();
      const command = `set -o pipefail; "${node}" "${script}" items "$THREAD" ${serverFlags({
        serverUrl: sandbox.serverUrl,
      })
        .map((flag) => `'${flag}'`)
        .join(' ')} --json | head -c 10`;
      const list = await runCli(['threads', 'list', '--limit', '1', '--json', ...serverFlags(sandbox)], {
        env: { CHATKIT_KEY: sandbox.apiKey },
      });
      const [first] = JSON.parse(list.stdout) as { readonly id: string }[];
      const env = { PATH: process.env['PATH'] ?? '', CHATKIT_KEY: sandbox.apiKey, THREAD: first?.id ?? '' };
      const { stderr, stdout } = await promisify(execFile)('bash', ['--norc', '-c', command], { env });
      assert.deepEqual([stderr, stdout.length], ['', 10]);
    }));
});

describe('secrets', () => {
  const plain = ['Authorization: Bearer abc', 'X-Api-Key: abc', 'cookie: a=b', 'X-Custom: sk-proj-123456'];
  test('are refused on the command line, without being repeated', async () => {
    for (const header of plain) {
      const result = await runCli(['threads', 'list', '--url', 'http://localhost/x', '--header', header, '--json']);
      assert.equal(result.code, 2, header);
      assert.match(errorOf(result).nextStep, /env:/);
      assert.ok(!result.stderr.includes(header.split(': ')[1] ?? ''), result.stderr);
    }
  });

  test('are never printed, also where the server repeats them', () =>
    withStage(async ({ server, hosted, sandbox, fault, control }) => {
      const { apiKey } = sandbox;
      const title = `My key is "${apiKey}"`;
      const made = (await control('/sandbox/threads', {
        user: apiKey,
        title,
        items: [{ body: { type: 'chatkit.user_message', content: [{ type: 'input_text', text: apiKey }] } }],
      }).catch(() => control('/sandbox/threads', { user: apiKey, title }))) as { readonly id: string };
      const results = [
        await hosted('threads', 'list', '--json'),
        await hosted('threads', 'list', '--verbose'),
        await server('threads', 'show', made.id, '--json'),
        await server('items', made.id),
        await server('send', apiKey),
        await server('send', apiKey, '--json'),
        await server('export', made.id, '--out', join(folder, 'out')),
      ];
      await fault({ kind: 'reply', status: 500, body: `token ${apiKey} is wrong`, times: null });
      results.push(
        await server('threads', 'list'),
        await server('threads', 'list', '--json'),
        await server('send', 'x'),
      );
      for (const { stdout, stderr } of results) {
        assert.ok(stdout + stderr !== '');
        assert.ok(!stdout.includes(apiKey) && !stderr.includes(apiKey), stdout + stderr);
      }
      assert.ok(results[0]?.stdout.includes('My key is \\"•••\\"'));
    }));

  test('of the environment of a test are not printed', () =>
    withStage(async ({ server }) => {
      const path = join(folder, 'env.chatkit-test.json');
      const report = join(folder, 'junit.xml');
      const expect = { inOrder: [{ kind: 'assistant_message', text: '${env:HARRIER}' }] };
      await writeFile(path, JSON.stringify({ tests: [{ name: 'a', steps: [{ say: '${env:HARRIER}', expect }] }] }));
      const missing = await server('test', path, '--json');
      assert.deepEqual([missing.code, errorOf(missing).kind], [2, 'usage']);
      const { script, node } = await installedCli();
      assert.ok(script && node);
      await withStage(async ({ sandbox }) => {
        const env = { CHATKIT_KEY: sandbox.apiKey, HARRIER: 'harrier <&> "42"' };
        const args = ['test', path, '--reporter', 'github', '--reporter', `junit=${report}`, ...serverFlags(sandbox)];
        const failed = await runCli(args, { env });
        assert.equal(failed.code, 1);
        assert.ok(!failed.stdout.includes('harrier') && failed.stdout.includes('•••'), failed.stdout);
        assert.ok(!(await readFile(report, 'utf8')).includes('harrier'));
      });
    }));
});

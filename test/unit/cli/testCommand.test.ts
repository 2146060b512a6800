import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { runTestFiles } from '../../../src/cli/node/commands/test.ts';
import { CliError } from '../../../src/cli/node/errors.ts';
import { startSandbox, type Sandbox } from '../../../src/sandbox/node/sandbox.ts';
import { capture } from './streams.ts';

type Flags = Parameters<typeof runTestFiles>[1];

interface Report {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly notRun: number;
  readonly tests: readonly {
    readonly name: string;
    readonly file: string;
    readonly verdict: string;
    readonly runs: readonly unknown[];
    readonly failures: readonly { readonly line: number; readonly message: string }[];
  }[];
}

const text = (contains: string) => ({ inOrder: [{ kind: 'assistant_message', text: { contains } }] });

describe('chatkit-inspector test', () => {
  let sandbox: Sandbox;
  let folder: string;
  before(async () => {
    sandbox = await startSandbox({ seed: 7, pace: 0, threads: 1 });
    folder = await mkdtemp(join(tmpdir(), 'chatkit-cli-'));
  });
  after(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  });

  async function write(name: string, tests: readonly object[], more: object = {}): Promise<string> {
    const path = `${name}.chatkit-test.json`;
    await writeFile(join(folder, path), JSON.stringify({ ...more, tests }, null, 1));
    return path;
  }

  async function run(paths: readonly string[], flags: Flags = {}, env: NodeJS.ProcessEnv = {}) {
    const captured = capture({ json: true, cwd: folder, env: { ...env, KEY: sandbox.apiKey } });
    const connection = { url: sandbox.serverUrl, header: ['Authorization: Bearer env:KEY'] };
    const code = await runTestFiles(paths, { ...connection, ...flags }, captured.context);
    return { code, report: JSON.parse(captured.stdout()) as Report, stderr: captured.stderr() };
  }

  /** The same, with text for people. */
  async function print(paths: readonly string[], flags: Flags = {}, env: NodeJS.ProcessEnv = {}) {
    const captured = capture({ cwd: folder, env: { ...env, KEY: sandbox.apiKey } });
    const connection = { url: sandbox.serverUrl, header: ['Authorization: Bearer env:KEY'] };
    const code = await runTestFiles(paths, { ...connection, ...flags }, captured.context);
    return { code, stdout: captured.stdout(), stderr: captured.stderr() };
  }

  test('reports verdicts and the lines of failures', async () => {
    const path = await write('verdicts', [
      { name: 'passes', steps: [{ say: '/text', expect: text('Lisbon') }] },
      { name: 'fails', steps: [{ say: '/text', expect: text('Oslo') }] },
      { name: 'later', skip: true, steps: [{ say: '/text' }] },
    ]);
    const { code, report } = await run([path]);
    assert.equal(code, 1);
    assert.deepEqual([report.passed, report.failed, report.skipped, report.notRun], [1, 1, 1, 0]);
    const [, failed] = report.tests;
    const line = (await readFile(join(folder, path), 'utf8')).split('\n').findIndex((one) => one.includes('Oslo'));
    // The text that is expected starts a line earlier.
    assert.deepEqual([failed?.file, failed?.failures[0]?.line], [path, line]);
    assert.match(failed?.failures[0]?.message ?? '', /Oslo/);
  });

  test('selects by name and tag, and finds the files of a folder', async () => {
    await write('verdicts', [
      { name: 'one', tags: ['quick'], steps: [{ say: '/text' }] },
      { name: 'two', steps: [{ say: '/text' }] },
    ]);
    const names = async (flags: Flags) => (await run(['.'], flags)).report.tests.map(({ name }) => name);
    assert.deepEqual(await names({ grep: '^t' }), ['two']);
    assert.deepEqual(await names({ tag: ['quick'] }), ['one']);
    await assert.rejects(run(['.'], { grep: 'none' }), CliError);
    await assert.rejects(run(['.'], { grep: '(' }), CliError);
  });

  test('stops at the first failure, repeats, and runs several at a time', async () => {
    const failing = { name: 'fails', steps: [{ say: '/text', expect: text('Oslo') }] };
    const path = await write('several', [failing, { name: 'b', steps: [{ say: '/text' }] }]);
    const stopped = await run([path], { bail: true });
    assert.deepEqual([stopped.report.failed, stopped.report.notRun], [1, 1]);
    const repeated = await run([path], { repeat: 3, workers: 2 });
    assert.deepEqual(
      repeated.report.tests.map(({ runs }) => runs.length),
      [3, 3],
    );
  });

  test('saves snapshots, compares them, and removes those that are not used', async () => {
    const steps = [{ say: '/tool get_location', expect: { snapshot: 'call' } }];
    const path = await write('snap', [{ name: 'a', steps }]);
    const file = join(folder, '__snapshots__', 'snap.chatkit-snapshots.json');
    const missing = await run([path]);
    assert.deepEqual([missing.code, missing.report.failed], [1, 1]);
    assert.equal((await run([path], { updateSnapshots: true })).code, 0);
    assert.match(await readFile(file, 'utf8'), /"a › call"/);
    assert.equal((await run([path])).code, 0);
    await writeFile(file, (await readFile(file, 'utf8')).replace('get_location', 'get_weather'));
    const changed = await run([path]);
    assert.match(
      changed.report.tests[0]?.failures[0]?.message ?? '',
      /changed from "Tool get_weather" to "Tool get_location"/,
    );
    await write('snap', [{ name: 'a', steps: [{ say: '/tool get_location', expect: { snapshot: 'other' } }] }]);
    assert.equal((await run([path], { updateSnapshots: true })).code, 0);
    assert.deepEqual(Object.keys((JSON.parse(await readFile(file, 'utf8')) as { snapshots: object }).snapshots), [
      'a › other',
    ]);
    // A test without a snapshot, and a folder whose name contains that of another one.
    await write('snap', [{ name: 'b', steps: [{ say: '/text' }] }]);
    const abandoned = await print([path]);
    assert.equal(abandoned.code, 0);
    assert.match(
      abandoned.stderr,
      /snap\.chatkit-test\.json: 1 snapshot is of no test: --update-snapshots removes it\.\n/,
    );
    assert.equal((await run([path], { updateSnapshots: true })).code, 0);
    await assert.rejects(readFile(file), { code: 'ENOENT' });
  });

  test('marks failures in GitHub at paths of the repository, and lets no other line be a command', async () => {
    const steps = [{ say: '::warning::from the server', expect: text('no such text') }];
    const path = await write('github', [{ name: 'a', steps, expect: { snapshot: true } }]);
    const { stdout } = await print([path], { reporter: ['github'] }, { GITHUB_WORKSPACE: dirname(folder) });
    const [, token = ''] = /^::stop-commands::([\w-]{20,})\n/.exec(stdout) ?? [];
    const [quoted = '', commands = ''] = stdout.split(`\n::${token}::\n`);
    assert.match(quoted, /::warning::from the server/);
    const file = `${basename(folder)}/github.chatkit-test.json`;
    assert.deepEqual(
      commands.split('\n').map((line) => line.replace(/,line.*/, '')),
      [`::error file=${file}`, `::error file=${file}`, ''],
    );
    const elsewhere = await print([path], { reporter: ['github'] });
    assert.match(elsewhere.stdout, /\n::error file=github\.chatkit-test\.json,/);
  });

  test('other programs may read a report as the umask allows', { skip: process.platform === 'win32' }, async () => {
    const path = await write('mode', [{ name: 'a', steps: [{ say: '/text', expect: { snapshot: true } }] }]);
    await run([path], { reporter: ['junit=out/results.xml'], updateSnapshots: true });
    for (const file of ['out/results.xml', '__snapshots__/mode.chatkit-snapshots.json']) {
      assert.equal((await stat(join(folder, file))).mode & 0o777, 0o666 & ~process.umask(), file);
    }
  });

  test('fills in inputs and variables, and lists all missing ones before anything is sent', async () => {
    const path = await write('values', [{ name: 'a', steps: [{ say: '/tool ${input:tool}${env:SUFFIX}' }] }]);
    await assert.rejects(run([path]), /There is no value for/);
    const good = await write('values', [
      {
        name: 'a',
        steps: [
          {
            say: '/tool ${input:tool}${env:SUFFIX}',
            expect: { contains: [{ kind: 'client_tool_call', name: 'get_location' }] },
          },
        ],
      },
    ]);
    assert.equal((await run([good], { input: ['tool=get_'] }, { SUFFIX: 'location' })).code, 0);
    assert.equal((await run([good], {}, { CHATKIT_INPUT_TOOL: 'get_', SUFFIX: 'location' })).code, 0);
    await assert.rejects(run([good], { input: ['tool=get_'] }), /\$\{env:SUFFIX\}/);
  });

  test('attaches files of the folder, and no others', async () => {
    await writeFile(join(folder, 'note.txt'), 'a note');
    const inside = await write('files', [{ name: 'a', steps: [{ say: '/text', files: ['note.txt'] }] }]);
    assert.equal((await run([inside])).code, 0);
    const refused = [
      ['../outside.txt', 'is outside'],
      ['/etc/hostname', 'is outside'],
      ['missing.txt', 'does not exist'],
    ] as const;
    for (const [path, reason] of refused) {
      const outside = await write('files', [{ name: 'a', steps: [{ say: '/text', files: [path] }] }]);
      const { code, report } = await run([outside]);
      assert.equal(code, 1, path);
      const message = report.tests[0]?.failures[0]?.message ?? '';
      assert.ok(message.startsWith(`The file "${path}" ${reason}`), message);
    }
  });

  test('attaches no file behind a link, and no pipe', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'chatkit-cli-elsewhere-'));
    try {
      await writeFile(join(elsewhere, 'key.txt'), 'secret');
      await symlink(join(elsewhere, 'key.txt'), join(folder, 'link.txt'));
      await symlink(elsewhere, join(folder, 'linked'));
      execFileSync('mkfifo', [join(folder, 'pipe')]);
      for (const path of ['link.txt', 'linked/key.txt', 'pipe']) {
        const test = await write('links', [{ name: 'a', steps: [{ say: '/text', files: [path] }] }]);
        const { code, report } = await run([test]);
        assert.equal(code, 1, path);
        assert.match(report.tests[0]?.failures[0]?.message ?? '', /is outside|is not a file/);
      }
    } finally {
      await rm(elsewhere, { recursive: true });
    }
  });

  test('values of the environment are neither in snapshots nor in reports', async () => {
    const secret = '<hunter2&"abcdef>';
    const steps = [{ say: '/text ${env:SECRET}', expect: { snapshot: true, ...text('Oslo') } }];
    const path = await write('secret', [
      { name: 'a ${env:SECRET}', steps },
      { name: 'b', steps: [{ say: '${env:SECRET}', expect: { snapshot: '${env:SECRET}' } }] },
    ]);
    const flags = { updateSnapshots: true, reporter: ['junit=report.xml'] };
    const { report, stderr } = await run([path], flags, { SECRET: secret });
    const files = ['report.xml', join('__snapshots__', 'secret.chatkit-snapshots.json')];
    const written = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    assert.match(written[1] ?? '', /•••/);
    assert.doesNotMatch([JSON.stringify(report), stderr, ...written].join('\n'), /hunter2/);
  });

  test('refuses a file with errors, with every problem and its place', async () => {
    const path = await write('wrong', [{ name: 'a', steps: [{ sey: 'Hello' }] }]);
    await assert.rejects(
      run([path]),
      /^CliError: wrong\.chatkit-test\.json:\d+:\d+: tests\[0\]\.steps\[0\]\.sey is not .* did you mean say\?/,
    );
  });
});

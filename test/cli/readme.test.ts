import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { temporaryFolder } from '../../scripts/lib/paths.mjs';
import { startSandbox } from '../../src/sandbox/node/sandbox.ts';
import { installedCli } from '../support/installedCli.ts';
import { readText } from '../support/sources.ts';

const guide = readText('docs/command-line.md');

/** The first code block of a language after a heading. */
function blockOf(document: string, heading: string, language: string): string {
  const from = document.indexOf(`\n${heading}\n`);
  const [, block] = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(document.slice(from)) ?? [];
  assert.ok(from >= 0 && block !== undefined, heading);
  return block;
}

/** Lines without their comments and the space around them. */
const linesOf = (block: string): readonly string[] =>
  block
    .trim()
    .split('\n')
    .map((line) => line.replace(/ +# .*$/, '').trim());

describe('the documents of the command line', () => {
  /** A clone of the extension beside the project of a reader. */
  let parent: string;
  let project: string;
  let path: string;
  before(async () => {
    const { tarball, node } = await installedCli();
    parent = (await temporaryFolder('cli-reader')).path;
    project = join(parent, 'server');
    await mkdir(join(parent, 'chatkit-inspector', 'dist'), { recursive: true });
    await copyFile(tarball, join(parent, 'chatkit-inspector', 'dist', basename(tarball)));
    await mkdir(project);
    path = `${dirname(node)}:${process.env['PATH'] ?? ''}`;
  });
  after(() => rm(parent, { recursive: true, force: true }));

  /** Runs a script as a reader would, and ends whatever it leaves running. */
  async function bash(script: string): Promise<{ readonly code: number | null; readonly output: string }> {
    const env = { PATH: path, HOME: parent, npm_config_offline: 'true', npm_config_update_notifier: 'false' };
    const child = spawn('bash', ['--norc', '-e', '-c', script], { cwd: project, env, detached: true });
    const code = new Promise<number | null>((resolve) => child.on('exit', resolve));
    const output = Promise.all([text(child.stdout), text(child.stderr)]);
    const ended = await code;
    try {
      process.kill(-(child.pid ?? 0), 'SIGTERM');
    } catch {
      // Nothing is left.
    }
    return { code: ended, output: (await output).join('') };
  }

  const manifest = (scripts: object): Promise<void> =>
    writeFile(join(project, 'package.json'), JSON.stringify({ private: true, scripts }));

  test('the ten lines of "Test your server" work as written', async () => {
    const block = blockOf(readText('README.md'), '### Test your server', 'sh');
    assert.equal(linesOf(block).length, 10);
    assert.deepEqual(linesOf(blockOf(guide, '## Test your server', 'sh')), linesOf(block));
    await manifest({});
    const { code, output } = await bash(block);
    assert.equal(code, 0, output);
    assert.match(output, /✓ answers a greeting \([^]*\n1 passed/);
  });

  test('the workflow for GitHub Actions tests a server that has just started', async () => {
    const workflow = blockOf(guide, '### In GitHub Actions', 'yaml');
    for (const line of linesOf(blockOf(readText('README.md'), '### Test your server', 'yaml'))) {
      const known = line.replace(
        ' --reporter github --header',
        ' --reporter github --reporter junit=results.xml --header',
      );
      assert.ok(linesOf(workflow).includes(known), line);
    }
    const sandbox = await startSandbox({ seed: 7, pace: 0 });
    const free = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => free.once('listening', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    try {
      // A server that needs a moment: a forwarder to the sandbox.
      const forward = `import net from 'node:net'; setTimeout(() => net.createServer((from) => {
        const to = net.connect(${sandbox.port}, '127.0.0.1'); from.pipe(to).pipe(from);
        for (const one of [from, to]) one.on('error', () => undefined);
      }).listen(${port}, '127.0.0.1'), 3000);`;
      await writeFile(join(project, 'server.mjs'), forward);
      await manifest({ start: 'node server.mjs' });
      const { code: installed, output: log } = await bash('npm install --save-dev ../chatkit-inspector/dist/*.tgz');
      assert.equal(installed, 0, log);
      await rm(join(project, 'tests'), { recursive: true, force: true });
      await mkdir(join(project, 'tests'));
      const steps = [{ say: 'Hello', expect: { inOrder: [{ kind: 'assistant_message' }] } }];
      await writeFile(join(project, 'tests', 'a.chatkit-test.json'), JSON.stringify({ tests: [{ name: 'a', steps }] }));
      const variables = [...workflow.matchAll(/^ {10}(\w+): (.+)$/gm)].map(([, name = '', value = '']) => {
        const filled = value.replace('${{ secrets.CHATKIT_AUTH }}', `Bearer ${sandbox.apiKey}`);
        return `export ${name}='${filled.replace('localhost:8000', `127.0.0.1:${port}`)}'`;
      });
      assert.equal(variables.length, 2);
      const runs = [...workflow.matchAll(/^ {6}- run: (.+)$/gm)].map(([, run = '']) => run);
      assert.deepEqual(runs.slice(0, 2), ['npm ci', 'npm start &']);
      const { code, output } = await bash([...variables, ...runs].join('\n'));
      assert.equal(code, 0, output);
      assert.match(output, /✓ a /);
      assert.match(
        await readFile(join(project, 'results.xml'), 'utf8'),
        /<testsuites name="ChatKit" tests="1" failures="0"/,
      );
    } finally {
      await sandbox.close();
    }
  });
});

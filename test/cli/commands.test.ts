import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startNodePort } from '../../scripts/lib/sandbox.mjs';
import { readText } from '../support/sources.ts';
import { installedCli, runCli } from '../support/installedCli.ts';
import { errorOf, jsonOf, linesOf, withStage } from './bench.ts';

interface JsonThread {
  readonly id: string;
  readonly title: string | null;
  readonly createdAt: string;
  readonly raw: { readonly id: string };
}
interface JsonItem {
  readonly kind: string;
  readonly raw: { readonly id: string };
}

interface CheckedFile {
  readonly file: string;
  readonly ok: boolean;
  readonly problems: readonly { readonly code: string; readonly line: number; readonly column: number }[];
}

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chatkit-cli-'));
});
after(() => rm(folder, { recursive: true }));

/** Writes a file and returns its path. */
async function file(name: string, content: string | object): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('the package of the command line', () => {
  test('has no dependencies, and only its program and its documents', async () => {
    const { folder: installed, bytes } = await installedCli();
    const path = join(installed, 'node_modules', 'chatkit-inspector');
    const manifest = JSON.parse(await readFile(join(path, 'package.json'), 'utf8')) as Record<string, unknown>;
    assert.deepEqual([manifest['dependencies'], manifest['scripts']], [undefined, undefined]);
    const { version } = JSON.parse(readText('package.json')) as { readonly version: string };
    assert.equal(manifest['version'], version);
    const names = await readdir(path, { recursive: true });
    const others = names.filter((name) => !/^bin([\\/][\w-]+\.js)?$/.test(name)).sort();
    assert.deepEqual(others, ['LICENSE', 'README.md', 'THIRD_PARTY_NOTICES.md', 'package.json']);
    assert.ok(bytes < 900_000, `${bytes} bytes`);
    assert.deepEqual(await runCli(['--version']), { code: 0, stdout: `${version}\n`, stderr: '' });
  });

  test('explains every command with examples', async () => {
    const commands = [
      [],
      ['threads'],
      ['widget'],
      ['threads', 'list'],
      ['threads', 'show'],
      ['threads', 'delete'],
      ['items'],
      ['export'],
      ['send'],
      ['test'],
      ['check'],
      ['widget', 'render'],
      ['widget', 'check'],
      ['replay'],
      ['sandbox'],
    ];
    for (const command of commands) {
      const { code, stdout, stderr } = await runCli([...command, '--help']);
      assert.deepEqual([code, stderr], [0, ''], command.join(' '));
      assert.match(stdout, /\n\s+\$ .*chatkit-inspector/);
    }
  });
});

describe('commands against the sandbox', () => {
  test('list, show and delete threads', () =>
    withStage(async ({ server, hosted, sandbox }) => {
      const all = jsonOf<readonly JsonThread[]>(await server('threads', 'list', '--json'));
      assert.equal(all.length, 72);
      assert.ok(all.every(({ id, raw, createdAt }) => raw.id === id && !Number.isNaN(Date.parse(createdAt))));
      const few = jsonOf<readonly JsonThread[]>(await hosted('threads', 'list', '--limit', '3', '--json'));
      assert.deepEqual(
        few.map(({ id }) => id),
        all.slice(0, 3).map(({ id }) => id),
      );
      const [first, second] = all;
      assert.ok(first && second);
      assert.deepEqual(jsonOf<JsonThread>(await server('threads', 'show', first.id, '--json')).raw.id, first.id);
      const table = await server('threads', 'list', '--limit', '2');
      assert.match(table.stdout, new RegExp(`^ID .*TITLE\n${first.id} .*\n${second.id} .*\n$`));
      const refused = await server('threads', 'delete', first.id, '--json');
      assert.deepEqual([refused.code, errorOf(refused).kind], [2, 'usage']);
      const deleted = await server('threads', 'delete', first.id, 'thr_none', '--yes', '--json');
      assert.equal(deleted.code, 4);
      assert.deepEqual(
        (JSON.parse(deleted.stdout) as Record<string, unknown>[]).map(({ id, deleted: is }) => [id, is]),
        [
          [first.id, true],
          ['thr_none', false],
        ],
      );
      const gone = await server('threads', 'show', first.id);
      assert.equal(gone.code, 4);
      assert.match(gone.stderr, /^error: notFound: .* \(.*threads list\)\n$/);
      assert.ok(!gone.stderr.includes(sandbox.apiKey));
    }));

  test('list items, oldest first', () =>
    withStage(async ({ server, hosted }) => {
      const [first] = jsonOf<readonly JsonThread[]>(await server('threads', 'list', '--limit', '1', '--json'));
      const items = jsonOf<readonly JsonItem[]>(await server('items', first?.id ?? '', '--json'));
      assert.deepEqual([items[0]?.kind, items.length > 1], ['user_message', true]);
      assert.ok(items.every(({ raw }) => typeof raw.id === 'string'));
      const { stdout } = await hosted('items', first?.id ?? '', '--limit', '1');
      assert.match(stdout, /^[\d-]+ [\d:]+ {2}user_message {2}\S+ {2}\S.*\n$/);
    }));

  test('export one thread, and all of them', () =>
    withStage(async ({ server, control }) => {
      const [first] = jsonOf<readonly JsonThread[]>(await server('threads', 'list', '--limit', '1', '--json'));
      const out = join(folder, 'exports');
      interface Exported {
        readonly written: readonly { readonly id: string; readonly file: string; readonly items: number }[];
        readonly failed: readonly unknown[];
      }
      const one = jsonOf<Exported>(await server('export', first?.id ?? '', '--out', out, '--json'));
      assert.deepEqual([one.written.length, one.failed], [1, []]);
      const written = JSON.parse(await readFile(one.written[0]?.file ?? '', 'utf8')) as Record<string, unknown>;
      assert.deepEqual([written['format'], written['version']], ['chatkit-inspector/thread', 1]);
      await control('/sandbox/threads', { user: 'harrier-user', title: 'harrier-title' });
      const lines = jsonOf<Exported>(
        await server('export', '--all', '--format', 'jsonl', '--redacted', '--out', out, '--json'),
      );
      assert.equal(lines.written.length, 73);
      const text = await readFile(join(out, 'threads.chatkit.jsonl'), 'utf8');
      assert.ok(text.startsWith('{"format":"chatkit-inspector/threads"') && !text.includes('harrier'));
      const again = await server('export', '--all', '--format', 'jsonl', '--out', out, '--json');
      assert.deepEqual([again.code, errorOf(again).kind], [2, 'file'], 'a file that is not ours remains');
      const markdown = jsonOf<Exported>(await server('export', '--all', '--format', 'md', '--out', out, '--json'));
      assert.match(await readFile(markdown.written[0]?.file ?? '', 'utf8'), /^# harrier-title\n/);
      const missing = await server('export', 'thr_none', '--out', out, '--json');
      assert.equal(missing.code, 4);
      assert.equal((JSON.parse(missing.stdout) as Exported).failed.length, 1);
    }));

  test('send a message, and continue its thread', () =>
    withStage(async ({ server, hosted }) => {
      const sent = await server('send', '/text', '--json');
      const events = linesOf(sent.stdout);
      const end = events.at(-1) ?? {};
      assert.deepEqual([sent.code, sent.stderr, end['end'], events[0]?.['type']], [0, '', 'done', 'thread.created']);
      const threadId = String(end['threadId']);
      const more = await server('send', '/tool get_location', '--thread', threadId);
      assert.equal(more.code, 0);
      assert.match(more.stdout, /\[client_tool_call\] get_location/);
      assert.match(more.stderr, /waits for the output of get_location[^]*Thread /);
      const kinds = jsonOf<readonly JsonItem[]>(await server('items', threadId, '--json')).map(({ kind }) => kind);
      assert.deepEqual(kinds.slice(0, 3), ['user_message', 'assistant_message', 'user_message']);
      const failed = await server('send', '/error', '--json');
      assert.equal(linesOf(failed.stdout).at(-1)?.['end'], 'failed');
      assert.deepEqual([failed.code, errorOf(failed).kind], [6, 'server']);
      const refused = await hosted('send', 'Hello', '--json');
      assert.deepEqual([refused.code, errorOf(refused).kind], [2, 'unsupported']);
    }));
});

describe('check', () => {
  interface Rule {
    readonly id: string;
    readonly title: string;
    readonly verdict: string;
    readonly evidence: string;
  }

  test('of the sandbox passes; with an origin that it does not allow, it fails', () =>
    withStage(async ({ server, sandbox }) => {
      const { rules } = jsonOf<{ readonly rules: readonly Rule[] }>(
        await server('check', '--quick', '--user', 'check-1', '--json'),
      );
      assert.ok(rules.length > 100);
      assert.deepEqual(
        rules.filter(({ verdict }) => verdict === 'failed'),
        [],
      );
      const out = join(folder, 'report.md');
      const origin = ['--quick', '--origin', 'https://example.com', '--out', out];
      const failed = await server('check', ...origin);
      assert.equal(failed.code, 1);
      assert.match(failed.stdout, /^✗ CK\d+ CORS .*\n {4}OPTIONS: status 401\n[^]*\n2 failed, \d+ passed/);
      assert.match(await readFile(out, 'utf8'), /^# Server check: /);
      assert.equal((await server('check', ...origin, '--fail-on', 'error')).code, 0);
      const noKey = await runCli(['check', '--url', sandbox.serverUrl, '--json']);
      assert.deepEqual([noKey.code, errorOf(noKey).kind], [3, 'unauthorized']);
      const { rules: stopped } = JSON.parse(noKey.stdout) as { readonly rules: readonly Rule[] };
      assert.ok(stopped.some(({ verdict }) => verdict === 'skipped'));
    }));
});

describe('commands without a server', () => {
  test('render a widget, with the text also where it is not JSON', async () => {
    const sample = jsonOf<Record<string, unknown>>(
      await runCli(['widget', 'render', join(process.cwd(), 'samples', 'order.widget'), '--json']),
    );
    assert.equal(sample['ok'], true);
    assert.deepEqual(JSON.parse(String(sample['text'])), sample['json']);
    const plain = await file('plain.widget', {
      version: '1.0',
      name: 'x',
      template: 'Hello\n{{ name }}',
      jsonSchema: {},
    });
    const data = await file('data.json', { name: 'Bo' });
    const rendered = await runCli(['widget', 'render', plain, '--data', data, '--json']);
    assert.equal(rendered.code, 1);
    const { ok, text, json, problems } = JSON.parse(rendered.stdout) as {
      readonly ok: boolean;
      readonly text?: string;
      readonly json?: unknown;
      readonly problems: readonly { readonly code: string; readonly line: number; readonly column: number }[];
    };
    assert.deepEqual([ok, text, json, problems[0]?.code], [false, 'Hello\nBo', undefined, 'notJson']);
    const fromInput = await runCli(['widget', 'render', plain, '--data', '-'], { input: '{"name":"Cy"}' });
    assert.equal(fromInput.stdout, 'Hello\nCy\n');
    const noObject = await runCli(['widget', 'render', plain, '--data', '-', '--json'], { input: '[1]' });
    assert.deepEqual([noObject.code, errorOf(noObject).kind], [2, 'file']);
  });

  test('check widgets, with the place of every problem', async () => {
    const broken = await file('broken.widget', '{\n  "version": "1.0",\n  "name": "x",\n  "template": "{{ a"\n}\n');
    const result = await runCli(['widget', 'check', broken, 'plain.json', '--json'], { cwd: folder });
    assert.deepEqual([result.code, errorOf(result).kind], [2, 'file'], 'one file does not exist');
    await file('plain.json', { type: 'Card', children: [{ type: 'Badge', label: 'A', tint: 'red' }] });
    const checked = await runCli(['widget', 'check', 'broken.widget', 'plain.json', '--json'], { cwd: folder });
    assert.equal(checked.code, 1);
    const [first, second] = JSON.parse(checked.stdout) as readonly CheckedFile[];
    assert.deepEqual([first?.file, first?.ok, second?.file], ['broken.widget', false, 'plain.json']);
    assert.deepEqual([first?.problems[0]?.line, first?.problems[0]?.code], [4, 'TemplateSyntaxError']);
    assert.equal(second?.problems[0]?.code, 'unknownProp');
    const { stdout } = await runCli(['widget', 'check', 'broken.widget'], { cwd: folder });
    assert.match(stdout, /^✗ broken\.widget\n {2}broken\.widget:4:\d+: error: .* \[TemplateSyntaxError\]\n/);
  });

  test('stop a template that does not end', async () => {
    const template = '{% for a in range(100000) %}{% for b in range(100000) %}{{ "x" * 1000 }}{% endfor %}{% endfor %}';
    const endless = await file('endless.widget', { version: '1.0', name: 'x', template, jsonSchema: {} });
    const { code, stdout } = await runCli(['widget', 'render', endless, '--json']);
    assert.equal(code, 1);
    assert.equal((JSON.parse(stdout) as { readonly ok: boolean }).ok, false);
  });

  test('replay a capture and a saved event log', () =>
    withStage(async ({ server }) => {
      const { stdout } = await server('send', '/text', '--json');
      const events = stdout.trim().split('\n').slice(0, -1);
      const capture = await file('stream.txt', events.map((event) => `data: ${event}\n\n`).join(''));
      interface Replayed {
        readonly id: string;
        readonly items: readonly JsonItem[];
        readonly events: number;
        readonly openItems: readonly string[];
      }
      const replayed = jsonOf<Replayed>(await runCli(['replay', capture, '--json']));
      assert.deepEqual(
        [replayed.items.map(({ kind }) => kind), replayed.events, replayed.openItems],
        [['user_message', 'assistant_message'], events.length, []],
      );
      const head = {
        format: 'chatkit-inspector/events',
        version: 1,
        command: 'threads.create',
        startedAt: '2026-11-29T10:00:00Z',
      };
      const rows = events.map((event, at) => ({ at, bytes: event.length, data: JSON.parse(event) as unknown }));
      const log = await file('log.chatkit-events.jsonl', [head, ...rows].map((row) => JSON.stringify(row)).join('\n'));
      assert.deepEqual(jsonOf<Replayed>(await runCli(['replay', log, '--json'])).items, replayed.items);
      const one = await runCli(['replay', '-'], { input: `data: ${events[0]}\n\n` });
      assert.match(one.stderr, /^1 event, 0 items\.$/m);
      const noStream = await runCli(['replay', '-', '--json'], { input: 'nothing of this kind' });
      assert.deepEqual([noStream.code, errorOf(noStream).kind], [2, 'file']);
    }));

  test('run the sandbox until it is interrupted', async () => {
    const { code, stdout } = await runCli(['sandbox', '--json'], { interruptAt: 'sandbox ready' });
    assert.equal(code, 130);
    assert.match(
      stdout,
      /^sandbox ready http:\/\/127\.0\.0\.1:\d+\/v1 http:\/\/127\.0\.0\.1:\d+\/chatkit sk-sandbox-\w+\n$/,
    );
  });
});

describe('commands against an independent server', () => {
  let port: Awaited<ReturnType<typeof startNodePort>>;
  before(async () => {
    port = await startNodePort();
  });
  after(() => port.stop());

  test('send, list, show, export, test and delete', async () => {
    const flags = ['--url', `${port.url}/cli`];
    const run = (...args: readonly string[]) => runCli([...args, ...flags]);
    const sent = linesOf((await run('send', 'weather', '--json')).stdout);
    assert.equal(sent.at(-1)?.['end'], 'done');
    const [thread] = jsonOf<readonly JsonThread[]>(await run('threads', 'list', '--json'));
    const id = thread?.id ?? '';
    assert.equal(id, sent.at(-1)?.['threadId']);
    assert.equal(jsonOf<JsonThread>(await run('threads', 'show', id, '--json')).id, id);
    const kinds = jsonOf<readonly JsonItem[]>(await run('items', id, '--json')).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['user_message', 'client_tool_call']);
    assert.equal((await run('export', '--all', '--out', join(folder, 'peer'), '--json')).code, 0);
    const tests = await file('peer.chatkit-test.json', {
      tests: [
        {
          name: 'echoes',
          steps: [{ say: 'one', expect: { inOrder: [{ kind: 'assistant_message', text: 'Echo: one' }] } }],
        },
        { name: 'fails', steps: [{ say: 'two', expect: { inOrder: [{ kind: 'assistant_message', text: 'two' }] } }] },
      ],
    });
    const tested = await run('test', tests, '--json');
    const { passed, failed } = JSON.parse(tested.stdout) as { readonly passed: number; readonly failed: number };
    assert.deepEqual([tested.code, passed, failed], [1, 1, 1]);
    assert.equal((await run('threads', 'show', 'thr_none')).code, 4);
    assert.equal((await run('send', 'fail', '--json')).code, 6);
    const checked = await run('check', '--quick', '--json');
    assert.equal(checked.code, 1);
    assert.match(checked.stdout, /"id": "CK\d+",\n {6}"title": "/);
    assert.deepEqual(jsonOf<readonly object[]>(await run('threads', 'delete', id, '--yes', '--json')), [
      { id, deleted: true },
    ]);
  });

  test('Ctrl+C stops a response, and reports it', async () => {
    const flags = ['--url', `${port.url}/held`, '--json'];
    const { code, stdout } = await runCli(['send', 'hold the line', ...flags], { interruptAt: 'text_delta' });
    assert.deepEqual([code, linesOf(stdout).at(-1)?.['end']], [130, 'stopped']);
    const tests = await file('held.chatkit-test.json', {
      tests: [
        { name: 'a', steps: [{ say: 'one' }] },
        { name: 'b', steps: [{ say: 'hold' }] },
      ],
    });
    const stopped = await runCli(['test', tests, '--url', `${port.url}/held`], { interruptAt: '✓ a' });
    assert.equal(stopped.code, 130);
    assert.match(stopped.stdout, /1 passed, 1 not run/);
    assert.equal(stopped.stderr, 'Interrupted.\n');
  });
});

import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, afterEach, beforeEach, describe, test } from 'node:test';
import { Redactor } from '../../../src/export/common/redactor.ts';
import type { Thread } from '../../../src/chatkit/common/model/thread.ts';
import type { ThreadSource } from '../../../src/chatkit/common/threadSource.ts';
import { openFile } from '../../../src/export/node/byteReader.ts';
import { openExport, wireReaderOf } from '../../../src/export/node/exportSource.ts';
import { exportThreads } from '../../../src/export/node/exportThreads.ts';
import type { ExportRequest } from '../../../src/export/node/target.ts';
import { ExportLedger } from '../../../src/export/node/ledger.ts';
import { createOpenAiSource } from '../../../src/chatkit/node/openai/openAiSource.ts';
import type { Sandbox } from '../../../src/sandbox/node/sandbox.ts';
import { silentLog } from '../../support/silentLog.ts';
import { addFault, raw, withSandbox } from '../sandbox/start.ts';
import { rig } from '../chatkit/transport/client.ts';

const canary = 'CANARYwhoisthis';

describe('exportThreads against the sandbox', () => {
  let folder: string;
  /** The storage of the extension. */
  let storage: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chatkit-export-'));
    storage = await mkdtemp(join(tmpdir(), 'chatkit-storage-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    await rm(storage, { recursive: true });
  });

  async function withSource(
    t: TestContext,
    use: (source: ThreadSource, sandbox: Sandbox) => Promise<void>,
  ): Promise<void> {
    const { transport } = rig(t, { maxBodyBytes: 64 * 1024 * 1024 });
    await withSandbox({}, async (sandbox) => {
      const connection = { id: 'sandbox', name: 'Sandbox', kind: 'openai', url: sandbox.baseUrl } as const;
      const credentials = { headersFor: () => Promise.resolve({ authorization: `Bearer ${sandbox.apiKey}` }) };
      await use(createOpenAiSource({ connection, transport, credentials }), sandbox);
    });
  }

  function request(source: ThreadSource, threads: readonly Thread[], more: Partial<ExportRequest>): ExportRequest {
    return {
      source,
      threads,
      format: 'jsonl',
      target: { type: 'file', path: join(folder, 'threads.chatkit.jsonl') },
      header: {
        version: 1,
        exportedAt: '2026-11-24T00:00:00Z',
        connection: { name: 'Sandbox', kind: 'openai', url: 'http://localhost' },
      },
      resume: false,
      ledger: new ExportLedger(storage, silentLog),
      mayReplace: () => Promise.resolve(false),
      redactor: null,
      reread: wireReaderOf('openai'),
      signal: new AbortController().signal,
      onProgress: () => undefined,
      sleep: () => Promise.resolve(),
      ...more,
    };
  }

  async function firstThreads(source: ThreadSource, limit: number): Promise<readonly Thread[]> {
    return (await source.listThreads({ limit, order: 'desc' }, new AbortController().signal)).data;
  }

  /** Returns the items in the file, in the form of the API. */
  async function itemsInFile(path: string, threadId: string): Promise<unknown[]> {
    const reader = await openFile(path);
    const file = await openExport(reader, path);
    const items: unknown[] = [];
    let after: string | undefined;
    do {
      const page = await file.source.listItems(
        threadId,
        { limit: 100, order: 'asc', ...(after === undefined ? {} : { after }) },
        new AbortController().signal,
      );
      items.push(...page.data.map((item) => item.raw));
      after = page.hasMore ? (page.next ?? undefined) : undefined;
    } while (after !== undefined);
    await file.close();
    return items;
  }

  async function itemsOnWire(sandbox: Sandbox, threadId: string): Promise<unknown[]> {
    const items: unknown[] = [];
    let after = '';
    for (;;) {
      const response = await raw(sandbox, `/v1/chatkit/threads/${threadId}/items?limit=100&order=asc${after}`);
      const page = (await response.json()) as { data: { id: string }[]; has_more: boolean; last_id: string };
      items.push(...page.data);
      if (!page.has_more) return items;
      after = `&after=${page.last_id}`;
    }
  }

  test('the file contains the wire JSON unchanged, over several pages', (t) =>
    withSource(t, async (source, sandbox) => {
      const { threads } = { threads: await firstThreads(source, 60) };
      const report = await exportThreads(request(source, threads, {}));
      assert.deepEqual([report.failed, report.cancelled, report.listError], [[], false, null]);
      const counts = await Promise.all(
        threads.map(async ({ id }) => {
          const wanted = await itemsOnWire(sandbox, id);
          const found = await itemsInFile(join(folder, 'threads.chatkit.jsonl'), id);
          // The live thread receives more items, so the export must equal its start.
          assert.deepEqual(found, wanted.slice(0, found.length));
          return found.length;
        }),
      );
      assert.ok(Math.max(...counts) > 100, 'a thread of several pages is among them');
    }));

  test('a cancelled export preserves written threads, and the next export skips them', (t) =>
    withSource(t, async (source) => {
      const threads = await firstThreads(source, 6);
      const stop = new AbortController();
      const first = await exportThreads(
        request(source, threads, {
          signal: stop.signal,
          onProgress: ({ threadsDone }) => {
            if (threadsDone === 3) stop.abort();
          },
        }),
      );
      assert.deepEqual([first.written.length, first.cancelled], [3, true]);
      const second = await exportThreads(request(source, threads, { resume: true }));
      assert.deepEqual([second.skipped.length, second.written.length], [3, 3]);
      assert.deepEqual(await readdir(folder), ['threads.chatkit.jsonl']);
    }));

  test('waits for a rate limit that is longer than the limit of a single request', (t) =>
    withSource(t, async (source, sandbox) => {
      const threads = await firstThreads(source, 2);
      await addFault(sandbox, { kind: 'rate_limit', retry_after_ms: 90_000, path: '/items', times: 2 });
      const waits: number[] = [];
      const report = await exportThreads(
        request(source, threads, { sleep: (ms) => Promise.resolve(void waits.push(ms)) }),
      );
      assert.deepEqual([report.written.length, report.failed.length, waits], [2, 0, [90_000, 90_000]]);
    }));

  test('reports a thread that fails, and writes the others', (t) =>
    withSource(t, async (source, sandbox) => {
      const threads = await firstThreads(source, 4);
      const [, unlucky] = threads;
      await addFault(sandbox, { kind: 'server_error', path: unlucky?.id, times: null });
      const report = await exportThreads(
        request(source, threads, { format: 'json', target: { type: 'folder', path: join(folder, 'out') } }),
      );
      assert.deepEqual(
        report.failed.map(({ thread, error }) => [thread.id, error.kind]),
        [[unlucky?.id, 'server']],
      );
      assert.equal((await readdir(join(folder, 'out'))).length, 3);
    }));

  test('a thread whose last page cannot be reached fails and is not written', (t) =>
    withSource(t, async (source, sandbox) => {
      const threads = (await firstThreads(source, 60)).filter(({ title }) => title !== null).slice(0, 2);
      const { id: long } = (await (
        await raw(sandbox, '/sandbox/threads', {
          method: 'POST',
          body: JSON.stringify({
            title: 'long',
            user: 'ada',
            items: Array.from({ length: 150 }, () => ({ body: canaryItems[3] })),
          }),
        })
      ).json()) as { id: string };
      await addFault(sandbox, { kind: 'repeated_cursor', path: long, skip: 2, times: null });
      const thread = await source.getThread(long, new AbortController().signal);
      const report = await exportThreads(request(source, [thread, ...threads], {}));
      assert.deepEqual(
        report.failed.map(({ error }) => error.kind),
        ['invalidResponse'],
      );
      assert.deepEqual(
        [...report.newestItems.keys()],
        threads.map(({ id }) => id),
      );
      assert.ok(!(await readFile(join(folder, 'threads.chatkit.jsonl'), 'utf8')).includes(long));
    }));

  test('Markdown: a tool call waits only while it is the last item', (t) =>
    withSource(t, async (source, sandbox) => {
      const call = {
        type: 'chatkit.client_tool_call',
        status: 'in_progress',
        call_id: 'c',
        name: 'x',
        arguments: '{}',
        output: '',
      };
      const message = { type: 'chatkit.user_message', content: [{ type: 'input_text', text: 'a' }], attachments: [] };
      const items = [call, { ...message, inference_options: null }, { ...call, call_id: 'd' }];
      const body = JSON.stringify({ user: 'u', title: 'Calls', items: items.map((item) => ({ body: item })) });
      const created = await raw(sandbox, '/sandbox/threads', { method: 'POST', body });
      assert.equal(created.status, 201, await created.clone().text());
      const { id } = (await created.json()) as { id: string };
      const thread = await source.getThread(id, new AbortController().signal);
      const target = { type: 'folder', path: join(folder, 'calls') } as const;
      await exportThreads(request(source, [thread], { format: 'markdown', target }));
      const states = (await contentOf(target.path)).match(/waiting for output|never answered/g);
      assert.deepEqual(states, ['never answered', 'waiting for output']);
    }));

  test('a rejected key ends the export', (t) =>
    withSource(t, async (source, sandbox) => {
      const threads = await firstThreads(source, 5);
      await addFault(sandbox, { kind: 'reply', status: 401, body: '{}', path: '/items', times: null });
      const report = await exportThreads(request(source, threads, {}));
      assert.deepEqual([report.failed.length, report.listError?.kind], [1, 'unauthorized']);
    }));

  for (const format of ['json', 'jsonl', 'markdown'] as const) {
    test(`redacted ${format} contains no personal data`, (t) =>
      withSource(t, async (source, sandbox) => {
        const created = await raw(sandbox, '/sandbox/threads', {
          method: 'POST',
          body: JSON.stringify({ title: canary, user: canary, items: canaryItems.map((body) => ({ body })) }),
        });
        assert.equal(created.status, 201, await created.clone().text());
        const { id } = (await created.json()) as { id: string };
        const thread = await source.getThread(id, new AbortController().signal);
        const plain = { type: 'folder', path: join(folder, 'plain') } as const;
        const hidden = { type: 'folder', path: join(folder, 'hidden') } as const;
        if (format === 'jsonl') {
          await exportThreads(
            request(source, [thread], { target: { type: 'file', path: join(folder, 'p.chatkit.jsonl') } }),
          );
          const target = { type: 'file', path: join(folder, 'h.chatkit.jsonl') } as const;
          await exportThreads(request(source, [thread], { target, redactor: new Redactor() }));
          assert.ok(
            (await readFile(join(folder, 'p.chatkit.jsonl'), 'utf8')).includes(canary),
            'the export without redaction contains the canary',
          );
          const text = await readFile(join(folder, 'h.chatkit.jsonl'), 'utf8');
          assert.ok(!text.includes('CANARY') && !text.includes(id), text);
          return;
        }
        await exportThreads(request(source, [thread], { format, target: plain }));
        await exportThreads(request(source, [thread], { format, target: hidden, redactor: new Redactor() }));
        assert.ok((await contentOf(plain.path)).includes(canary), 'the export without redaction contains the canary');
        const text = await contentOf(hidden.path);
        assert.ok(!text.includes('CANARY') && !text.includes(id), text);
      }));
  }

  /** Returns the names and contents of the files in a folder. */
  async function contentOf(path: string): Promise<string> {
    const names = await readdir(path);
    return (await Promise.all(names.map(async (name) => `${name}\n${await readFile(join(path, name), 'utf8')}`))).join(
      '\n',
    );
  }
});

const canaryItems = [
  {
    type: 'chatkit.user_message',
    content: [
      { type: 'input_text', text: canary },
      { type: 'quoted_text', text: canary },
    ],
    attachments: [
      {
        type: 'image',
        id: 'cfile_1',
        name: `${canary}.png`,
        mime_type: 'image/png',
        preview_url: `https://x.example/${canary}`,
      },
    ],
    inference_options: null,
  },
  {
    type: 'chatkit.client_tool_call',
    status: 'completed',
    call_id: `call_${canary}`,
    name: 'get_location',
    arguments: JSON.stringify({ where: canary }),
    output: JSON.stringify([canary]),
  },
  { type: 'chatkit.widget', widget: JSON.stringify({ type: 'Card', children: [{ type: 'Text', value: canary }] }) },
  { type: 'chatkit.task', task_type: 'custom', heading: canary, summary: canary },
  {
    type: 'chatkit.assistant_message',
    content: [
      {
        type: 'output_text',
        text: canary,
        annotations: [{ type: 'url', source: { type: 'url', url: `https://x.example/${canary}` } }],
      },
    ],
  },
];

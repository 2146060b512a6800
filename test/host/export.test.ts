import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { exportForDeletion, unchanged } from '../../src/export/vscode/exportForDeletion.ts';
import { type ExportPlan, executePlan, runExport } from '../../src/export/vscode/runExport.ts';
import type { Thread } from '../../src/chatkit/common/model/thread.ts';
import { deleteThreads } from '../../src/threads/vscode/deleteThreads.ts';
import { CompareSelection } from '../../src/threads/vscode/compare/selection.ts';
import { activated } from '../support/activated.ts';
import { writeConnections } from '../support/hostConnections.ts';
import { listening } from '../support/hostSessions.ts';
import { silentLog } from '../support/silentLog.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { type ThreadsStage, withThreads } from '../support/hostThreads.ts';
import { next } from '../support/hostWait.ts';

const inThreads = (action: (stage: ThreadsStage) => Promise<void>) => async () =>
  withThreads(await activated(), {}, action);

const run = (command: string, ...args: unknown[]) => vscode.commands.executeCommand(command, ...args);

async function newThread(stage: ThreadsStage, text: string): Promise<string> {
  const body = {
    type: 'chatkit.user_message',
    content: [{ type: 'input_text', text }],
    attachments: [],
    inference_options: null,
  };
  const thread = { user: 'ada', title: 'Same title', items: [{ body }] };
  return ((await stage.control('POST', 'threads', thread)) as { readonly id: string }).id;
}

const newTask = { body: { type: 'chatkit.task', task_type: 'custom', heading: 'new', summary: null } };

/** Provides threads, a folder, and the plan to export the threads to a file in the folder. */
async function withPlan(
  more: Partial<ExportPlan>,
  action: (plan: ExportPlan, threads: readonly Thread[]) => Promise<void>,
): Promise<void> {
  const { connections } = await activated();
  const connection = connections.get('a');
  assert.ok(connection);
  const { data } = await connections.source('a').listThreads({ limit: 6, order: 'desc' }, new AbortController().signal);
  const folder = await mkdtemp(join(tmpdir(), 'chatkit-host-'));
  const target = { type: 'file', path: join(folder, 'saved.chatkit.jsonl') } as const;
  const scope = { type: 'threads', threads: data } as const;
  try {
    await action({ connection, scope, format: 'jsonl', redacted: false, target, resume: false, ...more }, data);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Selects a format and a file like a user. */
async function choosing(format: string, path: string, action: () => Promise<void>): Promise<void> {
  const window = vscode.window as unknown as Record<'showQuickPick' | 'showSaveDialog', unknown>;
  const { showQuickPick, showSaveDialog } = window;
  window.showQuickPick = async (rows: readonly { readonly format?: string }[]) =>
    rows.find((row) => row.format === format);
  window.showSaveDialog = async () => vscode.Uri.file(path);
  try {
    await action();
  } finally {
    Object.assign(window, { showQuickPick, showSaveDialog });
  }
}

export const suite: HostSuite = {
  name: 'export',
  cases: {
    'Copy Thread Link copies one line with connection and thread for each thread': inThreads(async () => {
      const rows = ['cthr_1', 'cthr_2'].map((threadId) => ({ connectionId: 'a', threadId }));
      await run('chatkit.copyLink', rows[0], rows);
      const links = (await vscode.env.clipboard.readText()).split('\n').map((line) => vscode.Uri.parse(line));
      assert.deepEqual(
        links.map(({ authority, path, query }) => [authority, path, query]),
        rows.map(({ threadId }) => [
          'chatkit-inspector.chatkit-inspector',
          '/thread',
          `connection=a&thread=${threadId}`,
        ]),
      );
    }),

    'Copy as cURL copies the requests for a connection, a thread and an item without the key': inThreads(
      async (stage) => {
        const { connections } = await activated();
        const threadId = await newThread(stage, 'hello');
        await stage.control('POST', `threads/${threadId}`, { items: [newTask] });
        await connections.store('a').loadLatest(threadId, new AbortController().signal);
        const ids =
          connections
            .store('a')
            .items(threadId)
            .windows[0]?.items.map(({ id }) => id) ?? [];
        const [first, second] = ids;
        assert.ok(first && second);
        const { baseUrl, apiKey } = stage.sandbox;
        const cases = [
          [{ connectionId: 'a' }, ['?limit=10&order=desc']],
          [{ connectionId: 'a', threadId }, [`/${threadId}`, `/${threadId}/items?limit=10&order=desc`]],
          [{ connectionId: 'a', threadId, itemId: second }, [`/${threadId}/items?limit=1&order=asc&after=${first}`]],
          [{ connectionId: 'a', threadId, itemId: first }, [`/${threadId}/items?limit=1&order=desc&after=${second}`]],
        ] as const;
        for (const [row, paths] of cases) {
          await run('chatkit.copyCurl', row);
          const text = await vscode.env.clipboard.readText();
          const urls = [...text.matchAll(/^curl '(.*)'/gm)].map(([, url]) => url);
          assert.deepEqual(
            urls,
            paths.map((path) => `${baseUrl}/chatkit/threads${path}`),
          );
          assert.ok(text.includes('"Authorization: Bearer $OPENAI_API_KEY"') && !text.includes(apiKey), text);
          const last = urls.at(-1) ?? '';
          const headers = { authorization: `Bearer ${apiKey}`, 'openai-beta': 'chatkit_beta=v1' };
          const { data } = (await (await fetch(last, { headers })).json()) as { data?: { id: string }[] };
          if ('itemId' in row)
            assert.deepEqual(
              data?.map(({ id }) => id),
              [row.itemId],
            );
        }
        await vscode.env.clipboard.writeText('');
      },
    ),

    'a thread can be compared with another one while that is selected and its connection exists': inThreads(
      async () => {
        const services = await activated();
        const selection = new CompareSelection(services.connections);
        const [selected, other] = ['one', 'two'].map((threadId) => ({ connectionId: 'a', threadId }));
        assert.equal(selection.isOther(other!), false);
        selection.select(selected);
        assert.deepEqual([selection.isOther(selected!), selection.isOther(other!)], [false, true]);
        const cleared = next(selection.onDidChange, 'the end of the selection');
        await writeConnections(services, []);
        await cleared;
        assert.equal(selection.isOther(other!), false);
        selection.dispose();
      },
    ),

    'a comparison of two threads opens their page': inThreads(async (stage) => {
      const [left, right] = [await newThread(stage, 'the same'), await newThread(stage, 'the same')];
      await run('chatkit.selectForCompare', { connectionId: 'a', threadId: left });
      const isPage = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview;
      const shown = next(vscode.window.tabGroups.onDidChangeTabs, 'the comparison', isPage);
      await run('chatkit.compareWithSelected', { connectionId: 'a', threadId: right });
      await shown;
      await run('workbench.action.closeActiveEditor');
    }),

    'an export with failures can be cancelled and resumed until it is complete': inThreads(async (stage) => {
      const services = await activated();
      await withPlan({}, async (plan, threads) => {
        await stage.fault({ kind: 'rate_limit', retry_after_ms: 5, path: '/items', times: 2 });
        const unlucky = threads[1]?.id ?? '';
        await stage.fault({ kind: 'forbidden', path: unlucky, times: 1 });
        const stop = new AbortController();
        const first = await executePlan(services, plan, stop.signal, (message) => {
          if (message.startsWith('thread 4')) stop.abort();
        });
        assert.ok(first.cancelled);
        assert.deepEqual(
          [first.written.length, first.failed.map(({ thread }) => thread.id)],
          [3, [unlucky]],
          'written threads remain and failures are reported',
        );
        await stage.arrived();
        const rest = { ...plan, resume: true };
        const second = await executePlan(services, rest, new AbortController().signal, () => undefined);
        assert.deepEqual([second.skipped.length, second.written.length, second.failed], [3, 3, []]);
        const asked = await stage.arrived();
        for (const { id } of second.skipped) assert.ok(!asked.some((request) => request.includes(`${id}/items`)));
        const text = await readFile(plan.target.path, 'utf8');
        for (const { raw } of threads) assert.equal(text.split(JSON.stringify({ thread: raw })).length, 2);
      });
    }),

    'a redacted export and transcript contain no personal data': inThreads(async (stage) => {
      const services = await activated();
      const canary = 'CANARYwhoisthis';
      const threadId = await newThread(stage, canary);
      const thread = await services.connections.source('a').getThread(threadId, new AbortController().signal);
      for (const format of ['jsonl', 'json', 'markdown'] as const) {
        const scope = { type: 'threads', threads: [thread] } as const;
        await withPlan({ scope, format }, async (plan) => {
          const written = async (redacted: boolean) => {
            await runExport(services, { ...plan, redacted });
            return readFile(plan.target.path, 'utf8');
          };
          assert.ok((await written(false)).includes(canary), 'the export without redaction contains the canary');
          const text = await written(true);
          for (const secret of [canary, threadId, 'Same title', 'Acme', stage.sandbox.baseUrl]) {
            assert.ok(!text.includes(secret), `${format} contains ${secret}`);
          }
          assert.doesNotMatch(text, /\bada\b/);
        });
      }
    }),

    'Export Threads names what it exports; an emptied folder holds no earlier export': inThreads(async (stage) => {
      const [thread] = await stage.threads();
      assert.ok(thread);
      const label = stage.model.label(thread);
      const folder = await mkdtemp(join(tmpdir(), 'chatkit-host-'));
      const asked: string[] = [];
      const window = vscode.window as unknown as Record<string, unknown>;
      const { showQuickPick, showSaveDialog, showOpenDialog } = window;
      window['showQuickPick'] = async (
        rows: readonly {
          readonly label: string;
          readonly format?: string;
          readonly scope?: { readonly type: string };
        }[],
        { title, placeHolder }: vscode.QuickPickOptions,
      ) => {
        asked.push(`${title}: ${placeHolder}`);
        return rows.find((row) => row.format === 'json' || row.label === '10 visible threads');
      };
      window['showSaveDialog'] = async ({ title, filters, defaultUri }: vscode.SaveDialogOptions) => {
        asked.push(`${title}: ${JSON.stringify(filters)} ${defaultUri?.path.replace(/^.*\./, '.')}`);
        return vscode.Uri.file(join(folder, 'one.chatkit.json'));
      };
      window['showOpenDialog'] = async () => [vscode.Uri.file(folder)];
      try {
        await listening([], async () => {
          await run('chatkit.exportThreads', thread);
          assert.deepEqual(asked.splice(0), [
            `Export Thread: ${label}: Select an export format`,
            // One part: the dialog of web and remote windows would append the whole extension again.
            `Export Thread: ${label}: {"ChatKit":["json"]} .json`,
          ]);
          for (const round of ['first', 'after the files were deleted']) {
            await run('chatkit.exportThreads', { connectionId: 'a' });
            const questions = [
              'Export Threads: Acme: Select threads to export',
              'Export 10 Threads: Select an export format',
            ];
            assert.deepEqual(asked.splice(0), questions, round);
            for (const name of await readdir(folder)) await rm(join(folder, name));
          }
        });
      } finally {
        Object.assign(window, { showQuickPick, showSaveDialog, showOpenDialog });
        await rm(folder, { recursive: true });
      }
    }),

    'Export and Delete deletes only threads that the file contains completely': inThreads(async (stage) => {
      const services = await activated();
      const rows = (await stage.threads()).slice(0, 3);
      const unlucky = rows[1]?.threadId ?? '';
      await stage.fault({ kind: 'forbidden', path: `${unlucky}/items`, times: null });
      await withPlan({}, async ({ target }) => {
        await stage.arrived();
        await choosing('jsonl', target.path, () =>
          listening(['Export and Delete…'], async (heard) => {
            await deleteThreads(stage.model, silentLog, rows, (refs) => exportForDeletion(services, refs));
            const [, report] = heard;
            assert.match(report?.text ?? '', /^Exported 2 threads to “saved\.chatkit\.jsonl” · 1 failed\. “/);
            assert.ok(!report?.buttons.includes('Retry'), 'a failed thread is not deleted, so Retry is not offered');
          }),
        );
        const text = await readFile(target.path, 'utf8');
        const deleted = (await stage.arrived()).filter((request) => request.startsWith('DELETE'));
        assert.deepEqual(
          deleted.sort(),
          rows
            .filter(({ threadId }) => threadId !== unlucky)
            .map(({ threadId }) => `DELETE /threads/${threadId}`)
            .sort(),
        );
        for (const { threadId } of rows) assert.equal(text.includes(threadId), threadId !== unlucky);
      });
    }),

    'Export and Delete does not delete a thread whose file was replaced': inThreads(async (stage) => {
      const services = await activated();
      const [row, other] = await stage.threads();
      assert.ok(row && other);
      await withPlan({}, async ({ target }) => {
        await stage.arrived();
        for (const format of ['json', 'jsonl'] as const) {
          await choosing(format, target.path, () =>
            listening(['Export and Delete…'], async (heard) => {
              await deleteThreads(stage.model, silentLog, [row], async (refs) => {
                const exported = await exportForDeletion(services, refs);
                assert.equal(exported.threads.length, 1);
                const text = await readFile(target.path, 'utf8');
                await writeFile(target.path, text.replaceAll(row.threadId, other.threadId));
                return exported;
              });
              assert.match(heard.at(-1)?.text ?? '', /its exported file has changed or is missing/);
            }),
          );
        }
        assert.deepEqual(
          (await stage.arrived()).filter((request) => request.startsWith('DELETE')),
          [],
        );
      });
    }),

    'does not delete a thread that has new items since its export': inThreads(async (stage) => {
      const services = await activated();
      await withPlan({}, async (plan, threads) => {
        const report = await runExport(services, plan);
        const [grown] = threads;
        assert.ok(grown);
        await stage.control('POST', `threads/${grown.id}`, { items: [newTask] });
        const safe = await unchanged(services, plan.connection, report);
        assert.equal(safe.length, threads.length - 1);
        assert.ok(!safe.some(({ threadId }) => threadId === grown.id));
      });
    }),

    'an export contains the thread as the server sent it': inThreads(async (stage) => {
      const services = await activated();
      const threadId = await newThread(stage, 'saved');
      const connection = services.connections.get('a');
      assert.ok(connection);
      const folder = await mkdtemp(join(tmpdir(), 'chatkit-host-'));
      try {
        const path = join(folder, 'saved.chatkit.json');
        const thread = await services.connections.source('a').getThread(threadId, new AbortController().signal);
        const report = await runExport(services, {
          connection,
          scope: { type: 'threads', threads: [thread] },
          format: 'json',
          redacted: false,
          target: { type: 'file', path },
          resume: false,
        });
        assert.equal(report.written.length, 1);
        const written = JSON.parse(await readFile(path, 'utf8')) as { thread: unknown; items: { content: unknown }[] };
        assert.deepEqual(written.thread, thread.raw);
        assert.deepEqual(written.items[0]?.content, [{ type: 'input_text', text: 'saved' }]);
      } finally {
        await rm(folder, { recursive: true });
      }
    }),
  },
};

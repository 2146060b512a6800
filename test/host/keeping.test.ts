import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { runExport } from '../../src/features/exports/run.ts';
import { activated } from '../support/activated.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { withThreads, type ThreadsStage } from '../support/hostThreads.ts';
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

export const suite: HostSuite = {
  name: 'keeping',
  cases: {
    'Copy Link names the connection and the thread, one line each': inThreads(async () => {
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

    'two threads that behave alike are alike when compared': inThreads(async (stage) => {
      const [left, right] = [await newThread(stage, 'the same'), await newThread(stage, 'the same')];
      await run('chatkit.selectForCompare', { connectionId: 'a', threadId: left });
      const isDiff = () => vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff;
      const shown = next(vscode.window.tabGroups.onDidChangeTabs, 'the diff editor', isDiff);
      await run('chatkit.compareWithSelected', { connectionId: 'a', threadId: right });
      await shown;
      const diff = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
      assert.ok(diff instanceof vscode.TabInputTextDiff);
      assert.equal(diff.original.path, `/a/${left}/normalised.md`);
      assert.equal(diff.modified.path, `/a/${right}/normalised.md`);
      const [one, other] = await Promise.all(
        [diff.original, diff.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
      );
      assert.ok(one?.getText().includes('the same'));
      assert.equal(one?.getText(), other?.getText());
      await run('workbench.action.closeActiveEditor');
    }),

    'an export holds the thread as the server sent it': inThreads(async (stage) => {
      const services = await activated();
      const threadId = await newThread(stage, 'kept');
      const connection = services.connections.get('a');
      assert.ok(connection);
      const folder = await mkdtemp(join(tmpdir(), 'chatkit-host-'));
      try {
        const path = join(folder, 'kept.chatkit.json');
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
        assert.deepEqual(written.items[0]?.content, [{ type: 'input_text', text: 'kept' }]);
      } finally {
        await rm(folder, { recursive: true });
      }
    }),
  },
};

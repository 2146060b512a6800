import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import {
  threadFileEnd,
  threadFileItem,
  threadFileStart,
  threadsFileItem,
  threadsFileStart,
  threadsFileThread,
} from '../../src/export/common/format.ts';
import { documentPath } from '../../src/threads/vscode/documents/documentRef.ts';
import { ExportDocument, toExportView } from '../../src/export/vscode/exportContent.ts';
import { customEditors, documentScheme } from '../../src/chatkit/vscode/ids.ts';
import { writeConnections } from '../support/hostConnections.ts';
import { activated } from '../support/activated.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { until } from '../support/hostWait.ts';

const header = {
  version: 1,
  exportedAt: '2026-11-24T12:00:00.000Z',
  connection: { name: 'Acme', kind: 'openai', url: 'https://api.example/v1' },
} as const;
const thread = (id: string, title: string | null) => ({
  id,
  object: 'chatkit.thread',
  created_at: 1_790_000_000,
  title,
  status: { type: 'active' },
  user: 'ada',
});
const message = (id: string, text: string) => ({
  id,
  object: 'chatkit.thread_item',
  created_at: 1_790_000_001,
  thread_id: 'cthr_1',
  type: 'chatkit.user_message',
  content: [{ type: 'input_text', text }],
  attachments: [],
  inference_options: null,
});
const pageSize = () => 50;

/** No connection exists, so everything is read from the file. */
async function inFolder(action: (folder: string) => Promise<void>): Promise<void> {
  await writeConnections(await activated(), []);
  const folder = await mkdtemp(join(tmpdir(), 'chatkit-export-'));
  try {
    await action(folder);
  } finally {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true });
  }
}

async function oneThread(folder: string, name = 'saved.chatkit.json'): Promise<vscode.Uri> {
  const path = join(folder, name);
  const items = [threadFileItem(message('i1', 'saved'), true), threadFileItem(message('i2', 'as well'), false)];
  await writeFile(path, threadFileStart(header, thread('cthr_1', 'Saved')) + items.join('') + threadFileEnd);
  return vscode.Uri.file(path);
}

async function manyThreads(folder: string): Promise<vscode.Uri> {
  const path = join(folder, 'saved.chatkit.jsonl');
  const lines = [
    threadsFileStart(header),
    threadsFileThread(thread('cthr_1', null)),
    threadsFileItem('cthr_1', message('i1', 'Hello there')),
    threadsFileThread(thread('cthr_2', 'Second')),
  ];
  await writeFile(path, lines.join(''));
  return vscode.Uri.file(path);
}

const opened = (uri: vscode.Uri) => {
  const { input } = vscode.window.tabGroups.activeTabGroup.activeTab ?? {};
  return (
    input instanceof vscode.TabInputCustom &&
    input.viewType === customEditors.exportedThread &&
    input.uri.toString() === uri.toString()
  );
};

async function withDocument(uri: vscode.Uri, action: (document: ExportDocument) => Promise<void>): Promise<void> {
  const document = await ExportDocument.open(uri, pageSize);
  try {
    await action(document);
  } finally {
    document.dispose();
  }
}

export const suite: HostSuite = {
  name: 'exports',
  cases: {
    'both formats open in the custom editor, also side by side': async () => {
      await inFolder(async (folder) => {
        for (const uri of [await oneThread(folder), await manyThreads(folder)]) {
          await vscode.commands.executeCommand('vscode.open', uri);
          await until(() => opened(uri), `the editor of ${uri.path}`);
          await vscode.commands.executeCommand('vscode.open', uri, vscode.ViewColumn.Beside);
          await until(() => vscode.window.tabGroups.all.length === 2 && opened(uri), 'a second editor of it');
          await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        }
      });
    },

    'documents are read from the file with and without an open editor': async () => {
      await inFolder(async (folder) => {
        const uri = await oneThread(folder);
        const ref = { connectionId: uri.toString(), threadId: 'cthr_1' };
        const read = async (path: string) =>
          new TextDecoder().decode(
            await vscode.workspace.fs.readFile(vscode.Uri.from({ scheme: documentScheme, path })),
          );
        const json = JSON.parse(await read(documentPath({ ...ref, form: 'json' }))) as { items: unknown[] };
        assert.deepEqual(json.items, [message('i1', 'saved'), message('i2', 'as well')]);
        await vscode.commands.executeCommand('vscode.open', uri);
        await until(() => opened(uri), 'the editor');
        assert.match(await read(documentPath({ ...ref, form: 'md' })), /saved[^]*as well/);
        assert.equal((await read(documentPath({ ...ref, form: 'txt', itemId: 'i2' }))).trim(), 'as well');
      });
    },

    'the list labels each thread, including untitled threads': async () => {
      await inFolder(async (folder) => {
        await withDocument(await manyThreads(folder), async ({ content }) => {
          const view = toExportView(content, 'saved.chatkit.jsonl', true);
          assert.deepEqual(
            view.threads.map(({ id, label, items }) => [id, label, items]),
            [
              ['cthr_1', 'Hello there', 1],
              ['cthr_2', 'Second', 0],
            ],
          );
          assert.equal(view.exportedAt, Date.parse(header.exportedAt));
          assert.deepEqual(toExportView(content, 'saved.chatkit.jsonl', false).threads, []);
        });
      });
    },

    'explains why a file cannot be read, and does not change it': async () => {
      await inFolder(async (folder) => {
        const cases: readonly [name: string, text: string, why: RegExp][] = [
          ['foreign.chatkit.json', '{"a":1}', /^“foreign.chatkit.json” is not a ChatKit Inspector export/],
          ['empty.chatkit.jsonl', '', /is not a ChatKit Inspector export/],
          [
            'later.chatkit.json',
            '{"format":"chatkit-inspector/thread","version":2,"items":[]}',
            /^“later.chatkit.json” was created by a later version/,
          ],
        ];
        for (const [name, text, why] of cases) {
          const path = join(folder, name);
          await writeFile(path, text);
          await withDocument(vscode.Uri.file(path), async ({ content }) => {
            assert.match(toExportView(content, name, true).error ?? '', why);
          });
          assert.equal(await readFile(path, 'utf8'), text);
        }
        await withDocument(vscode.Uri.file(join(folder, 'gone.chatkit.json')), async ({ content }) => {
          assert.equal(toExportView(content, 'gone', true).error, '“gone.chatkit.json” no longer exists.');
        });
      });
    },

    'shows the content of a truncated file and reports the problem': async () => {
      await inFolder(async (folder) => {
        const uri = await oneThread(folder);
        const { size } = await vscode.workspace.fs.stat(uri);
        await truncate(uri.fsPath, size - 30);
        await withDocument(uri, async ({ content }) => {
          const { problems, threads } = toExportView(content, 'saved', true);
          assert.deepEqual([threads[0]?.items, problems.length], [1, 1]);
          assert.match(problems[0] ?? '', /^The file ends unexpectedly at byte \d+/);
        });
      });
    },

    'reloads a file that has changed': async () => {
      await inFolder(async (folder) => {
        const uri = await manyThreads(folder);
        await withDocument(uri, async (document) => {
          const grown = (await readFile(uri.fsPath, 'utf8')) + threadsFileThread(thread('cthr_3', 'Third'));
          let written = 0;
          const isReadAgain = async () => {
            // A new watcher can miss a change.
            if (Date.now() - written > 3_000) {
              await writeFile(uri.fsPath, grown);
              written = Date.now();
            }
            const { content } = document;
            return content.type === 'open' && content.file.threads.length === 3;
          };
          await until(isReadAgain, 'the file to be read again', 60_000);
        });
      });
    },
  },
};

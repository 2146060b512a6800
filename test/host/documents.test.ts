import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated } from '../support/activated.ts';
import { listening } from '../support/hostSessions.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { withThreads, type ThreadsOptions, type ThreadsStage } from '../support/hostThreads.ts';
import { next } from '../support/hostWait.ts';

const inThreads = (options: ThreadsOptions, action: (stage: ThreadsStage) => Promise<void>) => async () =>
  withThreads(await activated(), options, action);

const run = (command: string, ...args: unknown[]) => vscode.commands.executeCommand(command, ...args);

/** Runs a command and waits for the editor that it opens. */
async function opened(command: string, ...args: unknown[]): Promise<vscode.TextDocument> {
  const shown = next(
    vscode.window.onDidChangeActiveTextEditor,
    'the document',
    (editor) => editor?.document.uri.scheme === 'chatkit',
  );
  await run(command, ...args);
  const editor = await shown;
  assert.ok(editor);
  return editor.document;
}

async function newThread(stage: ThreadsStage, count: number): Promise<string> {
  const items = Array.from({ length: count }, (_, i) => ({
    created_at: 2_000_000_000 + i,
    body: {
      type: 'chatkit.user_message',
      content: [{ type: 'input_text', text: `text ${i}` }],
      attachments: [],
      inference_options: null,
    },
  }));
  const body = { user: 'ada', title: 'Made *here*', created_at: 2_000_000_000, items };
  return ((await stage.control('POST', 'threads', body)) as { readonly id: string }).id;
}

export const suite: HostSuite = {
  name: 'documents',
  cases: {
    'a thread as JSON contains everything the server sent and is read-only': inThreads({}, async (stage) => {
      const threadId = await newThread(stage, 230);
      const document = await opened('chatkit.openJson', { connectionId: 'a', threadId });
      assert.equal(document.uri.toString(), `chatkit:/a/${threadId}.json`);
      assert.equal(document.languageId, 'json');
      assert.equal(vscode.workspace.fs.isWritableFileSystem('chatkit'), false);
      const { thread, items, ...rest } = JSON.parse(document.getText()) as {
        readonly thread: { readonly id: string };
        readonly items: readonly { readonly id: string; readonly content: readonly { readonly text: string }[] }[];
      };
      assert.deepEqual(rest, {});
      assert.equal(thread.id, threadId);
      assert.deepEqual(
        items.map(({ content }) => content[0]?.text),
        Array.from({ length: 230 }, (_, i) => `text ${i}`),
      );
      assert.equal((await stage.arrived()).length, 5, 'the thread, the newest 10, three pages of 100');
    }),

    'an item as JSON': inThreads({}, async (stage) => {
      const threadId = await newThread(stage, 2);
      const store = stage.model.store('a');
      await store?.loadLatest(threadId, new AbortController().signal);
      const item = store?.items(threadId).windows[0]?.items[1];
      assert.ok(item);
      await stage.arrived();
      const document = await opened('chatkit.openJson', { connectionId: 'a', threadId, itemId: item.id });
      assert.equal(document.uri.path, `/a/${threadId}/${item.id}.json`);
      assert.deepEqual(JSON.parse(document.getText()), item.raw);
      assert.deepEqual(await stage.arrived(), [], 'it was loaded');
    }),

    'a transcript contains every item': inThreads({}, async (stage) => {
      const threadId = await newThread(stage, 12);
      const document = await opened('chatkit.openTranscript', { connectionId: 'a', threadId });
      assert.equal(document.languageId, 'markdown');
      const text = document.getText();
      assert.match(text, /^# Made \\\*here\\\*\n/);
      assert.equal(text.match(/^## User · /gm)?.length, 12);
      assert.ok(text.indexOf('text 3\n') < text.indexOf('text 11\n'));
    }),

    'new items appear in the open document': inThreads({}, async (stage) => {
      const threadId = await newThread(stage, 2);
      const document = await opened('chatkit.openTranscript', { connectionId: 'a', threadId });
      const body = {
        type: 'chatkit.user_message',
        content: [{ type: 'input_text', text: 'added later' }],
        attachments: [],
        inference_options: null,
      };
      await stage.control('POST', `threads/${threadId}`, { items: [{ created_at: 2_000_001_000, body }] });
      const changed = next(vscode.workspace.onDidChangeTextDocument, 'the new text', (event) =>
        event.document.getText().includes('added later'),
      );
      await run('chatkit.refreshDocument', document.uri);
      await changed;
      assert.equal(document.getText().match(/^## User · /gm)?.length, 3);
    }),

    'a document is loaded when it is reopened after a reload': inThreads({}, async (stage) => {
      const threadId = await newThread(stage, 3);
      const uri = vscode.Uri.parse(`chatkit:/a/${threadId}.md`);
      const document = await vscode.workspace.openTextDocument(uri);
      assert.equal(document.getText().match(/^## User · /gm)?.length, 3);
      const store = stage.model.store('a');
      const item = store?.items(threadId).windows[0]?.items[0];
      assert.ok(item);
    }),

    'a path of a missing thread shows an error': inThreads({}, async () => {
      for (const path of ['/a/cthr_none.json', '/a/cthr_none.md', '/b/cthr_1.json', '/nonsense']) {
        await assert.rejects(
          async () => vscode.workspace.fs.readFile(vscode.Uri.from({ scheme: 'chatkit', path })),
          path,
        );
      }
    }),

    'an item that does not exist shows one error': inThreads({}, async (stage) => {
      const threadId = await newThread(stage, 2);
      const uri = vscode.Uri.from({ scheme: 'chatkit', path: `/a/${threadId}/cti_none.json` });
      await assert.rejects(async () => vscode.workspace.fs.readFile(uri), /item no longer exists/);
    }),

    'a server error shows one notification and opens no editor': inThreads({}, async (stage) => {
      const threadId = await newThread(stage, 2);
      await stage.fault({ kind: 'forbidden', times: null });
      await listening([], async (heard) => {
        await run('chatkit.openTranscript', { connectionId: 'a', threadId });
        assert.equal(heard.length, 1);
        assert.equal(vscode.window.activeTextEditor, undefined);
      });
    }),
  },
};

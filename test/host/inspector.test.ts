import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { originOf } from '../../src/chatkit/common/connection.ts';
import type { ThreadRef } from '../../src/chatkit/common/model/thread.ts';
import { openLocation } from '../../src/base/vscode/openLocation.ts';
import { webviewHtml, webviewRoot } from '../../src/base/vscode/webviewHtml.ts';
import type { Services } from '../../src/connections/vscode/services.ts';
import { activated } from '../support/activated.ts';
import { saveKey, withSandbox, writeConnections } from '../support/hostConnections.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { until } from '../support/hostWait.ts';

/** Returns the titles of the inspector's tabs in tab order. */
const tabs = () =>
  vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('chatkit.thread'));
const labels = () => tabs().map(({ label }) => label);

const open = (target: ThreadRef & { readonly preview?: boolean; readonly itemId?: string }) =>
  vscode.commands.executeCommand('chatkit.openThread', target);

/** Runs a case with a sandbox as connection `a` and its first three threads, and closes the tabs afterwards. */
async function withThreads(
  action: (parts: {
    readonly services: Services;
    readonly refs: readonly ThreadRef[];
    readonly titles: readonly string[];
  }) => Promise<void>,
): Promise<void> {
  const services = await activated();
  await withSandbox(services, async ({ baseUrl, apiKey }) => {
    await writeConnections(services, [{ id: 'a', name: 'A', kind: 'openai', url: baseUrl }]);
    await saveKey(services, 'a', originOf(baseUrl), apiKey);
    const store = services.connections.store('a');
    await store.refreshList(new AbortController().signal);
    const threads = store.list.threads.filter(({ title }) => title !== null).slice(0, 3);
    assert.equal(threads.length, 3);
    try {
      await action({
        services,
        refs: threads.map(({ id }) => ({ connectionId: 'a', threadId: id })),
        titles: threads.map(({ title }) => title ?? ''),
      });
    } finally {
      await vscode.window.tabGroups.close(tabs());
    }
  });
}

export const suite: HostSuite = {
  name: 'inspector',
  cases: {
    'a thread opens in one panel with its title': async () => {
      await withThreads(async ({ services, refs: [first, second], titles }) => {
        assert.ok(first && second);
        await open(first);
        await open(second);
        await open(first);
        await until(() => labels().length === 2, 'two panels');
        assert.deepEqual(labels(), titles.slice(0, 2));
        assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, titles[0]);
        await until(
          () => services.connections.store('a').items(first.threadId).asOf !== null,
          'the items, loaded automatically',
        );
      });
    },

    'a page runs with its nonce and answers its host': async () => {
      const { context } = await activated();
      const { extensionUri } = context;
      const panel = vscode.window.createWebviewPanel('test', 'Test', vscode.ViewColumn.Active, {
        enableScripts: true,
        localResourceRoots: [webviewRoot(extensionUri)],
      });
      try {
        const messages: string[] = [];
        panel.webview.onDidReceiveMessage((message: unknown) => messages.push(JSON.stringify(message)));
        panel.webview.html = webviewHtml(panel.webview, extensionUri, 'Test', { connectionId: 'c', threadId: 't' });
        await until(() => messages.some((message) => message.includes('"ready"')), 'the first request of the page');
        const request = { type: 'request', id: 4711, method: 'unknown', params: {} };
        await panel.webview.postMessage(JSON.stringify(request));
        await until(() => messages.some((message) => message.includes('4711')), 'an answer to the host');
      } finally {
        panel.dispose();
      }
    },

    'previews share one panel; a thread that is opened permanently has its own panel': async () => {
      await withThreads(async ({ refs: [first, second, third], titles }) => {
        assert.ok(first && second && third);
        await open({ ...first, preview: true });
        await until(() => labels().join() === titles[0], 'the first preview');
        await open({ ...second, preview: true });
        await until(() => labels().join() === titles[1], 'the second preview, in its place');
        await open(second);
        await open({ ...third, preview: true });
        await until(() => labels().length === 2, 'a panel that stayed and a preview');
        assert.deepEqual(labels(), titles.slice(1, 3));
      });
    },

    'a pinned preview is not replaced': async () => {
      await withThreads(async ({ refs: [first, second], titles }) => {
        assert.ok(first && second);
        await open({ ...first, preview: true });
        await until(() => labels().length === 1, 'the preview');
        // The command applies to the active panel, so a panel that was opened without focus needs it first.
        await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
        await vscode.commands.executeCommand('chatkit.pinThread');
        await open({ ...second, preview: true });
        await until(() => labels().length === 2, 'two panels');
        assert.deepEqual(labels(), titles.slice(0, 2));
      });
    },

    'the title of a deleted thread shows that it is deleted': async () => {
      await withThreads(async ({ services, refs: [first], titles }) => {
        assert.ok(first);
        await open(first);
        await until(() => labels().length === 1, 'the panel');
        await services.connections.store('a').deleteThread(first.threadId, new AbortController().signal);
        await until(() => labels()[0] === `${titles[0]} (deleted)`, 'the title of a deleted thread');
      });
    },

    'the panels of a removed connection remain open': async () => {
      await withThreads(async ({ services, refs: [first] }) => {
        assert.ok(first);
        await open(first);
        await until(() => labels().length === 1, 'the panel');
        await writeConnections(services, []);
        assert.equal(labels().length, 1);
        await open({ connectionId: 'nowhere', threadId: 'cthr_nothing' });
        await until(() => labels().length === 2, 'a panel that reports the missing connection');
      });
    },

    'a stack trace opens the file of the workspace with the longest common path, at its line': async () => {
      await activated();
      const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
      assert.ok(folder);
      const root = vscode.Uri.joinPath(folder, 'locations');
      const file = (path: string) => vscode.Uri.joinPath(root, path);
      for (const path of ['a/tools/x.py', 'b/tools/x.py', 'only.ts'])
        await vscode.workspace.fs.writeFile(file(path), new TextEncoder().encode('one\ntwo\nthree four\n'));
      const active = () => vscode.window.activeTextEditor;
      try {
        await openLocation({ path: '/srv/app/locations/b/tools/x.py', line: 2, column: null });
        assert.equal(active()?.document.uri.path, file('b/tools/x.py').path);
        assert.equal(active()?.selection.active.line, 1);
        // Only the end of the path is in the workspace.
        await openLocation({ path: String.raw`C:\elsewhere\a\tools\x.py`, line: 3, column: 7 });
        assert.equal(active()?.document.uri.path, file('a/tools/x.py').path);
        assert.deepEqual([active()?.selection.active.line, active()?.selection.active.character], [2, 6]);
        await openLocation({ path: 'only.ts', line: 1, column: null });
        assert.equal(active()?.document.uri.path, file('only.ts').path);
        // Nothing outside of the workspace is opened.
        await openLocation({ path: '../../etc/hosts', line: 1, column: null });
        await openLocation({ path: '/etc/passwd', line: 1, column: null });
        assert.equal(active()?.document.uri.path, file('only.ts').path);
      } finally {
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        await vscode.workspace.fs.delete(root, { recursive: true });
      }
    },
  },
};

import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import * as vscode from 'vscode';
import { originOf } from '../../src/chatkit/common/connection.ts';
import type { Json } from '../../src/base/common/json.ts';
import { EventLogs } from '../../src/eventLog/common/responseRecorder.ts';
import { SendAgain } from '../../src/inspector/vscode/sendAgain.ts';
import type { Services } from '../../src/connections/vscode/services.ts';
import { toWireCommand } from '../../src/chatkit/common/wire/server/command.ts';
import { ConversationService } from '../../src/conversation/vscode/conversationService.ts';
import type { ResponseStream } from '../../src/conversation/vscode/responseStream.ts';
import type { Sandbox } from '../../src/sandbox/node/sandbox.ts';
import { TestThread } from '../../src/testing/node/testThread.ts';
import { acceptSnapshots } from '../../src/testing/vscode/fileRun.ts';
import { TestExplorer } from '../../src/testing/vscode/testing.ts';
import { activated } from '../support/activated.ts';
import { saveKey, withSandbox, writeConnections } from '../support/hostConnections.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { until } from '../support/hostWait.ts';

const { signal } = new AbortController();

/** Runs a case with the sandbox's server as the connection `Mine`. */
async function withMine(action: (services: Services, sandbox: Sandbox) => Promise<void>): Promise<void> {
  const services = await activated();
  await withSandbox(services, async (sandbox) => {
    await writeConnections(services, [
      { id: 'mine', name: 'Mine', kind: 'server', url: sandbox.serverUrl, headers: ['authorization'] },
    ]);
    await saveKey(services, 'mine', originOf(sandbox.serverUrl), sandbox.apiKey);
    try {
      await action(services, sandbox);
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  });
}

async function withExplorer(action: (explorer: TestExplorer, services: Services) => Promise<void>): Promise<void> {
  await withMine(async (services) => {
    const script = vscode.Uri.joinPath(services.context.extensionUri, 'dist', 'evaluationWorker.cjs').fsPath;
    const thread = new TestThread({ script });
    const controller = vscode.tests.createTestController('chatkit-after-save', 'After save');
    const explorer = new TestExplorer(controller, { services, logs: new EventLogs(), thread });
    try {
      await action(explorer, services);
    } finally {
      explorer.dispose();
      controller.dispose();
      thread.dispose();
    }
  });
}

async function write(name: string, content: Json): Promise<vscode.Uri> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder);
  const uri = vscode.Uri.joinPath(folder, name);
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Changes a file in an editor and saves it, as a user does. */
async function editAndSave(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(document.lineCount, 0), '\n');
  assert.ok(await vscode.workspace.applyEdit(edit));
  assert.ok(await document.save());
}

/** Sends a command and waits for the end of its response. */
async function sent(conversations: ConversationService, say: string, tag?: string): Promise<ResponseStream> {
  const content = [
    { type: 'text', text: say } as const,
    ...(tag === undefined ? [] : [{ type: 'tag', id: tag, text: tag, data: { key: tag }, group: 'People' } as const]),
  ];
  const ref = { connectionId: 'mine', threadId: `new ${say}` };
  const input = { content, attachments: [], quotedText: null, model: null, toolChoice: null };
  const response = conversations.sendCommand(ref, { type: 'createThread', input });
  assert.equal((await response.ended).reason, 'done');
  return response;
}

/** The next response that starts. */
function started(conversations: ConversationService): Promise<ResponseStream> {
  return new Promise((resolve) => {
    const stop = conversations.onDidStart((response) => {
      stop();
      resolve(response);
    });
  });
}

const snapshotTest = (say: string): Json => ({
  connection: 'Mine',
  tests: [{ name: 'one', steps: [{ say, expect: { snapshot: true, exactly: [{ kind: 'widget' }] } }] }],
});

export const suite: HostSuite = {
  name: 'after a save',
  cases: {
    'a continuous run repeats all tests for a file of the server, and only its own for a test file': async () => {
      await withExplorer(async (explorer, services) => {
        const [first, second] = [
          await write('first.chatkit-test.json', snapshotTest('/text')),
          await write('second.chatkit-test.json', snapshotTest('/task')),
        ];
        await explorer.tree.discover();
        const server = await write('server.py', 'x = 1\n');
        const items = [first, second].map((uri) => explorer.tree.fileItem(uri));
        const cancel = new vscode.CancellationTokenSource();
        const request = new vscode.TestRunRequest(
          items.flatMap((item) => item ?? []),
          undefined,
          explorer.profile,
          true,
        );
        const running = Promise.resolve(explorer.profile.runHandler(request, cancel.token));
        const failed = (uri: vscode.Uri) => explorer.failures.snapshotsOf(uri).size > 0;
        const source = services.connections.source('mine');
        const threads = async () => (await source.listThreads({ limit: 100, order: 'desc' }, signal)).data.length;
        const before = await threads();

        await editAndSave(second);
        await until(() => failed(second), 'the run of the test file');
        assert.equal(failed(first), false);
        assert.equal(await threads(), before + 1);

        await editAndSave(server);
        await until(() => failed(first), 'the run of the other test file');
        await until(async () => (await threads()) === before + 3, 'the runs of both files');

        cancel.cancel();
        await running;
      });
    },

    'Accept Snapshot on a test with several failures finds the snapshot': async () => {
      await withExplorer(async (explorer) => {
        const uri = await write('several.chatkit-test.json', snapshotTest('/text'));
        await explorer.tree.discover();
        const file = explorer.tree.fileItem(uri);
        assert.ok(file);
        const run = async () => {
          const request = new vscode.TestRunRequest([file], undefined, explorer.profile);
          await explorer.profile.runHandler(request, new vscode.CancellationTokenSource().token);
        };
        await run();
        const item = file.children.get('one');
        const snapshots = () => explorer.failures.find(item).map(({ snapshot }) => snapshot?.key ?? null);
        assert.deepEqual(new Set(snapshots()), new Set(['one › step 1', null]));
        assert.deepEqual(
          [...explorer.failures.acceptable(item)].map(([key]) => key),
          ['one › step 1'],
        );

        // After it was accepted, the test still fails, and has no snapshot to accept.
        await acceptSnapshots(uri, explorer.failures.acceptable(item));
        const folder = vscode.Uri.joinPath(uri, '../__snapshots__');
        const [name] = (await readdir(folder.fsPath)).filter((file) => file.startsWith('several.'));
        const modeOf = async ({ fsPath }: vscode.Uri) => (await stat(fsPath)).mode;
        assert.equal(await modeOf(vscode.Uri.joinPath(folder, name ?? '')), await modeOf(uri), 'others can read it');
        await run();
        assert.deepEqual(new Set(snapshots()), new Set([null]));
        assert.equal(explorer.failures.acceptable(item).size, 0);
        assert.equal(explorer.failures.snapshotsOf(uri).size, 0);
      });
    },

    'Send Again on Save sends the last message to a new thread, with its mentions': async () => {
      await withMine(async (services) => {
        const conversations = new ConversationService(services.connections);
        const shown: string[] = [];
        const sendAgain = new SendAgain({
          services,
          conversations,
          showNewThread: (connectionId) => {
            shown.push(connectionId);
            return { connectionId, threadId: `again-${shown.length}` };
          },
        });
        try {
          const { threadId } = await sent(conversations, '/text ', 'ann');
          assert.ok(threadId);
          const ref = { connectionId: 'mine', threadId };
          const server = await write('app.py', 'x = 1\n');
          sendAgain.toggle(ref, true);
          const again = started(conversations);
          await editAndSave(server);
          const response = await again;
          assert.equal((await response.ended).reason, 'done');
          assert.notEqual(response.threadId, threadId);
          assert.deepEqual(shown, ['mine']);
          const { input } = toWireCommand(response.command).params as { readonly input: { readonly content: Json } };
          assert.deepEqual(input.content, [
            { type: 'input_text', text: '/text ' },
            { type: 'input_tag', id: 'ann', text: 'ann', data: { key: 'ann' }, group: 'People' },
          ]);

          // Off for one thread, on for another one.
          const other = await sent(conversations, '/notice');
          sendAgain.toggle({ connectionId: 'mine', threadId: other.threadId ?? '' }, true);
          sendAgain.toggle(ref, false);
          const second = started(conversations);
          await editAndSave(server);
          const { command, ended } = await second;
          assert.equal(command.type === 'createThread' && command.input.content[0]?.text, '/notice');
          await ended;
          assert.deepEqual(shown, ['mine', 'mine']);
        } finally {
          sendAgain.dispose();
          conversations.dispose();
        }
      });
    },
  },
};

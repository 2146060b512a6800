import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { originOf } from '../../src/chatkit/common/connection.ts';
import type { ThreadRef } from '../../src/chatkit/common/model/thread.ts';
import type { Services } from '../../src/connections/vscode/services.ts';
import { readThread, runScript } from '../../src/conversation/common/script/runScript.ts';
import { threadFileEnd, threadFileItem, threadFileStart } from '../../src/export/common/format.ts';
import { EventLogs } from '../../src/eventLog/common/responseRecorder.ts';
import type { Sandbox } from '../../src/sandbox/node/sandbox.ts';
import { systemClock } from '../../src/testing/node/systemClock.ts';
import { TestThread } from '../../src/testing/node/testThread.ts';
import { Failures, type RunReport, TestRuns } from '../../src/testing/vscode/testRuns.ts';
import { acceptSnapshots } from '../../src/testing/vscode/fileRun.ts';
import { TestExplorer } from '../../src/testing/vscode/testing.ts';
import { TestTree } from '../../src/testing/vscode/testTree.ts';
import { activated } from '../support/activated.ts';
import { saveKey, withSandbox, writeConnections } from '../support/hostConnections.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { listening } from '../support/hostSessions.ts';
import { until } from '../support/hostWait.ts';

const { signal } = new AbortController();

interface Rig {
  readonly services: Services;
  readonly sandbox: Sandbox;
  readonly logs: EventLogs;
  readonly tree: TestTree;
  readonly controller: vscode.TestController;
  readonly failures: Failures;
  /** Runs all tests of a file; each result as `passed name` or `failed name: message`. */
  run(
    uri: vscode.Uri,
    options?: { readonly repeat?: number; readonly onStart?: () => void; readonly stop?: AbortSignal },
  ): Promise<{
    readonly results: readonly string[];
    readonly messages: readonly vscode.TestMessage[];
    readonly output: string;
  }>;
}

/** Runs a case with the sandbox's server as the connection `Mine`, and a controller of its own. */
async function withRig(action: (rig: Rig) => Promise<void>): Promise<void> {
  const services = await activated();
  await withSandbox(services, async (sandbox) => {
    await writeConnections(services, [
      { id: 'mine', name: 'Mine', kind: 'server', url: sandbox.serverUrl, headers: ['authorization'] },
    ]);
    await saveKey(services, 'mine', originOf(sandbox.serverUrl), sandbox.apiKey);
    const script = vscode.Uri.joinPath(services.context.extensionUri, 'dist', 'evaluationWorker.cjs').fsPath;
    const thread = new TestThread({ script });
    const controller = vscode.tests.createTestController('chatkit-in-host', 'In-host');
    const tree = new TestTree(controller, thread);
    const logs = new EventLogs();
    const failures = new Failures();
    const runs = new TestRuns({ services, logs, thread, tree, failures });
    const run: Rig['run'] = async (uri, { repeat, onStart, stop = signal } = {}) => {
      await tree.discover();
      const item = controller.items.get(uri.toString());
      assert.ok(item, `${uri.toString()} was not discovered`);
      const results: string[] = [];
      const messages: vscode.TestMessage[] = [];
      let output = '';
      const failed =
        (word: string) =>
        ({ label }: vscode.TestItem, message: vscode.TestMessage | readonly vscode.TestMessage[]) => {
          const all = Array.isArray(message)
            ? (message as readonly vscode.TestMessage[])
            : [message as vscode.TestMessage];
          messages.push(...all);
          results.push(`${word} ${label}: ${all.map((one) => String(one.message)).join(' | ')}`);
        };
      const report: RunReport = {
        enqueued: () => undefined,
        started: () => onStart?.(),
        appendOutput: (text) => void (output += text),
        skipped: ({ label }) => void results.push(`skipped ${label}`),
        passed: ({ label }) => void results.push(`passed ${label}`),
        failed: failed('failed'),
        errored: failed('errored'),
      };
      await runs.run([item], new Set(), report, stop, { repeat });
      return { results, messages, output };
    };
    try {
      await action({ services, sandbox, logs, tree, controller, failures, run });
    } finally {
      tree.dispose();
      controller.dispose();
      thread.dispose();
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  });
}

/** A conversation with a tool call and a widget action; its id. */
async function conversation({ services }: Rig): Promise<ThreadRef> {
  const result = await runScript(
    services.connections.source('mine'),
    [
      { type: 'say', text: '/tool', files: [], quote: null, model: null, tool: null },
      { type: 'answerTool', tool: 'get_location', output: { city: 'Oslo' } },
      { type: 'say', text: '/widget order', files: [], quote: null, model: null, tool: null },
    ],
    { signal, clock: systemClock },
  );
  assert.equal(result.failure, null);
  assert.ok(result.threadId);
  return { connectionId: 'mine', threadId: result.threadId };
}

const folder = (): vscode.Uri => {
  const uri = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(uri);
  return uri;
};

async function write(name: string, content: string | object): Promise<vscode.Uri> {
  const uri = vscode.Uri.joinPath(folder(), name);
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Makes a test. The question is answered with its first choice, the structure. */
async function made(target: ThreadRef | vscode.Uri): Promise<vscode.TextDocument> {
  const making = vscode.commands.executeCommand('chatkit.makeTest', target);
  const isOpen = () => vscode.window.activeTextEditor?.document.uri.path.endsWith('.chatkit-test.json') === true;
  await until(async () => {
    if (!isOpen()) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return isOpen();
  }, 'the test');
  await making;
  const { document } = vscode.window.activeTextEditor ?? {};
  assert.ok(document);
  await until(() => document.getText() !== '', 'its text');
  return document;
}

const testOf = (say: string, expect: object) => ({
  connection: 'Mine',
  tests: [{ name: 'one', steps: [{ say, expect }] }],
});

export const suite: HostSuite = {
  name: 'conversation tests',
  cases: {
    'Make Test opens an untitled file that passes unchanged, and fails on a fault': async () => {
      await withRig(async (rig) => {
        const ref = await conversation(rig);
        const document = await made(ref);
        assert.equal(document.languageId, 'jsonc');
        assert.match(document.getText(), /"connection": "Mine"/);
        assert.deepEqual((await rig.run(document.uri)).results, ['passed Tool']);
        // A fault of the server, and then its fix.
        const faults = `${new URL(rig.sandbox.serverUrl).origin}/sandbox/faults`;
        const headers = { authorization: `Bearer ${rig.sandbox.apiKey}`, 'content-type': 'application/json' };
        const fault = JSON.stringify({ kind: 'cut', bytes: 600, times: null });
        assert.equal((await fetch(faults, { method: 'POST', headers, body: fault })).ok, true);
        assert.match((await rig.run(document.uri)).results[0] ?? '', /^failed Tool: /);
        assert.equal((await fetch(faults, { method: 'DELETE', headers })).ok, true);
        assert.deepEqual((await rig.run(document.uri)).results, ['passed Tool']);
      });
    },

    'Run Test at Cursor on a test that was just made saves it and runs it; its file row has the failures': async () => {
      await withRig(async ({ services, logs }) => {
        const text = JSON.stringify(testOf('/text', { contains: [{ kind: 'widget' }] }), null, 2);
        const uri = vscode.Uri.joinPath(folder(), 'just-made.chatkit-test.json');
        const script = vscode.Uri.joinPath(services.context.extensionUri, 'dist', 'evaluationWorker.cjs').fsPath;
        const thread = new TestThread({ script });
        const controller = vscode.tests.createTestController('chatkit-at-cursor', 'At cursor');
        const explorer = new TestExplorer(controller, { services, logs, thread });
        try {
          const document = await vscode.workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
          const editor = await vscode.window.showTextDocument(document, { preview: false });
          await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
          await explorer.tree.discover();
          assert.ok(explorer.tree.fileItem(document.uri));
          await vscode.commands.executeCommand('testing.runAtCursor');
          const [failure, ...others] = explorer.failures.find({ id: 'one', uri });
          assert.ok(failure?.thread);
          assert.deepEqual(others, []);
          assert.deepEqual(explorer.failures.find(explorer.tree.fileItem(uri)), [failure]);
          assert.equal(explorer.tree.fileItem(document.uri), undefined);
        } finally {
          explorer.dispose();
          controller.dispose();
          thread.dispose();
          await vscode.workspace.fs.delete(uri);
        }
      });
    },

    'Make Test of a saved event log passes unchanged': async () => {
      await withRig(async (rig) => {
        const source = rig.services.connections.source('mine');
        const say = { type: 'say', text: '/task', files: [], quote: null, model: null, tool: null } as const;
        const { steps } = await runScript(source, [say], { signal, clock: systemClock });
        const head = {
          format: 'chatkit-inspector/events',
          version: 1,
          command: 'threads.create',
          connection: { name: 'Mine', kind: 'server', url: 'http://localhost/chatkit' },
          startedAt: '2026-11-29T10:00:00Z',
        };
        const rows = (steps[0]?.events ?? []).map(({ raw }, at) => ({ at, bytes: 1, data: raw }));
        const log = await write('e.chatkit-events.jsonl', [head, ...rows].map((row) => JSON.stringify(row)).join('\n'));
        const document = await made(log);
        assert.match(document.getText(), /"say": "\/task"/);
        assert.deepEqual(
          (await rig.run(document.uri)).results.map((result) => result.split(' ')[0]),
          ['passed'],
        );
      });
    },

    'Make Test of an export passes unchanged': async () => {
      await withRig(async (rig) => {
        const { threadId } = await conversation(rig);
        const source = rig.services.connections.source('mine');
        const { thread, items } = await readThread(source, threadId, signal);
        assert.ok(thread);
        const connection = { name: 'Mine', kind: 'server', url: rig.sandbox.serverUrl } as const;
        const start = threadFileStart({ version: 1, exportedAt: '2026-11-29T10:00:00Z', connection }, thread.raw);
        const rows = items.map(({ raw }, index) => threadFileItem(raw, index === 0));
        const document = await made(await write('e.chatkit.json', start + rows.join('') + threadFileEnd));
        assert.match(document.getText(), /"connection": "Mine"/);
        assert.match(document.getText(), /"answerTool": "get_location"/);
        assert.deepEqual((await rig.run(document.uri)).results, ['passed Tool']);
      });
    },

    'Run Again and Fork from Here list side effects first, and send nothing when cancelled': async () => {
      await withRig(async (rig) => {
        const ref = await conversation(rig);
        const source = rig.services.connections.source('mine');
        const threads = async () => (await source.listThreads({ limit: 100, order: 'desc' }, signal)).data.length;
        const before = await threads();
        const { items } = await readThread(source, ref.threadId, signal);
        const last = items.findLast(({ kind }) => kind === 'user_message');
        await listening([], async (heard) => {
          await vscode.commands.executeCommand('chatkit.runAgain', ref);
          await vscode.commands.executeCommand('chatkit.forkFromHere', { ...ref, itemId: last?.id ?? '' });
          assert.deepEqual(
            heard.map(({ text, buttons }) => [text, buttons]),
            [
              ['Run this conversation again?', ['Run Again']],
              ['Run this conversation again up to the selected item?', ['Fork']],
            ],
          );
          for (const { detail } of heard) assert.match(detail, /2 messages\n• outputs of tools: get_location/);
        });
        assert.equal(await threads(), before);
        await listening(['Run Again'], async () => {
          await vscode.commands.executeCommand('chatkit.runAgain', ref);
        });
        assert.equal(await threads(), before + 1);
      });
    },

    'Fork from Here repeats a thread up to an item, and compares it through its response': async () => {
      await withRig(async (rig) => {
        const source = rig.services.connections.source('mine');
        const say = (text: string) => ({ type: 'say', text, files: [], quote: null, model: null, tool: null }) as const;
        const { threadId, items } = await runScript(source, [say('/task'), say('/text')], {
          signal,
          clock: systemClock,
        });
        assert.ok(threadId);
        const before = new Set(
          (await source.listThreads({ limit: 100, order: 'desc' }, signal)).data.map(({ id }) => id),
        );
        const item = { connectionId: 'mine', threadId, itemId: items[0]?.id ?? '' };
        await vscode.commands.executeCommand('chatkit.forkFromHere', item);
        const forks = (await source.listThreads({ limit: 100, order: 'desc' }, signal)).data.filter(
          ({ id }) => !before.has(id),
        );
        assert.equal(forks.length, 1);
        const { data } = await source.listItems(forks[0]?.id ?? '', { limit: 100, order: 'asc' }, signal);
        assert.deepEqual(data.filter(({ kind }) => kind === 'user_message').length, 1);
        const tabs = () => vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
        await until(() => tabs().some((label) => label.includes(' ↔ ')), 'the comparison');
      });
    },

    'Run 5 Times shows how many runs passed': async () => {
      await withRig(async (rig) => {
        const uri = await write('f.chatkit-test.json', testOf('/notice', { notices: 'none' }));
        const { results, output } = await rig.run(uri, { repeat: 5 });
        assert.match(results[0] ?? '', /^failed one: unexpected notices: /);
        assert.match(output, /0 of 5 runs passed/);
        assert.match(output, /5× unexpected notices: /);
        assert.equal(rig.controller.items.get(uri.toString())?.children.get('one')?.description, '0/5');
      });
    },

    'a cancelled run skips the test that was running, and starts no other': async () => {
      await withRig(async (rig) => {
        const stop = new AbortController();
        const steps = [{ wait: 60_000 }];
        const tests = ['one', 'two'].map((name) => ({
          name,
          steps: [{ say: '/notice' }, ...steps],
        }));
        const uri = await write('g.chatkit-test.json', { connection: 'Mine', tests });
        const { results } = await rig.run(uri, { stop: stop.signal, onStart: () => stop.abort() });
        assert.deepEqual(results, ['skipped one']);
      });
    },

    'Run Again repeats messages in a new thread and ends in a comparison': async () => {
      await withRig(async (rig) => {
        const source = rig.services.connections.source('mine');
        const say = { type: 'say', text: '/task', files: [], quote: null, model: null, tool: null } as const;
        const { threadId } = await runScript(source, [say], { signal, clock: systemClock });
        assert.ok(threadId);
        const before = (await source.listThreads({ limit: 100, order: 'desc' }, signal)).data.length;
        await vscode.commands.executeCommand('chatkit.runAgain', { connectionId: 'mine', threadId });
        const { data } = await source.listThreads({ limit: 100, order: 'desc' }, signal);
        assert.equal(data.length, before + 1);
        assert.ok(data.some(({ id }) => id === threadId));
        const isComparison = () =>
          vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputWebview &&
          / ↔ /.test(vscode.window.tabGroups.activeTabGroup.activeTab.label);
        await until(isComparison, 'the comparison');
      });
    },

    'a failure is at its line, with a diff, its thread and its event log': async () => {
      await withRig(async (rig) => {
        const uri = await write(
          'a.chatkit-test.json',
          testOf('/text', { exactly: [{ kind: 'assistant_message', text: 'Something else' }] }),
        );
        const { results, messages } = await rig.run(uri);
        assert.equal(results.length, 1);
        const [message] = messages;
        assert.ok(message);
        const { document } = await vscode.window.showTextDocument(uri);
        assert.match(document.lineAt(message.location?.range.start.line ?? 0).text, /Something else/);
        assert.equal(message.expectedOutput, 'Something else');
        assert.match(message.actualOutput ?? '', /Three ways to Lisbon/);
        assert.match(message.contextValue ?? '', /^chatkit thread log #\d+$/);
        const [failure] = rig.failures.find({ message });
        assert.ok(failure?.thread);
        // A test with a single failure is one row of the results, whose menu passes the test.
        assert.deepEqual(rig.failures.find(rig.controller.items.get(uri.toString())?.children.get('one')), [failure]);
        const responses = rig.logs.responses('mine', failure.thread.threadId);
        assert.deepEqual(
          responses.map(({ command, id }) => [command, id]),
          [['threads.create', failure.responseId]],
        );
        assert.ok((responses[0]?.events.length ?? 0) > 3);
      });
    },

    'an accepted snapshot makes the test pass': async () => {
      await withRig(async (rig) => {
        const uri = await write('b.chatkit-test.json', testOf('/task', { snapshot: true }));
        assert.match((await rig.run(uri)).results[0] ?? '', /^failed one: No snapshot "one › step 1" is saved yet/);
        await acceptSnapshots(uri, rig.failures.snapshotsOf(uri));
        assert.deepEqual((await rig.run(uri)).results, ['passed one']);
        const saved = vscode.Uri.joinPath(folder(), '__snapshots__', 'b.chatkit-snapshots.json');
        assert.match(new TextDecoder().decode(await vscode.workspace.fs.readFile(saved)), /"one › step 1"/);
      });
    },

    'a file with an error shows it, and nothing runs': async () => {
      await withRig(async (rig) => {
        const uri = await write('c.chatkit-test.json', '{ "tests": [{ "name": "one", "steps": [{ "sya": "x" }] }] }');
        const { results } = await rig.run(uri);
        assert.match(results[0] ?? '', /^errored one: .*did you mean say\?/);
        assert.match(String(rig.controller.items.get(uri.toString())?.error), /did you mean say\?/);
      });
    },

    'a file outside of the folder is never sent': async () => {
      await withRig(async (rig) => {
        const steps = [{ say: 'x', files: ['../../../etc/hostname'] }];
        const uri = await write('d.chatkit-test.json', { connection: 'Mine', tests: [{ name: 'one', steps }] });
        const { results } = await rig.run(uri);
        assert.match(results[0] ?? '', /outside of the folder/);
      });
    },
  },
};

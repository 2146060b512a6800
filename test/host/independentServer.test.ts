// A connection of kind `server` with an independent self-hosted server (test/support/nodePort).
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ThreadItem } from '../../src/chatkit/common/model/item.ts';
import type { ThreadRef } from '../../src/chatkit/common/model/thread.ts';
import { Times } from '../../src/threads/common/summary/times.ts';
import { CompareSelection } from '../../src/threads/vscode/compare/selection.ts';
import { InspectorPanels } from '../../src/inspector/vscode/panels.ts';
import { retryFromHere } from '../../src/inspector/vscode/retryFromHere.ts';
import type { Services } from '../../src/connections/vscode/services.ts';
import { deleteThreads } from '../../src/threads/vscode/deleteThreads.ts';
import { ThreadsModel } from '../../src/threads/vscode/model/threadsModel.ts';
import type { ThreadsNode } from '../../src/threads/vscode/model/nodes.ts';
import { ThreadsProvider } from '../../src/threads/vscode/view/threadsView.ts';
import { ViewState } from '../../src/threads/vscode/model/viewState.ts';
import { activated } from '../support/activated.ts';
import { writeConnections } from '../support/hostConnections.ts';
import { listening } from '../support/hostSessions.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { until } from '../support/hostWait.ts';
import { MementoDouble } from '../support/memento.ts';
import { silentLog } from '../support/silentLog.ts';
import { message, textOf } from '../support/conversationText.ts';

const { signal } = new AbortController();
const connectionId = 'p';

let servers = 0;

interface Stage {
  readonly services: Services;
  readonly model: ThreadsModel;
  readonly panels: InspectorPanels;
  /** Creates a thread as another client of the same server, and returns its id. */
  seed(text: string): Promise<string>;
  /** Sends a request as another client of the same server, and returns the text of the response. */
  ask(type: string, params: object): Promise<string>;
  /** Continues the paused answers. */
  release(): Promise<void>;
  /** Expands a row of the tree and returns the labels of its children. */
  rows(node: ThreadsNode): Promise<readonly string[]>;
  items(ref: ThreadRef): readonly ThreadItem[];
}

/** Runs a case with an empty server as connection `p`. */
async function withPeer(action: (stage: Stage) => Promise<void>): Promise<void> {
  const services = await activated();
  // If the real view were visible, it would request the same threads.
  await vscode.commands.executeCommand('workbench.view.explorer');
  const base = process.env['CHATKIT_NODE_PORT'];
  assert.ok(base, 'The server was not started');
  const url = `${base}/host${(servers += 1)}`;
  await writeConnections(services, [{ id: connectionId, name: 'Peer', kind: 'server', url }]);
  const state = new ViewState(new MementoDouble());
  const model = new ThreadsModel({ connections: services.connections, state, pageSize: () => 20 });
  const context = { model, times: new Times('en'), now: Date.now };
  const provider = new ThreadsProvider(context);
  const panels = new InspectorPanels(services, new CompareSelection(services.connections));
  const ask = async (type: string, params: object): Promise<string> => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ type, params }) });
    return response.text();
  };
  try {
    await action({
      services,
      model,
      panels,
      ask,
      async seed(text) {
        const input = { content: [{ type: 'input_text', text }], attachments: [], inference_options: {} };
        const frames = await ask('threads.create', { input });
        return /"thread":\{"id":"([^"]+)"/.exec(frames)?.[1] ?? assert.fail(frames);
      },
      release: async () => void (await fetch(`${url}/release`, { method: 'POST' })),
      async rows(node) {
        const nodes = await provider.getChildren(node);
        return nodes.map((child) => String(provider.getTreeItem(child).label));
      },
      items: ({ threadId }) =>
        services.connections
          .store(connectionId)
          .items(threadId)
          .windows.flatMap(({ items }) => items),
    });
  } finally {
    panels.dispose();
    model.dispose();
    state.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await writeConnections(services, []);
  }
}

const inPeer = (action: (stage: Stage) => Promise<void>) => () => withPeer(action);

export const suite: HostSuite = {
  name: 'independent server',
  cases: {
    'the tree shows its threads, newest first, and their items': inPeer(async ({ seed, model, rows }) => {
      const [first, second] = [await seed('one'), await seed('two')];
      assert.equal((await rows(model.rows.connection(connectionId))).length, 2);
      assert.deepEqual(
        model.matching(connectionId).map(({ id }) => id),
        [second, first],
      );
      const items = await rows(model.rows.thread({ connectionId, threadId: first }));
      assert.deepEqual(items, ['one', 'Echo: one']);
    }),

    'a panel shows the items of a thread': inPeer(async ({ seed, panels, items }) => {
      const ref = { connectionId, threadId: await seed('one') };
      panels.open(ref, {});
      await until(() => items(ref).length === 2, 'the items');
      assert.equal(textOf(items(ref)[1]), 'Echo: one');
    }),

    'the response in a new thread streams, and a stopped response remains': inPeer(async (stage) => {
      const { panels, release, items, ask, model, rows } = stage;
      assert.deepEqual(await rows(model.rows.connection(connectionId)), ['No threads yet.']);
      const panel = panels.openNew(connectionId);
      const run = panel.webviewHost.conversation?.sendCommand({
        type: 'createThread',
        input: message('hold the line'),
      });
      assert.ok(run);
      await until(() => textOf(run.state.items.at(-1)) === 'Echo: ', 'the first words');
      assert.equal(run.end, null);
      await release();
      assert.equal((await run.ended).reason, 'done');
      assert.equal(panel.isNew, false);
      const { ref } = panel.webviewHost;
      assert.deepEqual(await rows(model.rows.connection(connectionId)), ['hold the line']);
      assert.equal(textOf(items(ref).at(-1)), 'Echo: hold the line');
      assert.match(await ask('items.list', { thread_id: ref.threadId }), /Echo: hold the line/);

      const cut = panel.webviewHost.conversation?.sendCommand({
        type: 'addUserMessage',
        threadId: ref.threadId,
        input: message('hold on'),
      });
      assert.ok(cut);
      await until(() => textOf(cut.state.items.at(-1)) === 'Echo: ', 'the first words');
      cut.stop();
      assert.equal((await cut.ended).reason, 'stopped');
      assert.equal(textOf(items(ref).at(-1)), 'Echo: ');
      await release();
    }),

    'a message is added, and its answer can be retried': inPeer(async ({ seed, services, panels, items }) => {
      const ref = { connectionId, threadId: await seed('one') };
      const { threadId } = ref;
      await services.connections.store(connectionId).loadLatest(threadId, signal);
      const run = panels.conversations.sendCommand(ref, { type: 'addUserMessage', threadId, input: message('two') });
      assert.equal((await run.ended).reason, 'done');
      const [, first, asked, answer] = items(ref);
      assert.deepEqual([textOf(first), textOf(answer), items(ref).length], ['Echo: one', 'Echo: two', 4]);
      assert.ok(asked && answer);
      await listening(['Delete and Retry'], async (heard) => {
        await retryFromHere(services, panels, { ...ref, itemId: asked.id });
        assert.match(heard[0]?.detail ?? '', /deletes 1 item after this message/);
      });
      await panels.conversations.of(ref).last?.ended;
      const again = items(ref).at(-1);
      assert.equal(textOf(again), 'Echo: two');
      assert.notEqual(again?.id, answer.id);
    }),

    'an open tool call is shown as pending and can be answered': inPeer(
      async ({ seed, services, panels, items, model, rows }) => {
        const ref = { connectionId, threadId: await seed('weather') };
        const { threadId } = ref;
        await services.connections.store(connectionId).loadLatest(threadId, signal);
        const call = items(ref).at(-1);
        assert.ok(call?.kind === 'client_tool_call' && call.status === 'open');
        assert.match((await rows(model.rows.thread(ref))).at(-1) ?? '', /^get_weather .* — waiting for output$/);
        await panels.conversations.sendCommand(ref, { type: 'addToolOutput', threadId, result: { degrees: 4 } }).ended;
        assert.equal(textOf(items(ref).at(-1)), 'Echo: the tool');
      },
    ),

    'a thread is renamed': inPeer(async ({ seed, services, model, rows, ask }) => {
      const threadId = await seed('one');
      const store = services.connections.store(connectionId);
      assert.equal(store.capabilities.rename, true);
      await rows(model.rows.connection(connectionId));
      await store.renameThread(threadId, 'A better title', signal);
      assert.deepEqual(await rows(model.rows.connection(connectionId)), ['A better title']);
      assert.match(await ask('threads.get_by_id', { thread_id: threadId }), /A better title/);
    }),

    'a thread is deleted': inPeer(async ({ seed, model, rows, ask }) => {
      const threadId = await seed('one');
      const kept = await seed('two');
      await rows(model.rows.connection(connectionId));
      await listening(['Delete'], async (heard) => {
        await deleteThreads(model, silentLog, [{ connectionId, threadId }]);
        assert.equal(heard.length, 1, JSON.stringify(heard));
      });
      assert.equal((await rows(model.rows.connection(connectionId))).length, 1);
      const left = await ask('threads.list', {});
      assert.ok(left.includes(kept) && !left.includes(threadId), left);
    }),

    'an unsupported action is detected once and hidden': inPeer(async ({ seed, services }) => {
      const threadId = await seed('one');
      const source = services.connections.source(connectionId);
      await source.getThread(threadId, signal);
      assert.equal(source.capabilities.syncActions, true);
      const notified: unknown[] = [];
      const unsubscribe = source.onDidChangeCapabilities?.(() => notified.push(source.capabilities));
      const action = { threadId, itemId: null, type: 'x', payload: null };
      await assert.rejects(async () => source.conversation?.syncAction(action, signal));
      unsubscribe?.();
      assert.equal(source.capabilities.syncActions, false);
      assert.equal(notified.length, 1);
      assert.equal(source.capabilities.customActions, true, 'the rest is still offered');
    }),

    'after an agent fails, the message remains and the panel shows the error': inPeer(
      async ({ seed, panels, items }) => {
        const ref = { connectionId, threadId: await seed('one') };
        panels.open(ref, {});
        await until(() => items(ref).length === 2, 'the items');
        const run = panels.conversations.sendCommand(ref, {
          type: 'addUserMessage',
          threadId: ref.threadId,
          input: message('fail'),
        });
        const end = await run.ended;
        assert.equal(end.reason, 'fault');
        assert.deepEqual(
          items(ref).map(({ kind }) => kind),
          ['user_message', 'assistant_message', 'user_message'],
        );
      },
    ),
  },
};

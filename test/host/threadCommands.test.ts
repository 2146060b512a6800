import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { originOf } from '../../src/chatkit/common/connection.ts';
import type { ItemKind, ThreadItem } from '../../src/chatkit/common/model/item.ts';
import type { ThreadRef } from '../../src/chatkit/common/model/thread.ts';
import { Times } from '../../src/threads/common/summary/times.ts';
import { createConversationHandlers } from '../../src/inspector/vscode/handlers.ts';
import { ThreadController } from '../../src/inspector/vscode/threadController.ts';
import { connectionTarget } from '../../src/inspector/vscode/target.ts';
import type { Services } from '../../src/connections/vscode/services.ts';
import { ConversationService } from '../../src/conversation/vscode/conversationService.ts';
import { ThreadsModel } from '../../src/threads/vscode/model/threadsModel.ts';
import { connectionRow } from '../../src/threads/vscode/rows/connectionRow.ts';
import { itemRow } from '../../src/threads/vscode/rows/itemRow.ts';
import { threadRow } from '../../src/threads/vscode/rows/threadRow.ts';
import { ViewState } from '../../src/threads/vscode/model/viewState.ts';
import { runCommand } from '../../src/chatkit/vscode/commands.ts';
import type { RecordedRequest } from '../../src/sandbox/node/control/requestLog.ts';
import type { Sandbox } from '../../src/sandbox/node/sandbox.ts';
import { activated } from '../support/activated.ts';
import { saveKey, withSandbox, writeConnections } from '../support/hostConnections.ts';
import { listening } from '../support/hostSessions.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { until } from '../support/hostWait.ts';
import { MementoDouble } from '../support/memento.ts';
import { message } from '../support/conversationText.ts';

const { signal } = new AbortController();
const connectionId = 's';

interface Stage {
  readonly services: Services;
  readonly sandbox: Sandbox;
  /** Returns the commands that the server has received since the last call, with their users. */
  arrived(): Promise<readonly string[]>;
  fault(settings: object): Promise<void>;
}

/** Runs a case with the sandbox's self-hosted server as the connection `s`. */
async function withServer(action: (stage: Stage) => Promise<void>): Promise<void> {
  const services = await activated();
  // If the real view were visible, it would request the same threads.
  await vscode.commands.executeCommand('workbench.view.explorer');
  await withSandbox(services, async (sandbox) => {
    const connection = {
      id: connectionId,
      name: 'Mine',
      kind: 'server',
      url: sandbox.serverUrl,
      headers: ['authorization'],
      userHeader: 'x-user-id',
    };
    await writeConnections(services, [connection]);
    await saveKey(services, connectionId, originOf(sandbox.serverUrl), sandbox.apiKey);
    const control = async (method: string, path: string, body?: object): Promise<unknown> => {
      const response = await fetch(new URL(`/sandbox/${path}`, sandbox.baseUrl), {
        method,
        headers: { authorization: `Bearer ${sandbox.apiKey}` },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      assert.ok(response.ok);
      return response.status === 204 ? undefined : response.json();
    };
    await action({
      services,
      sandbox,
      async arrived() {
        const { requests } = (await control('GET', 'requests')) as { requests: RecordedRequest[] };
        await control('DELETE', 'requests');
        return requests.map(({ body, headers }) => {
          const { type } = JSON.parse(String(body)) as { type: string };
          const user = headers['x-user-id'];
          return user === undefined ? type : `${type} as ${user}`;
        });
      },
      fault: async (settings) => void (await control('POST', 'faults', settings)),
    });
  });
}

/** The newest thread, its newest items, and the requests of its webview. */
async function openThread({ services }: Stage) {
  const { connections } = services;
  const store = connections.store(connectionId);
  await store.refreshList(signal);
  const threadId = store.list.threads.find(({ status }) => status.type === 'active')?.id ?? '';
  const ref: ThreadRef = { connectionId, threadId };
  const conversations = new ConversationService(connections);
  const target = connectionTarget(connections, ref);
  assert.ok(target);
  const session = new ThreadController({
    services,
    target,
    webview: { request: async () => undefined as never, notify: () => undefined },
    conversation: conversations.of(ref),
    log: null,
    isPreview: () => false,
    onThreadChanged: () => undefined,
    onCreated: () => undefined,
  });
  await session.open();
  const need = (item: ThreadItem | undefined): ThreadItem => {
    assert.ok(item);
    return item;
  };
  const handlers = createConversationHandlers({
    services,
    controllerOf: () => session,
    requireController: () => session,
    sendAgain: () => undefined,
    compareWidget: async () => undefined,
    requireItem: (_threadId, itemId) => need(session.item(itemId)),
  });
  return {
    ref,
    store,
    handlers,
    session,
    /** Sends a message and waits for the complete response. */
    async say(text: string): Promise<void> {
      const end = await conversations.sendCommand(ref, { type: 'addUserMessage', threadId, input: message(text) })
        .ended;
      assert.equal(end.reason, 'done');
    },
    /** Waits for the end of the response. */
    answered: async () => void (await conversations.of(ref).last?.ended),
    /** Starts a slow response. */
    begin: () => conversations.sendCommand(ref, { type: 'addUserMessage', threadId, input: message('/slow') }),
    last<K extends ItemKind>(kind: K): Extract<ThreadItem, { kind: K }> {
      const items = store.items(threadId).windows.flatMap(({ items: loaded }) => loaded);
      const item = items.findLast((candidate) => candidate.kind === kind);
      assert.ok(item, `an item of kind ${kind}`);
      return item as Extract<ThreadItem, { kind: K }>;
    },
    dispose() {
      session.dispose();
      conversations.dispose();
    },
  };
}

/** Returns the row of the connection. */
function tree({ services }: Stage) {
  const state = new ViewState(new MementoDouble());
  const model = new ThreadsModel({ connections: services.connections, state, pageSize: () => 20 });
  const context = { model, times: new Times('en'), now: Date.now };
  return {
    connection: () => connectionRow(model.rows.connection(connectionId), context),
    thread: (ref: ThreadRef) => threadRow(model.rows.thread(ref), context),
    item: ({ id, threadId }: ThreadItem) =>
      itemRow({ type: 'item', id, connectionId, threadId, itemId: id, previousId: null }, context),
    dispose() {
      model.dispose();
      state.dispose();
    },
  };
}

export const suite: HostSuite = {
  name: 'thread commands',
  cases: {
    'a renamed thread has its new title in the tree and the inspector': async () => {
      await withServer(async (stage) => {
        const { ref, store, session, dispose } = await openThread(stage);
        const rows = tree(stage);
        assert.match(rows.thread(ref).contextValue ?? '', /\brenamable\b/);
        await store.renameThread(ref.threadId, 'A better title', signal);
        assert.equal(rows.thread(ref).label, 'A better title');
        assert.equal(session.thread?.title, 'A better title');
        assert.ok((await stage.arrived()).includes('threads.update'));
        rows.dispose();
        dispose();
      });
    },

    'a connection acts as the selected user, shows this, and uses only its configured header': async () => {
      await withServer(async (stage) => {
        const { services, sandbox } = stage;
        const memento = services.context.globalState;
        const key = 'connections.actingUsers';
        const rows = tree(stage);
        assert.doesNotMatch(String(rows.connection().description), /as /);
        const origin = originOf(sandbox.serverUrl);
        await memento.update(key, { [connectionId]: { origin, user: 'unknown_user', recent: [] } });
        try {
          assert.match(String(rows.connection().description), /as unknown_user/);
          assert.match(rows.connection().contextValue ?? '', /\bactsAsUser\b/);
          await stage.arrived();
          const store = services.connections.store(connectionId);
          await store.refreshList(signal);
          assert.deepEqual(store.list.threads, []);
          assert.deepEqual(await stage.arrived(), ['threads.list as unknown_user']);
        } finally {
          await memento.update(key, undefined);
          rows.dispose();
        }
      });
    },

    'sends feedback to the server; a server without feedback is requested once': async () => {
      await withServer(async (stage) => {
        const { ref, say, last, dispose } = await openThread(stage);
        await say('Hello');
        const answer = last('assistant_message');
        const rows = tree(stage);
        assert.match(rows.item(answer).contextValue ?? '', /\bjudgeable\b/);
        const target = { ...ref, itemId: answer.id, kind: 'positive' } as const;
        await stage.arrived();
        assert.equal(await runCommand('chatkit.sendFeedback', target), true);
        assert.deepEqual(await stage.arrived(), ['items.feedback']);
        rows.dispose();
        dispose();
      });
      await withServer(async (stage) => {
        const { ref, say, last, dispose } = await openThread(stage);
        await say('Hello');
        const rows = tree(stage);
        const answer = last('assistant_message');
        await stage.fault({ kind: 'reply', status: 400, body: 'Unknown request type: items.feedback', times: null });
        await stage.arrived();
        const target = { ...ref, itemId: answer.id, kind: 'negative' } as const;
        assert.equal(await runCommand('chatkit.sendFeedback', target), undefined);
        assert.doesNotMatch(rows.item(answer).contextValue ?? '', /\bjudgeable\b/);
        assert.equal(await runCommand('chatkit.sendFeedback', target), false);
        assert.deepEqual(await stage.arrived(), ['items.feedback']);
        rows.dispose();
        dispose();
      });
    },

    'sends feedback on several items of a response at once': async () => {
      await withServer(async (stage) => {
        const { ref, say, last, dispose } = await openThread(stage);
        await say('Hello');
        await say('/widget');
        const window = vscode.window as unknown as Record<'showQuickPick', unknown>;
        const { showQuickPick } = window;
        window.showQuickPick = async (rows: readonly { readonly itemId: string }[]) => rows.slice(0, 2);
        try {
          assert.equal(await runCommand('chatkit.sendFeedback', { ...ref, kind: 'positive' }), true);
        } finally {
          window.showQuickPick = showQuickPick;
        }
        // Other cases can have sent feedback in this thread.
        const sent = stage.services.requests
          .of(connectionId, ref.threadId)
          .find(({ command, body }) => command === 'items.feedback' && body?.includes(last('widget').id));
        const { params } = JSON.parse(sent?.body ?? '{}') as { params: { item_ids: string[] } };
        assert.equal(new Set(params.item_ids).size, 2);
        dispose();
      });
    },

    'a recording becomes text': async () => {
      await withServer(async (stage) => {
        const { ref, handlers, dispose } = await openThread(stage);
        const recording = { mimeType: 'audio/webm', base64: btoa('audio') };
        const { text } = await handlers.transcribe({ threadId: ref.threadId, recording });
        assert.match(text ?? '', /5 bytes of audio\/webm/);
        dispose();
      });
    },

    'sends an action without a widget, and shows its response in the thread': async () => {
      await withServer(async (stage) => {
        const { ref, store, dispose } = await openThread(stage);
        const before = store.items(ref.threadId).count;
        const action = { type: 'order.refresh', payload: { id: 7 } };
        assert.equal(await runCommand('chatkit.sendAction', { ...ref, action }), true);
        assert.ok(store.items(ref.threadId).count > before);
        const synchronous = { ...action, streaming: false };
        assert.equal(await runCommand('chatkit.sendAction', { ...ref, action: synchronous }), true);
        const sent = stage.services.requests
          .of(connectionId, ref.threadId)
          .filter(({ command }) => command?.endsWith('custom_action'))
          .map(({ body }) => JSON.parse(body ?? '{}') as unknown);
        const params = { thread_id: ref.threadId, action };
        assert.deepEqual(sent, [
          { type: 'threads.custom_action', params },
          { type: 'threads.sync_custom_action', params },
        ]);
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        dispose();
      });
    },

    'a connection test enables actions that the server supports now': async () => {
      await withServer(async (stage) => {
        const { connections } = stage.services;
        const { ref, dispose } = await openThread(stage);
        await stage.fault({ kind: 'reply', status: 400, body: 'Unknown request type: threads.update' });
        await assert.rejects(connections.store(connectionId).renameThread(ref.threadId, 'New', signal));
        assert.equal(connections.source(connectionId).capabilities.rename, false);
        await runCommand('chatkit.testConnection', { connectionId });
        assert.equal(connections.source(connectionId).capabilities.rename, true);
        dispose();
      });
    },

    'an open tool call can be answered manually, and the output is remembered': async () => {
      await withServer(async (stage) => {
        const { ref, handlers, say, last, dispose } = await openThread(stage);
        const { threadId } = ref;
        await say('/tool where_am_i');
        const { id } = last('client_tool_call');
        assert.equal(last('client_tool_call').status, 'open');
        assert.deepEqual(await handlers.lastOutput({ threadId, tool: 'where_am_i' }), { json: null });
        const json = '{"city":"Oslo"}';
        assert.deepEqual(await handlers.answerTool({ threadId, itemId: id, json }), { sent: true });
        await until(() => last('client_tool_call').status === 'completed', 'the call, completed by the server');
        const { output } = last('client_tool_call');
        assert.deepEqual(output.form === 'value' ? output.value : output, { city: 'Oslo' });
        assert.deepEqual(await handlers.lastOutput({ threadId, tool: 'where_am_i' }), { json });
        dispose();
      });
    },

    'a retry after a failed tool output asks before it deletes the call': async () => {
      await withServer(async (stage) => {
        const { ref, handlers, session, say, last, answered, store, dispose } = await openThread(stage);
        const { threadId } = ref;
        await say('/tool where_am_i');
        const { id } = last('client_tool_call');
        const body = 'data: {"type":"error","code":"custom","message":"The agent failed","allow_retry":true}\n\n';
        await stage.fault({ kind: 'reply', status: 200, headers: { 'content-type': 'text/event-stream' }, body });
        await handlers.answerTool({ threadId, itemId: id, json: '{}' });
        await answered();
        await stage.arrived();
        await listening([], async (heard) => {
          session.conversation?.retry();
          await until(() => heard.length > 0, 'the question');
          assert.deepEqual([heard[0]?.text, heard[0]?.buttons], ['Retry from here?', ['Delete and Retry']]);
        });
        assert.ok(store.item(threadId, id), 'the call was not deleted');
        assert.deepEqual(
          (await stage.arrived()).filter((command) => command.includes('retry')),
          [],
        );
        dispose();
      });
    },

    'a form can be answered and skipped': async () => {
      await withServer(async (stage) => {
        const { ref, handlers, say, answered, last, dispose } = await openThread(stage);
        const { threadId } = ref;
        await say('/form');
        const rows = tree(stage);
        assert.match(String(rows.thread(ref).description), /^waits .*for a form/);
        const answers = { urgency: { values: ['Today'], skipped: false }, note: { values: [], skipped: true } };
        const first = { threadId, itemId: last('structured_input').id, status: 'answered', answers } as const;
        assert.deepEqual(await handlers.answerForm({ ...first, answers: { ...answers } }), { sent: true });
        await until(() => last('structured_input').status === 'answered', 'the answered form');
        assert.deepEqual(last('structured_input').inputs[0]?.answer, { values: ['Today'], skipped: false });
        await answered();
        assert.doesNotMatch(String(rows.thread(ref).description), /waiting/);
        assert.match(last('assistant_message').parts[0]?.text ?? '', /How urgent is it\? \*\*Today\*\*/);
        await say('/form');
        const second = { threadId, itemId: last('structured_input').id, status: 'skipped', answers: {} } as const;
        assert.deepEqual(await handlers.answerForm({ ...second, answers: {} }), { sent: true });
        await until(() => last('structured_input').status === 'skipped', 'the skipped form');
        rows.dispose();
        dispose();
      });
    },

    'a widget action runs with a stream, and synchronously during another response': async () => {
      await withServer(async (stage) => {
        const { ref, handlers, say, begin, last, dispose } = await openThread(stage);
        const { threadId } = ref;
        await say('/widget');
        const itemId = last('widget').id;
        const count = { threadId, itemId, type: 'sandbox.count', payload: null };
        await handlers.widgetAction({ ...count, streaming: true });
        assert.match(JSON.stringify(last('widget').widget), /"value":"1"/);
        const run = begin();
        await assert.rejects(async () => handlers.widgetAction({ ...count, streaming: true }), /still in progress/);
        await handlers.widgetAction({ ...count, streaming: false });
        assert.match(JSON.stringify(last('widget').widget), /"value":"2"/);
        run.stop();
        await run.ended;
        dispose();
      });
    },

    'shows why the server rejected an action': async () => {
      await withServer(async (stage) => {
        const { ref, handlers, say, last, dispose } = await openThread(stage);
        const { threadId } = ref;
        await say('/widget');
        await stage.fault({ kind: 'reply', status: 400, body: 'No such order' });
        const action = { threadId, itemId: last('widget').id, type: 'pay', payload: { id: 18 }, streaming: false };
        await assert.rejects(async () => handlers.widgetAction(action), /No such order/);
        dispose();
      });
    },
  },
};

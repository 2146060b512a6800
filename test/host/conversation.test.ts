import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { originOf } from '../../src/chatkit/common/connection.ts';
import type { ThreadRef } from '../../src/chatkit/common/model/thread.ts';
import { CompareSelection } from '../../src/threads/vscode/compare/selection.ts';
import { newThread } from '../../src/inspector/vscode/newThread.ts';
import { InspectorPanels } from '../../src/inspector/vscode/panels.ts';
import { ThreadController, type WebviewLink } from '../../src/inspector/vscode/threadController.ts';
import { connectionTarget } from '../../src/inspector/vscode/target.ts';
import type { Services } from '../../src/connections/vscode/services.ts';
import { newThreadId } from '../../src/conversation/vscode/conversation.ts';
import { ConversationService } from '../../src/conversation/vscode/conversationService.ts';
import type { InspectorWebview, ItemsDelta } from '../../src/inspector/common/protocol.ts';
import type { ConversationView } from '../../src/conversation/common/protocol.ts';
import { activated } from '../support/activated.ts';
import { saveKey, withSandbox, withServer, writeConnections } from '../support/hostConnections.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { until } from '../support/hostWait.ts';
import { message } from '../support/conversationText.ts';

const signal = new AbortController().signal;

/** A page that records its notifications and draws immediately. */
class NotingPage implements WebviewLink {
  readonly received: { readonly method: keyof InspectorWebview; readonly params: unknown }[] = [];
  readonly request: WebviewLink['request'] = async (method, params) => {
    this.received.push({ method, params });
    return undefined as never;
  };
  readonly notify: WebviewLink['notify'] = (method, params) => void this.received.push({ method, params });

  of(method: keyof InspectorWebview): readonly unknown[] {
    return this.received.filter((entry) => entry.method === method).map(({ params }) => params);
  }

  get conversation(): ConversationView | undefined {
    return this.of('conversation').at(-1) as ConversationView | undefined;
  }
}

/** Opens the session of a thread as a panel does, with a page. */
function openSession(services: Services, conversations: ConversationService, ref: ThreadRef) {
  const target = connectionTarget(services.connections, ref);
  assert.ok(target);
  const page = new NotingPage();
  const created: string[] = [];
  const session = new ThreadController({
    services,
    target,
    webview: page,
    conversation: conversations.of(ref),
    log: null,
    isPreview: () => false,
    onThreadChanged: () => undefined,
    onCreated: (threadId) => void created.push(threadId),
  });
  session.state(null);
  return { session, page, created, store: target.store };
}

/** Runs a case with the sandbox's server as connection `a` and a thread with two items. */
async function withConversation(
  action: (parts: {
    readonly services: Services;
    readonly conversations: ConversationService;
    readonly ref: ThreadRef;
  }) => Promise<void>,
): Promise<void> {
  const services = await activated();
  await withSandbox(services, async ({ serverUrl, apiKey }) => {
    await writeConnections(services, [
      { id: 'a', name: 'A', kind: 'server', url: serverUrl, headers: ['authorization'] },
    ]);
    await saveKey(services, 'a', originOf(serverUrl), apiKey);
    const conversations = new ConversationService(services.connections);
    try {
      await services.connections.store('a').refreshList(signal);
      const run = conversations.sendCommand(
        { connectionId: 'a', threadId: newThreadId() },
        { type: 'createThread', input: message('/task') },
      );
      await run.ended;
      assert.ok(run.threadId);
      await action({ services, conversations, ref: { connectionId: 'a', threadId: run.threadId } });
    } finally {
      conversations.dispose();
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  });
}

export const suite: HostSuite = {
  name: 'conversation',
  cases: {
    'the page receives a message as an item and its answer as text updates': async () => {
      await withConversation(async ({ services, conversations, ref }) => {
        const { session, page, store } = openSession(services, conversations, ref);
        const before = store.items(ref.threadId).count;
        session.conversation?.sendMessage('/burst 200 0', null);
        await until(() => page.conversation?.ended === 'done', 'the end of the answer');
        assert.equal(store.items(ref.threadId).count, before + 2);
        assert.ok(page.of('appendText').length > 0);
        const deltas = page.of('items') as readonly ItemsDelta[];
        // When the second of the last response changes, the page is sent the bounds, which are otherwise the same.
        const times = deltas.filter((delta) => delta.type === 'bounds');
        const changes = deltas.filter((delta) => delta.type !== 'bounds');
        assert.deepEqual(
          changes.map(({ type }) => type),
          ['added', 'added', 'changed'],
        );
        for (const { bounds: all } of times) {
          const { asOf: _asOf, ...bounds } = all;
          assert.deepEqual(bounds, { reachesStart: true, reachesEnd: true, stopped: null, duplicateIds: [] });
        }
        assert.equal(page.conversation?.running, null);
        session.dispose();
      });
    },

    'a stopped response remains and is marked as incomplete': async () => {
      await withConversation(async ({ services, conversations, ref }) => {
        const { session, page, store } = openSession(services, conversations, ref);
        session.conversation?.sendMessage('/burst 200000 50', null);
        await until(() => page.of('appendText').length > 1, 'some text');
        session.conversation?.conversation.stopForUser();
        await until(() => page.conversation?.ended === 'stopped', 'the end');
        const [cut] = page.conversation?.unfinished ?? [];
        assert.ok(cut);
        assert.equal(store.item(ref.threadId, cut)?.kind, 'assistant_message');
        await store.refreshItems(ref.threadId, signal);
        assert.equal(store.item(ref.threadId, cut)?.kind, 'assistant_message');
        session.dispose();
      });
    },

    'an interrupted stream shows an error, keeps the partial answer, and can be retried': async () => {
      await withConversation(async ({ services, conversations, ref }) => {
        const { session, page, store } = openSession(services, conversations, ref);
        session.conversation?.sendMessage('/crash', null);
        await until(() => page.conversation?.error != null, 'an error');
        assert.equal(page.conversation?.ended, 'failed');
        assert.equal(page.conversation?.error?.retry, true);
        const [cut] = page.conversation?.unfinished ?? [];
        assert.ok(cut && store.item(ref.threadId, cut));
        session.conversation?.retry();
        await until(
          () => page.conversation?.unfinished.some((id) => id !== cut) === true && page.conversation.error != null,
          'the second interruption',
        );
        // The answer of the second attempt replaces that of the first.
        assert.equal(store.item(ref.threadId, cut), undefined);
        session.dispose();
      });
    },

    'after an invalid response, the error is shown and the message returns to the composer': async () => {
      const services = await activated();
      const reply = { status: 500, type: 'text/plain', body: 'Traceback: no database' };
      await withServer(reply, async ({ url }) => {
        await writeConnections(services, [{ id: 'b', name: 'B', kind: 'server', url }]);
        const conversations = new ConversationService(services.connections);
        try {
          const { session, page } = openSession(services, conversations, {
            connectionId: 'b',
            threadId: newThreadId(),
          });
          session.conversation?.sendMessage('Hello', 'you said');
          await until(() => page.conversation?.error != null, 'an error');
          assert.match(page.conversation?.error?.detail ?? '', /500[\s\S]*no database/);
          assert.deepEqual([page.conversation?.draft.text, page.conversation?.draft.quote], ['Hello', 'you said']);
          // The composer already offers to send it again, so there is no retry button.
          assert.equal(page.conversation?.error?.retry, false);
          session.dispose();
        } finally {
          conversations.dispose();
          await writeConnections(services, []);
        }
      });
    },

    'New Thread on a row that cannot send opens the thread of the connection that can': async () => {
      const services = await activated();
      await writeConnections(services, [
        { id: 'hosted', name: 'Hosted', kind: 'openai', url: 'http://127.0.0.1:9/v1' },
        { id: 'own', name: 'Own', kind: 'server', url: 'http://127.0.0.1:9/chatkit' },
      ]);
      try {
        const opened: string[] = [];
        const openNew = (id: string) => void opened.push(id) as never;
        await newThread(services, { openNew }, { connectionId: 'hosted' });
        assert.deepEqual(opened, ['own']);
      } finally {
        await writeConnections(services, []);
      }
    },

    'a new thread names its panel and is added to the top of the list': async () => {
      await withConversation(async ({ services }) => {
        const panels = new InspectorPanels(services, new CompareSelection(services.connections));
        const panel = panels.openNew('a');
        assert.equal(panel.isNew, true);
        const store = services.connections.store('a');
        const run = panel.webviewHost.conversation?.sendCommand({ type: 'createThread', input: message('/status') });
        await run?.ended;
        assert.equal(panel.isNew, false);
        assert.equal(panel.webviewHost.ref.threadId, run?.threadId);
        assert.equal(store.list.threads[0]?.id, run?.threadId);
        const titles = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
        await until(() => titles().includes('Locked and opened again'), 'the title of the tab');
        panels.dispose();
      });
    },
  },
};

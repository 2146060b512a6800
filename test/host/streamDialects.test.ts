// Conversations with servers that deviate from the protocol (../shared/dialects), in the editor.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import * as vscode from 'vscode';
import type { ThreadItem } from '../../src/chatkit/common/model/item.ts';
import type { ThreadRef } from '../../src/chatkit/common/model/thread.ts';
import { type RuleName, ruleIds } from '../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { newThreadId } from '../../src/conversation/vscode/conversation.ts';
import type { ResponseStream } from '../../src/conversation/vscode/responseStream.ts';
import type { Services } from '../../src/connections/vscode/services.ts';
import { incompleteText, readSavedEventLog } from '../../src/eventLog/vscode/savedEventLog.ts';
import { CompareSelection } from '../../src/threads/vscode/compare/selection.ts';
import { InspectorPanels } from '../../src/inspector/vscode/panels.ts';
import { itemSummary } from '../../src/threads/common/summary/itemSummary.ts';
import { waitingFor } from '../../src/threads/common/summary/waiting.ts';
import { activated } from '../support/activated.ts';
import { message, textOf } from '../support/conversationText.ts';
import { dialectFolder, serveDialect } from '../support/dialectServer.ts';
import { writeConnections } from '../support/hostConnections.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { until } from '../support/hostWait.ts';

const connectionId = 'd';
const { signal } = new AbortController();

interface Stage {
  readonly services: Services;
  readonly panels: InspectorPanels;
  readonly folder: string;
  /** Sends a message; null creates a thread. */
  say(threadId: string | null, text: string): Promise<ResponseStream>;
  items(threadId: string): readonly ThreadItem[];
  has(rule: RuleName): boolean;
}

async function withDialect(t: TestContext, name: string, action: (stage: Stage) => Promise<void>): Promise<void> {
  const services = await activated();
  const folder = dialectFolder();
  if (folder === null) return t.skip('no ../shared/dialects');
  const server = name === '' ? null : await serveDialect(folder, name);
  const panels = new InspectorPanels(services, new CompareSelection(services.connections));
  try {
    await writeConnections(services, [
      { id: connectionId, name: 'Dialect', kind: 'server', url: server?.url ?? 'http://127.0.0.1:9/chatkit' },
    ]);
    const store = () => services.connections.store(connectionId);
    await action({
      services,
      panels,
      folder,
      async say(threadId, text) {
        const ref: ThreadRef = { connectionId, threadId: threadId ?? newThreadId() };
        const input = message(text);
        const run = panels.conversations.sendCommand(
          ref,
          threadId === null ? { type: 'createThread', input } : { type: 'addUserMessage', threadId, input },
        );
        await run.ended;
        return run;
      },
      items: (threadId) =>
        store()
          .items(threadId)
          .windows.flatMap(({ items }) => items),
      has: (rule) => services.problems.of(connectionId).countOf(ruleIds[rule]) > 0,
    });
  } finally {
    panels.dispose();
    await writeConnections(services, []);
    server?.close();
  }
}

export const suite: HostSuite = {
  name: 'streams of deviating servers',
  cases: {
    'errors-in-streams: each response fails with the message of the server': (t) =>
      withDialect(t, 'errors-in-streams', async ({ say, panels, has }) => {
        for (const [name, text, code] of [
          ['thread.error', 'Model is overloaded', 'overloaded'],
          ['response.failed', 'Rate limit reached', 'rate_limit_exceeded'],
          ['thread.item.failed', 'Tool lookup timed out', 'custom'],
          ['nested', 'No such model', 'model_not_found'],
          ['string', 'boom', 'custom'],
          ['numeric', 'Too many requests', '429'],
        ] as const) {
          const { end } = await say('thr_err', name);
          assert.ok(end?.reason === 'fault', name);
          assert.deepEqual([end.fault.message, end.fault.code], [text, code], name);
          const recorded = panels.logs.responses(connectionId, 'thr_err').at(-1);
          assert.deepEqual([recorded?.end?.kind, recorded?.end?.reason], ['failed', text], name);
        }
        assert.ok(has('foreignErrorEvent') && has('nestedError') && has('numericErrorCode'));
      }),

    'no-created-no-echo: the answer is shown, and what is missing is reported': (t) =>
      withDialect(t, 'no-created-no-echo', async ({ services, panels, say, items, has }) => {
        const store = services.connections.store(connectionId);
        await store.refreshList(signal);
        const run = await say(null, 'hello');
        const threadId = run.threadId ?? '';
        assert.match(threadId, /^thr_/);
        assert.deepEqual([run.end?.reason, run.unfinished], ['done', []]);
        await until(() => items(threadId).some(({ kind }) => kind === 'user_message'), 'the stored message');
        assert.deepEqual(items(threadId).map(textOf).at(-1), 'Here is the answer to: hello');
        assert.ok(store.list.threads.some(({ id }) => id === threadId));
        assert.ok(has('missingThreadCreated') && has('missingEcho') && has('doneWithoutItem'));

        const conversation = panels.conversations.of({ connectionId, threadId: 'thr_before' });
        await store.loadLatest('thr_before', signal);
        const { input, sent } = conversation.draft.takeInput('again', null, { model: null, toolChoice: null });
        const again = conversation.sendMessage({ type: 'addUserMessage', threadId: 'thr_before', input }, sent);
        await again.ended;
        assert.equal(conversation.draft.text, '', 'the message is not restored');
        assert.deepEqual(conversation.unfinished, []);
        await until(() => items('thr_before').length === 4, 'the stored message');
        assert.equal(items('thr_before').map(textOf).at(-1), 'Here is the answer to: again');
      }),

    'newer-dialect: text grows from deltas at top level': (t) =>
      withDialect(t, 'newer-dialect', async ({ services, panels, say, items, has }) => {
        await services.connections.store(connectionId).loadLatest('thr_gran', signal);
        const texts: string[] = [];
        panels.conversations
          .of({ connectionId, threadId: 'thr_gran' })
          .onDidAppendText((deltas) => texts.push(...deltas.map(({ update }) => update.delta)));
        const run = await say('thr_gran', 'usage');
        assert.equal(run.end?.reason, 'done');
        assert.equal(texts.join(''), 'This text comes by top-level deltas.');
        assert.equal(textOf(items('thr_gran').at(-1)), 'This text comes by top-level deltas.');
        const recorded = panels.logs.responses(connectionId, 'thr_gran').at(-1);
        const usage = recorded?.events.find(({ type }) => type === 'assistant_message.usage');
        assert.ok(usage?.rules?.includes(ruleIds.unknownEvent), 'usage is in the log, marked as unknown');
        assert.ok(has('topLevelUpdate'));
      }),

    'left-behind-tool-call: only the last call waits': (t) =>
      withDialect(t, 'left-behind-tool-call', async ({ services, items }) => {
        const store = services.connections.store(connectionId);
        await store.loadLatest('thr_stale', signal);
        assert.equal(waitingFor(store.items('thr_stale')), null);
        await store.loadLatest('thr_ended', signal);
        assert.equal(waitingFor(store.items('thr_ended'))?.for.type, 'tool');
        const marker = items('thr_ended').at(-1);
        assert.equal(marker && itemSummary(marker), 'End of turn');
      }),

    'raw-stream-captures: each valid file is replayed': (t) =>
      withDialect(t, '', async ({ folder }) => {
        const file = (name: string) => vscode.Uri.file(join(folder, 'raw-stream-captures', name));
        for (const name of ['curl-N.txt', 'headers-and-body.txt', 'stream.ndjson', 'pretty.sse']) {
          const saved = await readSavedEventLog(file(name));
          assert.ok(saved.received.length > 4, name);
          assert.match(incompleteText(saved) ?? '', /no times/, name);
        }
        assert.equal(incompleteText(await readSavedEventLog(file('devtools-eventstream.txt'))), null);
        await assert.rejects(readSavedEventLog(file('pretty-in-docs.txt')), /line \d+/);
        await vscode.commands.executeCommand('chatkit.replayStream', file('curl-N.txt'));
        const isOpen = () =>
          vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'Replay: curl-N.txt'));
        await until(isOpen, 'the replay');
        await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      }),
  },
};

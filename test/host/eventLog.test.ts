import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { originOf } from '../../src/chatkit/common/connection.ts';
import { readEventLog } from '../../src/eventLog/common/readEventLog.ts';
import { isSourceError } from '../../src/chatkit/common/errors.ts';
import type { StreamCommand } from '../../src/chatkit/common/stream/conversationApi.ts';
import { readSavedEventLog, replayId, writeEventLog } from '../../src/eventLog/vscode/savedEventLog.ts';
import { liveLog } from '../../src/eventLog/vscode/threadLog.ts';
import { openItem } from '../../src/inspector/vscode/handlers.ts';
import { CompareSelection } from '../../src/threads/vscode/compare/selection.ts';
import { InspectorPanels } from '../../src/inspector/vscode/panels.ts';
import { ThreadController } from '../../src/inspector/vscode/threadController.ts';
import { connectionTarget } from '../../src/inspector/vscode/target.ts';
import { newThreadId } from '../../src/conversation/vscode/conversation.ts';
import type { Services } from '../../src/connections/vscode/services.ts';
import type { EventLogState } from '../../src/eventLog/common/protocol.ts';
import { activated } from '../support/activated.ts';
import { saveKey, withSandbox, withServer, writeConnections } from '../support/hostConnections.ts';
import { picking } from '../support/hostPickers.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { until } from '../support/hostWait.ts';
import { message } from '../support/conversationText.ts';

const create = (text: string): StreamCommand => ({
  type: 'createThread',
  input: message(text),
});
const newThread = () => ({ connectionId: 'a', threadId: newThreadId() });

const replays = () =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ label }) => label.startsWith('Replay: '));

/** A saved log of one event, as a file. */
async function writeSaved(file: vscode.Uri, about: object, event: object): Promise<void> {
  const head = { format: 'chatkit-inspector/events', version: 1, ...about, startedAt: '2026-01-01T00:00:00Z' };
  await writeFile(file.fsPath, [head, event].map((line) => `${JSON.stringify(line)}\n`).join(''));
}

interface Parts {
  readonly services: Services;
  readonly panels: InspectorPanels;
  /** Returns a file with this name in a temporary folder. */
  readonly file: (name: string) => vscode.Uri;
}

async function withPanels(services: Services, action: (parts: Parts) => Promise<void>): Promise<void> {
  const panels = new InspectorPanels(services, new CompareSelection(services.connections));
  const folder = await mkdtemp(join(tmpdir(), 'chatkit-event-log-'));
  try {
    await action({ services, panels, file: (name) => vscode.Uri.file(join(folder, name)) });
  } finally {
    panels.dispose();
    // A panel that is being restored may reappear after it was closed.
    await until(async () => {
      const open = replays();
      if (open.length > 0) await vscode.window.tabGroups.close(open);
      return open.length === 0;
    }, 'no replay');
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a case with the sandbox's server as connection `a`. */
async function withServerPanels(action: (parts: Parts & { readonly apiKey: string }) => Promise<void>): Promise<void> {
  const services = await activated();
  await withSandbox(services, async ({ serverUrl, apiKey }) => {
    const connection = { id: 'a', name: 'A', kind: 'server', url: serverUrl, headers: ['authorization'] };
    await writeConnections(services, [connection]);
    await saveKey(services, 'a', originOf(serverUrl), apiKey);
    await withPanels(services, (parts) => action({ ...parts, apiKey }));
  });
}

export const suite: HostSuite = {
  name: 'event log',
  cases: {
    'a streamed response is recorded, saved and read again': async () => {
      await withServerPanels(async ({ services, panels, file, apiKey }) => {
        const run = panels.conversations.sendCommand(newThread(), create('/task'));
        await run.ended;
        const [kept] = panels.logs.all;
        assert.ok(kept !== undefined && run.threadId !== null);
        assert.deepEqual(panels.logs.responses('a', run.threadId), [kept.response]);
        assert.equal(kept.response.events.length, run.eventCount);
        const target = file('task.chatkit-events.jsonl');
        await writeEventLog(services, kept, target);
        const text = await readFile(target.fsPath, 'utf8');
        assert.ok(!text.includes(apiKey));
        const saved = readEventLog(text);
        assert.equal(saved.stoppedAt, null);
        assert.deepEqual(saved.response.events, kept.response.events);
        assert.equal(saved.response.end?.kind, 'closed');
      });
    },

    'the page is notified of a response while it streams': async () => {
      await withServerPanels(async ({ services, panels }) => {
        const first = panels.conversations.sendCommand(newThread(), create('/status'));
        await first.ended;
        const ref = { connectionId: 'a', threadId: first.threadId ?? '' };
        const target = connectionTarget(services.connections, ref);
        assert.ok(target);
        const received: EventLogState[] = [];
        const session = new ThreadController({
          services,
          target,
          conversation: panels.conversations.of(ref),
          log: liveLog(panels.logs, ref, services.requests),
          webview: {
            request: async () => undefined as never,
            notify: (method, params) => {
              if (method === 'log') received.push(params as unknown as EventLogState);
            },
          },
          isPreview: () => false,
          onThreadChanged: () => undefined,
          onCreated: () => undefined,
        });
        assert.equal(session.state(null).log.responses.length, 1);
        const { input } = create('/burst 200 0') as Extract<StreamCommand, { type: 'createThread' }>;
        const run = panels.conversations.sendCommand(ref, { type: 'addUserMessage', threadId: ref.threadId, input });
        await until(() => received.at(-1)?.responses[1]?.end?.kind === 'closed', 'the end of the response');
        assert.equal(received.at(-1)?.responses[1]?.count, run.eventCount);
        session.dispose();
      });
    },

    'a secret that the server echoes is not saved': async () => {
      const services = await activated();
      const secret = 'tenant-canary-8899';
      const body = `data: {"type":"notice","level":"info","message":"Bearer ${secret}, ${secret}"}\n\n`;
      await withServer({ status: 200, type: 'text/event-stream', body }, async ({ url }) => {
        await writeConnections(services, [{ id: 'a', name: 'A', kind: 'server', url, headers: ['authorization'] }]);
        await saveKey(services, 'a', originOf(url), secret);
        await withPanels(services, async ({ panels, file }) => {
          await panels.conversations.sendCommand(newThread(), create('hi')).ended;
          const [kept] = panels.logs.all;
          assert.ok(kept !== undefined && kept.response.events.length === 1);
          await writeEventLog(services, kept, file('a.chatkit-events.jsonl'));
          const text = await readFile(file('a.chatkit-events.jsonl').fsPath, 'utf8');
          assert.ok(!text.includes(secret), text);
          assert.match(text, /"type":"notice"/);
        });
        await services.secrets.delete('chatkit.credentials.a');
        await writeConnections(services, []);
      });
    },

    'a saved log is replayed in one panel without a connection': async () => {
      const services = await activated();
      await withPanels(services, async ({ file }) => {
        const target = file('short.chatkit-events.jsonl');
        const event = { at: 5, bytes: 30, data: { type: 'progress_update', text: 'x' } };
        await writeSaved(target, { command: 'threads.create' }, event);
        await vscode.commands.executeCommand('chatkit.replayStream', target);
        await until(() => replays().length === 1, 'the replay');
        assert.equal(replays()[0]?.label, 'Replay: short.chatkit-events.jsonl');
        await vscode.commands.executeCommand('chatkit.replayStream', target);
        await until(() => replays().length === 1, 'one panel a file');
      });
    },

    'Replay Event Log without a file replays the log in the active editor, and offers a recorded stream first':
      async () => {
        const services = await activated();
        await withPanels(services, async ({ file }) => {
          const log = file('active.chatkit-events.jsonl');
          const event = { at: 5, bytes: 30, data: { type: 'progress_update', text: 'x' } };
          await writeSaved(log, { command: 'threads.create' }, event);
          await vscode.window.showTextDocument(log, { preview: false });
          await picking(
            () => assert.fail('a question'),
            async () => void (await vscode.commands.executeCommand('chatkit.replayStream')),
          );
          await until(
            () => replays().some(({ label }) => label === 'Replay: active.chatkit-events.jsonl'),
            'the replay',
          );

          const capture = file('capture.txt');
          await writeFile(capture.fsPath, `data: ${JSON.stringify(event.data)}\n\n`);
          await vscode.window.showTextDocument(capture, { preview: false });
          const offered: string[] = [];
          await picking(
            (rows) => {
              offered.push(...rows.map(({ label }) => label));
              return rows[0];
            },
            async () => void (await vscode.commands.executeCommand('chatkit.replayStream')),
          );
          await until(() => replays().some(({ label }) => label === 'Replay: capture.txt'), 'the second replay');
          assert.equal(offered.length, 2);
          assert.match(offered[0] ?? '', /capture\.txt$/);
          await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        });
      },

    'an item of a replay opens in an editor, even if the replay is already closed': async () => {
      const services = await activated();
      await withPanels(services, async ({ file }) => {
        const target = file('long.chatkit-events.jsonl');
        const text = 'long '.repeat(20_000);
        const item = {
          id: 'msg_1',
          thread_id: 'thr_1',
          created_at: '2026-01-01T00:00:00Z',
          type: 'assistant_message',
          content: [{ type: 'output_text', text, annotations: [] }],
        };
        const event = { at: 0, bytes: 30, data: { type: 'thread.item.done', item } };
        await writeSaved(target, { command: 'threads.add_user_message', threadId: 'thr_1' }, event);
        const ref = { connectionId: replayId(target), threadId: 'thr_1', itemId: 'msg_1' };
        const shown = () => vscode.window.activeTextEditor?.document.getText() ?? '';
        await openItem(ref, 'text');
        assert.equal(shown(), text);
        await vscode.commands.executeCommand('workbench.action.closeActiveEditor');

        await vscode.commands.executeCommand('chatkit.replayStream', target);
        await until(() => replays().length === 1, 'the replay');
        await openItem(ref, 'json');
        await until(() => shown().startsWith('{'), 'the JSON');
        assert.deepEqual(JSON.parse(shown()), item);
        await vscode.commands.executeCommand('chatkit.refreshDocument');
        assert.deepEqual(JSON.parse(shown()), item);
        await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      });
    },

    'a file that cannot be replayed shows an error and opens no panel': async () => {
      const services = await activated();
      await withPanels(services, async ({ file }) => {
        const stranger = file('notes.jsonl');
        await writeFile(stranger.fsPath, 'hello\n');
        await assert.rejects(readSavedEventLog(stranger), (error) => isSourceError(error, 'invalidResponse'));
        const huge = file('huge.chatkit-events.jsonl');
        await writeFile(huge.fsPath, '');
        await truncate(huge.fsPath, 65 * 1024 * 1024);
        await assert.rejects(readSavedEventLog(huge), /too large to replay: 65 MB/);
        await assert.rejects(readSavedEventLog(file('missing.chatkit-events.jsonl')));
        await vscode.commands.executeCommand('chatkit.replayStream', stranger);
        assert.equal(replays().length, 0);
      });
    },
  },
};

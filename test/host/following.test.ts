import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { threadLink } from '../../src/threads/common/threadLink.ts';
import { createUriHandler, openRef } from '../../src/threads/vscode/links/openRef.ts';
import { activated } from '../support/activated.ts';
import { listening } from '../support/hostSessions.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { type ThreadsStage, withThreads } from '../support/hostThreads.ts';
import { until } from '../support/hostWait.ts';

const inThreads = (action: (stage: ThreadsStage) => Promise<void>) => async () =>
  withThreads(await activated(), {}, action);

const run = (command: string, ...args: unknown[]) => vscode.commands.executeCommand(command, ...args);
/** Titles of open panels. */
const labels = () =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview)
    .map(({ label }) => label);
const task = (heading: string) => ({
  body: { type: 'chatkit.task', task_type: 'custom', heading, summary: null },
});

/** The shortest interval that the setting allows. */
async function quickly(action: () => Promise<void>): Promise<void> {
  const settings = vscode.workspace.getConfiguration('chatkit.follow');
  await settings.update('intervalSeconds', 1, vscode.ConfigurationTarget.Global);
  try {
    await action();
  } finally {
    await settings.update('intervalSeconds', undefined, vscode.ConfigurationTarget.Global);
  }
}

export const suite: HostSuite = {
  name: 'following',
  cases: {
    'Start Following Newest Thread opens and follows the next new thread': inThreads(async (stage) => {
      const { connections } = await activated();
      await quickly(async () => {
        await stage.arrived();
        await run('chatkit.followNewest', { connectionId: 'a' });
        try {
          // Threads that exist at the first poll are not new.
          const asked: string[] = [];
          await until(async () => {
            asked.push(...(await stage.arrived()));
            return asked.some((request) => request.startsWith('GET /threads?limit=5'));
          }, 'the first look');
          assert.deepEqual(labels(), []);
          const body = { user: 'ada', title: 'Newest thread', items: [task('first')] };
          const { id } = (await stage.control('POST', 'threads', body)) as { readonly id: string };
          await until(() => labels().includes('Newest thread'), 'the panel of the new thread');
          await stage.control('POST', `threads/${id}`, { items: [task('second')] });
          await until(() => connections.store('a').items(id).count === 2, 'the new item');
        } finally {
          await run('chatkit.followNewest', { connectionId: 'a' });
        }
      });
    }),

    'the inspector does not request items that the tree has loaded': inThreads(async (stage) => {
      const [row] = await stage.threads();
      assert.ok(row);
      await stage.open(row);
      await stage.arrived();
      await run('chatkit.openThread', { connectionId: 'a', threadId: row.threadId });
      await until(() => labels().includes(stage.model.label(row)), 'the panel');
      assert.deepEqual(
        (await stage.arrived()).filter((request) => request.includes(row.threadId)),
        [],
      );
    }),

    'a link to a missing connection or thread shows a warning and sends no request to another server': inThreads(
      async (stage) => {
        const services = await activated();
        await stage.arrived();
        await listening([], async (heard) => {
          await openRef(services, { connectionId: 'https://evil.example', threadId: 'cthr_1' });
          assert.equal(heard[0]?.text, 'The connection in this link is not configured in this editor.');
          assert.deepEqual(await stage.arrived(), []);
          await openRef(services, { connectionId: 'a', threadId: 'cthr_nothing' });
          assert.match(heard[1]?.text ?? '', /^“Acme” does not have this thread\./);
        });
        assert.deepEqual(labels(), []);
      },
    ),

    'the warning about a malicious link contains no link and none of its IDs': inThreads(async () => {
      const links = createUriHandler(await activated());
      const hostile = '[open](command:workbench.action.terminal.new)';
      const refs = [
        { connectionId: hostile, threadId: 'cthr_1' },
        { connectionId: '[open]', threadId: '(command:workbench.action.terminal.new)' },
        { connectionId: 'a', threadId: hostile },
      ];
      await listening([], async (heard) => {
        for (const ref of refs) await links.handleUri(vscode.Uri.parse(threadLink(vscode.env.uriScheme, ref)));
        await until(() => heard.length === refs.length, 'a message for each link');
        for (const { text } of heard) assert.doesNotMatch(text, /command:|\]\(|\[open\]/);
      });
    }),
  },
};

import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ThreadsNode } from '../../src/threads/vscode/model/nodes.ts';
import { unfiltered } from '../../src/threads/vscode/model/viewState.ts';
import { activated } from '../support/activated.ts';
import { saveKey, withServer, writeConnections } from '../support/hostConnections.ts';
import { listening } from '../support/hostSessions.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { type ThreadsOptions, type ThreadsStage, shown, withThreads } from '../support/hostThreads.ts';
import { next, until } from '../support/hostWait.ts';
import { secretKeyOf } from '../../src/connections/vscode/secretHeaders.ts';
import { viewMessage } from '../../src/threads/vscode/view/threadsView.ts';

const inThreads = (options: ThreadsOptions, action: (stage: ThreadsStage) => Promise<void>) => async () =>
  withThreads(await activated(), options, action);

const cure = (stage: ThreadsStage, node: ThreadsNode | undefined) => {
  assert.equal(node?.type, 'message');
  const row = stage.provider.getTreeItem(node);
  return {
    says: row.accessibilityInformation?.label ?? '',
    command: row.command?.command,
    arguments: row.command?.arguments,
  };
};

/** No server listens at this address. */
const deadUrl = 'http://127.0.0.1:9/v1';

/** Runs a case whose connection has another URL than the sandbox, and a key for it. */
const atAddress = (url: string, action: (stage: ThreadsStage) => Promise<void>) => async () => {
  const services = await activated();
  await withThreads(services, { connection: { url } }, async (stage) => {
    await saveKey(services, 'a', new URL(url).origin, 'sk-any-0123456789');
    await action(stage);
  });
};

export const suite: HostSuite = {
  name: 'errors in the Threads view',
  cases: {
    'a wrong key shows one row that asks for another key; the right key loads the threads': async () => {
      const services = await activated();
      await withThreads(services, {}, async (stage) => {
        const origin = new URL(stage.sandbox.baseUrl).origin;
        await saveKey(services, 'a', origin, 'sk-wrong-abcdefghijkl');
        const rows = await stage.open(stage.connection);
        assert.equal(rows.length, 1);
        const row = cure(stage, rows[0]);
        assert.match(row.says, /did not accept the API key/);
        assert.equal(row.command, 'chatkit.setCredentials');
        assert.deepEqual(row.arguments, [{ connectionId: 'a' }]);
        assert.equal((stage.provider.getTreeItem(stage.connection).iconPath as vscode.ThemeIcon).id, 'key');
        await stage.arrived();
        await stage.open(stage.connection);
        assert.deepEqual(await stage.arrived(), [], 'a failed load is not repeated unasked');
        await saveKey(services, 'a', origin, stage.sandbox.apiKey);
        assert.equal((await stage.threads()).length, 10);
      });
    },

    'without a key, no request is sent and the row asks for the key': async () => {
      const services = await activated();
      await withThreads(services, {}, async (stage) => {
        const changed = next(services.connections.onDidChange, 'the deleted key');
        const forget = async () =>
          vscode.commands.executeCommand<void>('chatkit.forgetCredentials', { connectionId: 'a' });
        await listening([], async (heard) => {
          await forget();
          assert.equal(heard.length, 1, 'only the question');
          assert.equal(heard[0]?.text, 'Forget the credentials of “Acme”?');
        });
        assert.match((await services.connections.describeCredentials('a')) ?? '', /saved/, 'no answer forgets nothing');
        await listening(['Forget Credentials'], forget);
        await changed.catch(() => undefined);
        const [row] = await stage.open(stage.connection);
        const { says, command } = cure(stage, row);
        assert.match(says, /^No API key/);
        assert.equal(command, 'chatkit.setCredentials');
        assert.deepEqual(await stage.arrived(), []);
      });
    },

    'an address without a server': atAddress(deadUrl, async (stage) => {
      const [row] = await stage.open(stage.connection);
      assert.ok(row?.type === 'message');
      const { says, command } = cure(stage, row);
      assert.match(says, /^Could not connect to 127\.0\.0\.1:9\. Is the server running\? Retry$/);
      assert.equal(command, 'chatkit.refresh');
      const resolved = await stage.provider.resolveTreeItem(stage.provider.getTreeItem(row), row);
      assert.ok((resolved.tooltip as vscode.MarkdownString).value.length > says.length, 'the tooltip contains more');
    }),

    'an empty response body: asks to check the URL': async () => {
      await withServer({ status: 200, type: 'application/json', body: '' }, ({ url }) =>
        atAddress(url, async (stage) => {
          const [row] = await stage.open(stage.connection);
          const { says, command } = cure(stage, row);
          assert.match(says, /did not return a ChatKit response/);
          assert.equal(command, 'chatkit.editConnection');
        })(),
      );
    },

    'a response of another API: asks to check the URL': async () => {
      await withServer({ status: 404, type: 'text/plain', body: 'no such page' }, ({ url }) =>
        atAddress(url, async (stage) => {
          const { says, command } = cure(stage, (await stage.open(stage.connection))[0]);
          assert.match(says, /has no ChatKit API at this address/);
          assert.equal(command, 'chatkit.editConnection');
        })(),
      );
    },

    'HTML instead of JSON: asks to check the URL': inThreads({}, async (stage) => {
      await stage.fault({ kind: 'html', status: 200, times: null });
      const { says, command } = cure(stage, (await stage.open(stage.connection))[0]);
      assert.match(says, /did not return a ChatKit response/);
      assert.equal(command, 'chatkit.editConnection');
    }),

    'an error does not remove loaded threads, and disappears after the next response': inThreads({}, async (stage) => {
      const before = await stage.threads();
      await stage.fault({ kind: 'forbidden', method: 'GET' });
      await stage.model.refreshConnection('a', 'page');
      const rows = await stage.open(stage.connection);
      assert.equal(rows[0]?.type, 'message');
      assert.deepEqual(rows.slice(1, 11), before);
      await stage.model.refreshConnection('a', 'page');
      assert.deepEqual(await stage.threads(), before);
      assert.equal((await stage.open(stage.connection))[0], before[0]);
    }),

    'a failed refresh is shown above the rows, on the row of the connection and in its tooltip': inThreads(
      {},
      async (stage) => {
        const { model, provider, connection, context } = stage;
        await stage.open(connection);
        assert.equal(viewMessage(model, context.times), undefined);
        await stage.fault({ kind: 'server_error', should_retry: false, method: 'GET' });
        await model.refreshConnection('a', 'page');
        assert.match(
          viewMessage(model, context.times) ?? '',
          /^Acme: .* returned an error \(\d+\)\. Next step: Retry$/,
        );
        const row = provider.getTreeItem(connection);
        assert.match(String(row.description), /^Server error \(5\d\d\) · 127/);
        assert.equal((row.iconPath as vscode.ThemeIcon).id, 'warning');
        assert.match(row.accessibilityInformation?.label ?? '', /returned an error/);
        const { tooltip } = await provider.resolveTreeItem(row, connection);
        const details = (tooltip as vscode.MarkdownString).value;
        // Ordinary spaces, so that lines wrap between words.
        assert.match(details, /returned an error/);
        assert.match(details, /Status/);
        await model.refreshConnection('a', 'page');
        assert.equal(viewMessage(model, context.times), undefined);
        assert.doesNotMatch(String(provider.getTreeItem(connection).description), /error/);
      },
    ),

    'several failures are one sentence above the rows, which show the reasons': inThreads({}, async (stage) => {
      const { model, context, sandbox } = stage;
      const stopped = { id: 'b', name: 'Stopped', kind: 'server', url: deadUrl } as const;
      await writeConnections(await activated(), [
        { id: 'a', name: 'Acme', kind: 'openai', url: sandbox.baseUrl },
        stopped,
      ]);
      await stage.fault({ kind: 'server_error', should_retry: false, method: 'GET' });
      await Promise.all([model.refreshConnection('a', 'page'), model.refreshConnection('b', 'page')]);
      assert.equal(viewMessage(model, context.times), 'Could not load 2 connections: Acme, Stopped.');
    }),

    'Refresh Threads shows failures as a notification; a refresh in the background does not': inThreads(
      {},
      async (stage) => {
        const [thread] = await stage.threads();
        await stage.open(thread);
        const asked = async (command: string, row: object): Promise<readonly string[]> => {
          const shownTexts: string[] = [];
          await listening([], async (heard) => {
            await vscode.commands.executeCommand(command, row);
            await until(() => heard.length > 0, 'the notification');
            shownTexts.push(...heard.map(({ text, buttons }) => `${text} [${buttons.join(', ')}]`));
          });
          return shownTexts;
        };
        await stage.fault({ kind: 'forbidden', method: 'GET', times: null });
        const [ofList, ...others] = await asked('chatkit.refresh', { connectionId: 'a' });
        assert.match(ofList ?? '', /^Acme: .*does not allow this action.*\[Set Credentials…, Show Log\]$/);
        assert.deepEqual(others, []);
        const [ofThread] = await asked('chatkit.refreshThread', { connectionId: 'a', threadId: thread?.threadId });
        assert.match(ofThread ?? '', /^Acme: .*does not allow this action/);
        await listening([], async (heard) => {
          await stage.model.refreshConnection('a', 'page');
          await next(stage.model.onDidChange, 'nothing more', () => false, 300).catch(() => undefined);
          assert.deepEqual(heard, []);
        });
      },
    ),

    'a collapsed connection shows on its row that it has no key, without a request': async () => {
      const services = await activated();
      await withThreads(services, {}, async (stage) => {
        await services.secrets.delete(secretKeyOf('a'));
        await until(async () => (await services.connections.credentialState('a')) === 'missing', 'the deleted key');
        const note = () => stage.provider.getTreeItem(stage.connection);
        note();
        await until(() => String(note().description).startsWith('No API key · '), 'the note on the row');
        assert.equal((note().iconPath as vscode.ThemeIcon).id, 'key');
        assert.match(note().contextValue ?? '', /\bneedsCredentials\b/);
        assert.deepEqual(await stage.arrived(), []);
        await saveKey(services, 'a', new URL(stage.sandbox.baseUrl).origin, stage.sandbox.apiKey);
        assert.doesNotMatch(String(note().description), /No API key/);
      });
    },

    'a page that fails shows a row at the end of the list; clicking it retries': inThreads({}, async (stage) => {
      await stage.open(stage.connection);
      await stage.fault({ kind: 'forbidden', method: 'GET' });
      await stage.model.loadMore({ connectionId: 'a' });
      const rows = await stage.open(stage.connection);
      assert.deepEqual(
        rows.map(({ type }) => type),
        [...Array<string>(10).fill('thread'), 'message'],
      );
      await stage.model.loadMore({ connectionId: 'a' });
      assert.equal((await stage.threads()).length, 20);
    }),

    'items that fail to load show a row in the thread; its command retries': inThreads({}, async (stage) => {
      const [thread] = await stage.threads();
      await stage.fault({ kind: 'server_error', should_retry: false, path: '/items' });
      const rows = await stage.open(thread);
      assert.equal(rows.length, 1);
      const row = cure(stage, rows[0]);
      assert.equal(row.command, 'chatkit.refresh');
      assert.deepEqual(row.arguments, [{ connectionId: 'a', threadId: thread?.threadId }]);
      assert.ok(thread);
      await stage.model.refreshThread(thread);
      assert.equal(
        (await stage.open(thread)).some(({ type }) => type === 'item'),
        true,
      );
    }),

    'older items that fail to load do not remove newer items': inThreads({ sandbox: { items: 30 } }, async (stage) => {
      const threads = await stage.threads();
      const long = threads.find((node) => stage.model.label(node).includes('30'));
      assert.ok(long, threads.map((node) => stage.model.label(node)).join(', '));
      await stage.open(long);
      await stage.fault({ kind: 'forbidden', path: '/items' });
      await stage.model.loadMore({ connectionId: 'a', threadId: long.threadId });
      const rows = await stage.open(long);
      assert.deepEqual([rows[0]?.type, rows[1]?.type, rows.length], ['message', 'item', 11]);
      assert.equal(cure(stage, rows[0]).says.length > 0, true);
      await stage.model.loadMore({ connectionId: 'a', threadId: long.threadId });
      assert.deepEqual((await stage.open(long)).map(({ type }) => type).slice(0, 2), ['loadMore', 'item']);
    }),

    'loading stops when a server repeats a page': inThreads({}, async (stage) => {
      await stage.open(stage.connection);
      await stage.fault({ kind: 'repeated_cursor', times: null });
      await stage.model.loadMore({ connectionId: 'a' });
      const last = (await stage.open(stage.connection)).at(-1);
      assert.ok(last);
      assert.match(shown(stage, last), /cannot be loaded/);
      await stage.arrived();
      await stage.model.loadMore({ connectionId: 'a' });
      assert.deepEqual(await stage.arrived(), []);
    }),

    'shows messages for an empty list and an empty thread': inThreads({ sandbox: { empty: true } }, async (stage) => {
      const [row] = await stage.open(stage.connection);
      assert.ok(row);
      assert.equal(shown(stage, row), 'No threads yet. | Refresh');
      await stage.control('POST', 'threads', { user: 'ada' });
      await stage.model.refreshConnection('a', 'page');
      const [thread] = await stage.threads();
      const [none] = await stage.open(thread);
      assert.ok(none);
      assert.match(shown(stage, none), /^This thread has no items\./);
    }),

    'ignores a response for an earlier filter': inThreads({}, async (stage) => {
      await stage.fault({ kind: 'slow_headers', ms: 400, method: 'GET' });
      const first = stage.open(stage.connection);
      stage.model.state.setFilter('a', { ...unfiltered, user: 'unknown_user' });
      const rows = await stage.open(stage.connection);
      assert.match(shown(stage, rows[0] ?? stage.connection), /^This user has no threads/);
      assert.deepEqual(
        (await first).map(({ type }) => type),
        ['message'],
      );
    }),

    'a connection that is removed while it loads has no rows': async () => {
      const services = await activated();
      await withThreads(services, {}, async (stage) => {
        await stage.fault({ kind: 'hang', method: 'GET' });
        const loading = stage.open(stage.connection);
        await vscode.workspace
          .getConfiguration('chatkit')
          .update('connections', undefined, vscode.ConfigurationTarget.Global);
        assert.deepEqual(await loading, []);
        assert.deepEqual(await stage.open(), []);
      });
    },
  },
};

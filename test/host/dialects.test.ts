// Reads the servers of ../shared/dialects as their READMEs state, except for their streams.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { toSourceError } from '../../src/chatkit/common/errors.ts';
import { ruleOf } from '../../src/chatkit/common/protocolProblems/catalogue/catalogue.ts';
import type { RuleName } from '../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { ThreadStore } from '../../src/chatkit/common/store/types.ts';
import { presentError } from '../../src/chatkit/vscode/present.ts';
import type { Services } from '../../src/connections/vscode/services.ts';
import { secretKeyOf } from '../../src/connections/vscode/secretHeaders.ts';
import { everyPage } from '../../src/chatkit/common/everyPage.ts';
import { activated } from '../support/activated.ts';
import { writeConnections } from '../support/hostConnections.ts';
import { message } from '../support/conversationText.ts';
import { next, until } from '../support/hostWait.ts';
import { dialectFolder, serveDialect } from '../support/dialectServer.ts';
import type { HostCase, HostSuite } from '../support/hostSuite.ts';

const { signal } = new AbortController();
const connectionId = 'd';

interface Dialect {
  readonly services: Services;
  readonly url: string;
  readonly store: ThreadStore;
  /** Names of the rules that were reported, each once. */
  readonly rules: () => readonly RuleName[];
  /** What the server printed. */
  readonly printed: () => string;
}

/** A case with the server of a folder as a connection. `more`: further fields of the connection. */
function withDialect(
  folder: string,
  path: string,
  action: (dialect: Dialect) => Promise<void>,
  more: Readonly<Record<string, unknown>> = {},
): HostCase {
  return async (t) => {
    const dialects = dialectFolder();
    if (dialects === null) return t.skip('no ../shared/dialects');
    const services = await activated();
    await vscode.commands.executeCommand('workbench.view.explorer');
    const server = await serveDialect(dialects, folder);
    const url = `${new URL(server.url).origin}${path}`;
    await writeConnections(services, [{ id: connectionId, name: 'Dialect', kind: 'server', url, ...more }]);
    try {
      services.problems.clear(connectionId);
      await action({
        services,
        url,
        store: services.connections.store(connectionId),
        rules: () =>
          [...new Set(services.problems.of(connectionId).problems.map(({ rule }) => ruleOf(rule).name))].sort(),
        printed: server.printed,
      });
    } finally {
      await writeConnections(services, []);
      await services.secrets.delete(secretKeyOf(connectionId));
      server.close();
    }
  };
}

const itemsOf = (store: ThreadStore, threadId: string) =>
  store.items(threadId).windows.flatMap(({ items }) => [...items]);
const idsOf = (store: ThreadStore, threadId: string) => itemsOf(store, threadId).map(({ id }) => id);
const conversationOf = ({ services }: Dialect) =>
  services.connections.source(connectionId).conversation ?? assert.fail('no conversation');

/** Saves the key of a connection to the hosted API, and further secret headers. */
async function saveHeaders({ connections, secrets }: Services, url: string, more: Readonly<Record<string, string>>) {
  const record = { origin: new URL(url).origin, headers: { authorization: 'Bearer sk-test-0123456789', ...more } };
  const changed = next(connections.onDidChange, 'the new credentials');
  await secrets.set(secretKeyOf(connectionId), JSON.stringify(record));
  await changed;
}

/** The server of the folder `more-without-after`, with each form of its cursor. */
const more = (path: string, rule: RuleName): HostCase =>
  withDialect('more-without-after', path, async ({ services, store, rules }) => {
    await vscode.workspace.getConfiguration('chatkit').update('pageSize', 10, vscode.ConfigurationTarget.Global);
    try {
      await store.refreshList(signal);
      assert.equal(store.list.threads.length, 10);
      while (store.list.hasMore) await store.loadMoreThreads(signal);
      assert.deepEqual([store.list.threads.length, store.list.stopped], [45, false]);
      await store.loadAll('thr_45', signal);
      assert.equal(itemsOf(store, 'thr_45').length, 120);
      const source = services.connections.source(connectionId);
      const pages = everyPage(
        (after) =>
          source.listItems('thr_45', { limit: 50, order: 'asc', ...(after === undefined ? {} : { after }) }, signal),
        null,
      );
      let exported = 0;
      for await (const page of pages) exported += page.length;
      assert.equal(exported, 120);
      assert.ok(rules().includes(rule), rules().join());
    } finally {
      await vscode.workspace
        .getConfiguration('chatkit')
        .update('pageSize', undefined, vscode.ConfigurationTarget.Global);
    }
  });

const upload = (path: string, rule: RuleName | null): HostCase =>
  withDialect('signed-put-upload', path, async (dialect) => {
    const file = { name: 'a.txt', mimeType: 'text/plain', bytes: Buffer.from('hello') };
    const attachment = await conversationOf(dialect).upload(file, signal);
    assert.equal(attachment.name, 'a.txt');
    await until(() => /UPLOAD (?:GOOD|BAD)/.test(dialect.printed()), 'the printed line');
    assert.match(dialect.printed(), /UPLOAD GOOD/);
    assert.doesNotMatch(dialect.printed(), /UPLOAD BAD/);
    if (rule !== null) assert.ok(dialect.rules().includes(rule), dialect.rules().join());
  });

export const suite: HostSuite = {
  name: 'dialects',
  cases: {
    '200-with-error: nothing is hidden that was not confirmed': withDialect(
      '200-with-error',
      '/chatkit',
      async (dialect) => {
        const { store, rules } = dialect;
        await store.refreshList(signal);
        await assert.rejects(store.deleteThread('thr_1', signal), /unsupported_request_type:threads\.delete/);
        await assert.rejects(store.renameThread('thr_2', 'New', signal), /unsupported_request_type:threads\.update/);
        const feedback = conversationOf(dialect).sendFeedback('thr_1', ['a1'], 'positive', signal);
        await assert.rejects(feedback, /unsupported_request_type:items\.feedback/);
        await store.refreshList(signal);
        assert.deepEqual(
          store.list.threads.map(({ title }) => title),
          ['Delete me 1', 'Delete me 2'],
        );
        assert.ok(rules().includes('successWithError'), rules().join());
      },
    ),

    'more-without-after: continues after the last id': more('/chatkit', 'hasMoreWithoutCursor'),
    'more-without-after: a number as cursor': more('/chatkit?mode=int', 'numericCursor'),

    'order-ignored: items and threads in the order in which they were created': withDialect(
      'order-ignored',
      '/chatkit',
      async ({ store, rules }) => {
        await store.refreshList(signal);
        assert.deepEqual(
          store.list.threads.map(({ title }) => title),
          ['Newest', 'Middle', 'Oldest'],
        );
        await store.loadLatest('thr_1', signal);
        assert.deepEqual(idsOf(store, 'thr_1'), ['u1', 'a1', 'u2', 'a2']);
        await store.pollNewer('thr_1', 20, signal);
        assert.deepEqual(idsOf(store, 'thr_1'), ['u1', 'a1', 'u2', 'a2']);
        assert.deepEqual(
          ['orderIgnored', 'missingHasMore'].filter((rule) => !rules().includes(rule as RuleName)),
          [],
        );
      },
    ),

    'times: local times of another zone are named, or read with the setting': withDialect(
      'times',
      '/chatkit',
      async ({ store, rules }) => {
        await store.loadLatest('thr_time', signal);
        for (const { createdAt } of itemsOf(store, 'thr_time')) {
          assert.ok(createdAt !== null && Math.abs(createdAt - Date.now()) < 5 * 60_000);
        }
        assert.deepEqual(rules(), []);
      },
      { timeZone: '+09:00' },
    ),
    'times: texts are exact times': withDialect('times', '/chatkit?mode=texts', async ({ store, rules }) => {
      await store.loadLatest('thr_time', signal);
      assert.deepEqual(
        itemsOf(store, 'thr_time').map(({ createdAt }) => createdAt),
        [0, 1, 2].map((minute) => Date.UTC(2025, 9, 7, 12, minute) + (minute < 2 ? 123 : 0)),
      );
      assert.deepEqual(rules(), ['textTime', 'zoneAndZ', 'zoneForm']);
    }),
    'times: milliseconds': withDialect('times', '/chatkit?mode=ms', async ({ store, rules }) => {
      await store.loadLatest('thr_time', signal);
      for (const { createdAt } of itemsOf(store, 'thr_time')) {
        assert.ok(createdAt !== null && Math.abs(createdAt - Date.now()) < 5 * 60_000);
      }
      assert.deepEqual(rules(), ['millisecondsTime']);
    }),

    'envelope-metadata: reachable with metadata': withDialect(
      'envelope-metadata',
      '/chatkit',
      async ({ store }) => {
        await store.refreshList(signal);
        assert.ok(store.list.threads.length > 0);
      },
      { metadata: { lesson_id: 7 } },
    ),
    'envelope-metadata: without it, the server’s own answer is shown': withDialect(
      'envelope-metadata',
      '/chatkit',
      async ({ store }) => {
        await assert.rejects(store.refreshList(signal), (error: Error) => {
          assert.match(error.message, /The server returned \d+: /);
          return true;
        });
      },
    ),

    'signed-put-upload': upload('/chatkit', null),
    'signed-put-upload: the method in lower case': upload('/chatkit?mode=lower', 'uploadMethodCase'),
    'signed-put-upload: a number as header value': upload('/chatkit?mode=number', 'uploadHeaderValue'),

    'newer-dialect: unknown tasks keep what they have': withDialect(
      'newer-dialect',
      '/chatkit',
      async ({ store, rules }) => {
        await store.loadLatest('thr_gran', signal);
        const [workflow] = itemsOf(store, 'thr_gran');
        assert.ok(workflow?.kind === 'workflow');
        assert.deepEqual(
          workflow.tasks.map(({ wireType }) => wireType),
          ['shell_call', 'computer_use', 'apply_patch'],
        );
        assert.match(workflow.tasks[0]?.content ?? '', /npm test/);
        assert.deepEqual(
          ['unknownTaskStatus', 'unknownTaskType'].filter((rule) => !rules().includes(rule as RuleName)),
          [],
        );
      },
    ),

    'left-behind-tool-call: read without a problem of its form': withDialect(
      'left-behind-tool-call',
      '/chatkit',
      async ({ store }) => {
        await store.loadLatest('thr_stale', signal);
        assert.deepEqual(idsOf(store, 'thr_stale'), ['u1', 'c1', 'u2', 'a2']);
        await store.loadLatest('thr_ended', signal);
        assert.equal(itemsOf(store, 'thr_ended').at(-1)?.kind, 'unknown');
      },
    ),

    'gateway-headers: a second secret header of the hosted API, whose absence is named': withDialect(
      'gateway-headers',
      '/v1',
      async ({ services, url, store }) => {
        await saveHeaders(services, url, { apikey: 'wrong' });
        await assert.rejects(
          services.connections.store(connectionId).refreshList(signal),
          /No API key found in request/,
        );
        assert.equal(store.list.threads.length, 0);
        await saveHeaders(services, url, { apikey: 'anon' });
        const current = services.connections.store(connectionId);
        await current.refreshList(signal);
        assert.deepEqual(
          current.list.threads.map(({ title }) => title),
          ['Behind a gateway'],
        );
      },
      { kind: 'openai', headers: ['apikey'] },
    ),

    ...Object.fromEntries(
      ([410, 404, 403] as const).map((status) => [
        `after-the-closing: ${status} for a session is explained by the sentence of the server`,
        withDialect(
          'after-the-closing',
          `/${status}/v1`,
          async ({ services, url }) => {
            await saveHeaders(services, url, {});
            const { sessions } = services.connections.source(connectionId);
            const body = { user: 'qa-1', workflow: { id: 'wf_test' } };
            const error = await sessions?.create(body, signal).then(
              () => null,
              (thrown: unknown) => toSourceError(thrown),
            );
            assert.ok(error);
            const connection = services.connections.get(connectionId);
            assert.ok(connection);
            const { message } = presentError(error, { connection, subject: 'workflow' });
            assert.match(
              message,
              /returned: Agent Builder and hosted ChatKit workflows were shut down on 2026-11-30\./,
            );
            assert.doesNotMatch(message, /API key|address/);
          },
          { kind: 'openai' },
        ),
      ]),
    ),
    'after-the-closing: threads that are gone are explained, too': withDialect(
      'after-the-closing',
      '/410/v1',
      async ({ services, url }) => {
        await saveHeaders(services, url, {});
        const connection = services.connections.get(connectionId);
        const store = services.connections.store(connectionId);
        const error = await store.refreshList(signal).then(
          () => null,
          (thrown: unknown) => toSourceError(thrown),
        );
        assert.ok(error && connection);
        assert.match(presentError(error, { connection, subject: 'threads' }).message, /were shut down on 2026-11-30/);
      },
      { kind: 'openai' },
    ),

    'a conversation with metadata': withDialect(
      'envelope-metadata',
      '/chatkit',
      async (dialect) => {
        const { services, store } = dialect;
        await store.refreshList(signal);
        const [thread] = store.list.threads;
        assert.ok(thread);
        const events = services.connections
          .source(connectionId)
          .conversation?.send({ type: 'addUserMessage', threadId: thread.id, input: message('hello') }, signal);
        let count = 0;
        for await (const batch of events ?? []) count += batch.length;
        assert.ok(count > 0);
      },
      { metadata: { lesson_id: 7 } },
    ),
  },
};

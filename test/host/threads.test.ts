import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { noFilter } from '../../src/threads/common/filter.ts';
import type { ThreadCondition } from '../../src/threads/common/summary/waiting.ts';
import type { ThreadsNode } from '../../src/threads/vscode/model/nodes.ts';
import { unfiltered } from '../../src/threads/vscode/model/viewState.ts';
import { activated } from '../support/activated.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { type ThreadsOptions, type ThreadsStage, shown, withThreads } from '../support/hostThreads.ts';
import { next, until } from '../support/hostWait.ts';
import { viewDescription, viewMessage } from '../../src/threads/vscode/view/threadsView.ts';

const inThreads = (options: ThreadsOptions, action: (stage: ThreadsStage) => Promise<void>) => async () =>
  withThreads(await activated(), options, action);

const types = (rows: readonly ThreadsNode[]): string =>
  [...new Map(rows.map(({ type }) => [type, rows.filter((row) => row.type === type).length]))]
    .map(([type, count]) => `${count} ${type}`)
    .join(', ');

const message = (text: string, at: number) => ({
  created_at: at,
  body: {
    type: 'chatkit.user_message',
    content: [{ type: 'input_text', text }],
    attachments: [],
    inference_options: null,
  },
});

/** Creates a thread with this number of user messages, one second apart, newer than all others. */
async function newThread(stage: ThreadsStage, items: number, more: object = {}): Promise<string> {
  const at = Math.floor(Date.now() / 1000) + 1000;
  const thread = (await stage.control('POST', 'threads', {
    user: 'ada',
    title: 'Made here',
    created_at: at,
    items: Array.from({ length: items }, (_, i) => message(`text ${i}`, at + i)),
    ...more,
  })) as { readonly id: string };
  return thread.id;
}

export const suite: HostSuite = {
  name: 'threads view',
  cases: {
    'expanding a connection sends one request; expanding it again sends none': inThreads({}, async (stage) => {
      assert.equal(types(await stage.open(stage.connection)), '10 thread, 1 loadMore');
      await stage.open(stage.connection);
      await Promise.all([stage.open(stage.connection), stage.open(stage.connection)]);
      assert.deepEqual(await stage.arrived(), ['GET /threads?limit=10&order=desc']);
    }),

    'rendering all rows and tooltips sends no request': inThreads({}, async (stage) => {
      const rows = await stage.open(stage.connection);
      await stage.arrived();
      for (const row of [stage.connection, ...rows]) {
        await stage.provider.resolveTreeItem(stage.provider.getTreeItem(row), row);
      }
      assert.deepEqual(await stage.arrived(), []);
    }),

    'Load More Threads sends one request per page until the end': inThreads({}, async (stage) => {
      const [first] = await stage.threads();
      await stage.arrived();
      await stage.model.loadMore({ connectionId: 'a' });
      const second = await stage.open(stage.connection);
      assert.equal(types(second), '20 thread, 1 loadMore');
      assert.equal(second[0], first, 'the row keeps its object');
      await stage.model.loadMore({ connectionId: 'a' });
      await stage.model.loadMore({ connectionId: 'a' });
      const all = await stage.threads();
      assert.equal(new Set(all.map(({ threadId }) => threadId)).size, all.length);
      const requests = await stage.arrived();
      assert.equal(requests.length, Math.ceil(all.length / 10) - 1);
      assert.ok(requests.every((request) => /^GET \/threads\?limit=10&order=desc&after=cthr_\w+$/.test(request)));
    }),

    'expanding a thread sends one request; older items are loaded page by page': inThreads({}, async (stage) => {
      const threadId = await newThread(stage, 25);
      const [thread] = await stage.threads();
      assert.equal(thread?.threadId, threadId);
      await stage.arrived();
      const rows = await stage.open(thread);
      assert.equal(types(rows), '1 loadMore, 10 item');
      await stage.open(thread);
      assert.deepEqual(await stage.arrived(), [`GET /threads/${threadId}/items?limit=10&order=desc`]);
      await stage.model.loadMore({ connectionId: 'a', threadId });
      assert.equal(types(await stage.open(thread)), '1 loadMore, 20 item');
      await stage.model.loadMore({ connectionId: 'a', threadId });
      const all = await stage.open(thread);
      assert.equal(types(all), '25 item');
      assert.equal((await stage.arrived()).length, 2);
      assert.match(shown(stage, all[0] ?? stage.connection), /^text 0 \| /);
      assert.equal(shown(stage, all[24] ?? stage.connection), 'text 24 | +1\u00a0s');
    }),

    'items loaded by the inspector are shown without a request, one page at a time': inThreads({}, async (stage) => {
      const threadId = await newThread(stage, 25);
      const [thread] = await stage.threads();
      const store = stage.model.store('a');
      await stage.open(thread);
      await store?.loadAll(threadId, new AbortController().signal);
      await stage.arrived();
      assert.equal(types(await stage.open(thread)), '1 loadMore, 10 item');
      await stage.model.loadMore({ connectionId: 'a', threadId });
      assert.equal(types(await stage.open(thread)), '1 loadMore, 20 item');
      assert.deepEqual(await stage.arrived(), []);
    }),

    'a row shows title, age, user and status; IDs and parents are stable': inThreads({}, async (stage) => {
      await newThread(stage, 1, { title: 'Two\nlines \u202e', status: { type: 'locked', reason: 'review' } });
      const [thread] = await stage.threads();
      assert.ok(thread);
      const row = stage.provider.getTreeItem(thread);
      assert.equal(row.label, 'Two lines');
      assert.equal(row.description, 'now · ada');
      assert.equal(row.accessibilityInformation?.label, 'Two lines, locked: review, now, ada');
      assert.equal((row.iconPath as vscode.ThemeIcon).id, 'lock');
      assert.equal(row.contextValue, 'thread deletable');
      assert.equal(row.command?.command, 'chatkit.openThread');
      assert.deepEqual(row.command?.arguments, [{ connectionId: 'a', threadId: thread.threadId, preview: true }]);
      assert.equal(stage.provider.getParent(thread), stage.connection);
      const [item] = await stage.open(thread);
      assert.ok(item);
      assert.equal(stage.provider.getParent(item), thread);
      assert.equal(stage.provider.getParent(stage.connection), undefined);
      const ids = [stage.connection, thread, item].map((node) => stage.provider.getTreeItem(node).id);
      await stage.model.refreshConnection('a', 'all');
      const [again] = await stage.threads();
      assert.deepEqual(
        [stage.connection, again, ...(await stage.open(again))].map((node) => node?.id),
        ids,
      );
    }),

    'tooltips escape text from the server': inThreads({}, async (stage) => {
      await newThread(stage, 0, { title: '[x](command:workbench.action.quit) **b** <img src=x>' });
      const [thread] = await stage.threads();
      assert.ok(thread);
      const row = await stage.provider.resolveTreeItem(stage.provider.getTreeItem(thread), thread);
      const tooltip = row.tooltip as vscode.MarkdownString;
      assert.equal(tooltip.isTrusted, false);
      assert.notEqual(tooltip.supportHtml, true);
      assert.ok(!tooltip.value.includes('[x](command:'), tooltip.value);
      assert.ok(!tooltip.value.includes('<img '), tooltip.value);
    }),

    'an untitled thread shows its ID, and its first message once its items are loaded': inThreads({}, async (stage) => {
      await newThread(stage, 3, { title: null });
      const [thread] = await stage.threads();
      assert.ok(thread);
      assert.match(shown(stage, thread), /^cthr_\w+…\w{4} \|/);
      const redrawn = next(
        stage.model.onDidChange,
        'the row to be redrawn',
        (nodes) => nodes?.includes(thread) ?? false,
      );
      await stage.open(thread);
      await redrawn;
      assert.match(shown(stage, thread), /^text 0 \|/);
    }),

    'a thread that waits for a tool shows this once its items are loaded': inThreads({}, async (stage) => {
      const at = Math.floor(Date.now() / 1000) - 240;
      const call = {
        type: 'chatkit.client_tool_call',
        status: 'in_progress',
        call_id: 'c',
        name: 'get_location',
        arguments: '{}',
        output: null,
      };
      const items = [message('Where?', at - 1), { created_at: at, body: call }];
      await stage.control('POST', 'threads', { user: 'ada', title: 'Stuck', items, created_at: at + 2000 });
      const [thread] = await stage.threads();
      assert.ok(thread);
      assert.doesNotMatch(shown(stage, thread), /waiting/);
      await stage.open(thread);
      assert.match(shown(stage, thread), /waits 4\u00a0min for tool get_location/);
    }),

    'the filter by user sends one request': inThreads({}, async (stage) => {
      await newThread(stage, 0, { user: 'grace@example.com' });
      await stage.open(stage.connection);
      await stage.arrived();
      stage.model.state.setFilter('a', { ...unfiltered, user: 'grace@example.com' });
      assert.equal(types(await stage.open(stage.connection)), '1 thread');
      assert.deepEqual(await stage.arrived(), ['GET /threads?limit=10&order=desc&user=grace%40example.com']);
      stage.model.state.setFilter('a', { ...unfiltered, user: 'unknown_user' });
      const [row] = await stage.open(stage.connection);
      assert.ok(row);
      assert.equal(shown(stage, row), 'This user has no threads. | Clear Thread Filter');
      assert.deepEqual(stage.provider.getTreeItem(row).command?.arguments, [{ connectionId: 'a' }]);
    }),

    'the filters of loaded threads send no request': inThreads({}, async (stage) => {
      await newThread(stage, 0, { title: 'Oslo harbour', status: { type: 'closed', reason: null } });
      await stage.open(stage.connection);
      await stage.arrived();
      const titles = async (filter: object): Promise<number> => {
        stage.model.state.setFilter('a', { ...unfiltered, ...noFilter, ...filter });
        return (await stage.threads()).length;
      };
      assert.equal(await titles({ text: 'harbour ADA' }), 1);
      assert.equal(await titles({ text: 'Oslo', statuses: ['active'] }), 0);
      assert.equal(await titles({ text: 'Oslo', statuses: ['active', 'closed'] }), 1);
      assert.equal(await titles({ from: Date.now() + 500_000 }), 1);
      assert.equal(await titles({ to: 1 }), 0);
      const rows = await stage.open(stage.connection);
      assert.equal(
        shown(stage, rows[0] ?? stage.connection),
        'No loaded thread matches the filter. | Clear Thread Filter',
      );
      assert.equal(rows.at(-1)?.type, 'loadMore', 'threads that are not loaded may match');
      assert.deepEqual(await stage.arrived(), []);
    }),

    'the sort order is part of the request': inThreads({}, async (stage) => {
      const [newest] = await stage.threads();
      await stage.arrived();
      stage.model.state.set('order', 'asc');
      const oldest = await stage.threads();
      assert.deepEqual(await stage.arrived(), ['GET /threads?limit=10&order=asc']);
      assert.ok(!oldest.some(({ threadId }) => threadId === newest?.threadId));
    }),

    'threads are grouped by user and by day, and can be revealed': inThreads({}, async (stage) => {
      await newThread(stage, 0, { user: 'grace' });
      const plain = await stage.threads();
      stage.model.state.set('grouping', 'user');
      const groups = (await stage.open(stage.connection)).filter(({ type }) => type === 'group');
      assert.equal(shown(stage, groups[0] ?? stage.connection), 'grace');
      const members = (await Promise.all(groups.map((group) => stage.open(group)))).flat();
      assert.deepEqual(new Set(members), new Set(plain), 'the same rows, each once');
      const [thread] = members;
      assert.ok(thread);
      assert.equal(stage.provider.getParent(thread)?.id, groups[0]?.id);
      assert.equal(stage.provider.getParent(groups[0] ?? thread), stage.connection);
      stage.model.state.set('grouping', 'day');
      const days = (await stage.open(stage.connection)).filter(({ type }) => type === 'group');
      assert.ok(days.some((day) => shown(stage, day) === 'Today'));
    }),

    'rows of threads grouped by user do not repeat the user': inThreads({}, async (stage) => {
      await newThread(stage, 0, { user: 'grace' });
      const [thread] = await stage.threads();
      assert.ok(thread);
      assert.equal(shown(stage, thread), 'Made here | now · grace');
      stage.model.state.set('grouping', 'user');
      assert.equal(shown(stage, thread), 'Made here | now');
    }),

    'the filter for stuck threads reads each thread once and shows the threads that wait': inThreads(
      { sandbox: { empty: true } },
      async (stage) => {
        const at = Math.floor(Date.now() / 1000);
        const call = { type: 'chatkit.client_tool_call', status: 'in_progress', call_id: 'c', name: 'get_location' };
        const body = { ...call, arguments: '{}', output: null };
        await newThread(stage, 1, { title: 'No answer' });
        const items = [message('Where?', at), { created_at: at + 1, body }];
        await stage.control('POST', 'threads', { user: 'ada', title: 'Stuck', items, created_at: at });
        await newThread(stage, 0, { title: 'Empty' });
        const services = await activated();
        const { troubleReads } = await import('../../src/threads/vscode/view/previews.ts');
        const reads = troubleReads(stage.model, services.log);
        try {
          await stage.threads();
          await stage.arrived();
          const filter = (conditions: readonly ThreadCondition[]) =>
            stage.model.state.setFilter('a', { ...unfiltered, conditions });
          const matching = async () => (await stage.threads()).map((row) => stage.model.label(row));
          // Once each: a new filter starts the reads again.
          filter(['stuck']);
          await until(async () => (await matching()).join() === 'Stuck', 'the stuck thread');
          filter(['failed']);
          await until(async () => (await matching()).join() === 'No answer', 'the thread without an answer');
          filter(['stuck', 'failed']);
          assert.equal((await matching()).length, 2);
          const requests = (await stage.arrived()).filter((request) => request.includes('/items'));
          assert.equal(requests.length, 3, requests.join('\n'));
          assert.match(viewMessage(stage.model, stage.context.times) ?? '', /^Acme: stuck · no answer — 2 of 3/);
        } finally {
          reads.dispose();
        }
      },
    ),

    'the order and previews are shown beside the title of the view': inThreads({}, async ({ model }) => {
      assert.equal(viewDescription(model), undefined);
      model.state.set('order', 'asc');
      model.state.set('previewUntitled', true);
      assert.equal(viewDescription(model), 'oldest first · previews');
    }),

    'the filter names its connection': inThreads({}, async (stage) => {
      await stage.open(stage.connection);
      stage.model.state.setFilter('a', { ...unfiltered, text: 'oslo' });
      assert.match(viewMessage(stage.model, stage.context.times) ?? '', /^Acme: “oslo” — /);
    }),

    'a refresh preserves rows and pages, finds new threads, and redraws only changed rows': inThreads(
      {},
      async (stage) => {
        await stage.open(stage.connection);
        await stage.model.loadMore({ connectionId: 'a' });
        const before = await stage.threads();
        await stage.arrived();
        const threadId = await newThread(stage, 0);
        const drawn: unknown[] = [];
        const listening = stage.model.onDidChange((nodes) => drawn.push(...(nodes ?? ['all'])));
        await stage.model.refreshConnection('a', 'all');
        assert.deepEqual(await stage.arrived(), ['GET /threads?limit=20&order=desc']);
        const after = await stage.threads();
        assert.deepEqual(after.slice(1, 20), before.slice(0, 19));
        assert.equal(after[0]?.threadId, threadId);
        await next(stage.model.onDidChange, 'nothing more', () => true, 200).catch(() => undefined);
        assert.deepEqual(drawn, [stage.connection]);
        drawn.length = 0;
        await stage.control('POST', `threads/${threadId}`, { title: 'Renamed' });
        const redrawn = next(stage.model.onDidChange, 'the renamed row');
        await stage.model.refreshConnection('a', 'page');
        assert.deepEqual(await redrawn, [after[0]]);
        listening.dispose();
      },
    ),

    'a single thread row can be refreshed': inThreads({}, async (stage) => {
      const threadId = await newThread(stage, 2);
      const [thread] = await stage.threads();
      assert.ok(thread);
      await stage.arrived();
      await stage.model.refreshThread(thread);
      assert.deepEqual(await stage.arrived(), [`GET /threads/${threadId}`]);
      await stage.open(thread);
      await stage.control('POST', `threads/${threadId}`, {
        items: [message('more', Math.floor(Date.now() / 1000) + 5000)],
      });
      await stage.arrived();
      await stage.model.refreshThread(thread);
      assert.equal(types(await stage.open(thread)), '3 item');
      assert.deepEqual((await stage.arrived()).toSorted(), [
        `GET /threads/${threadId}`,
        `GET /threads/${threadId}/items?limit=10&order=desc`,
      ]);
    }),

    'previews of untitled threads send one request each, four at a time, and none when turned off': inThreads(
      { sandbox: { empty: true } },
      async (stage) => {
        for (let n = 0; n < 6; n += 1) await newThread(stage, 1, { title: null });
        await newThread(stage, 1, { title: 'Has one' });
        const services = await activated();
        const { untitledPreviews } = await import('../../src/threads/vscode/view/previews.ts');
        const previews = untitledPreviews(stage.model, services.log);
        try {
          const rows = await stage.threads();
          assert.deepEqual(await stage.arrived(), ['GET /threads?limit=10&order=desc']);
          stage.model.state.set('previewUntitled', true);
          while (rows.some((row) => stage.model.label(row).startsWith('cthr_'))) {
            await next(stage.model.onDidChange, 'first words');
          }
          const requests = await stage.arrived();
          assert.equal(requests.length, 6);
          assert.ok(requests.every((request) => request.endsWith('items?limit=5&order=asc')));
        } finally {
          previews.dispose();
        }
      },
    ),
  },
};

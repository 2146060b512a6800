import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Ages } from '../../src/threads/vscode/view/ages.ts';
import { AutoRefresh } from '../../src/threads/vscode/view/autoRefresh.ts';
import { startSandbox } from '../../src/sandbox/node/sandbox.ts';
import { activated } from '../support/activated.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { shown, withThreads, type ThreadsStage } from '../support/hostThreads.ts';
import { next } from '../support/hostWait.ts';

interface Round {
  readonly stage: ThreadsStage;
  readonly refresh: AutoRefresh;
  readonly collapsed: Set<string>;
}

const inRounds = (action: (round: Round) => Promise<void>) => async () => {
  const services = await activated();
  await withThreads(services, {}, async (stage) => {
    const collapsed = new Set<string>();
    const refresh = new AutoRefresh({
      model: stage.model,
      settings: services.settings,
      isExpanded: (connectionId) => !collapsed.has(connectionId),
      isVisible: () => false,
      onDidChangeVisibility: new vscode.EventEmitter<void>().event,
    });
    try {
      await action({ stage, refresh, collapsed });
    } finally {
      refresh.dispose();
    }
  });
};

export const suite: HostSuite = {
  name: 'automatic refresh of the Threads view',
  cases: {
    'requests one page regardless of the number of loaded threads, and finds new threads': inRounds(
      async ({ stage, refresh }) => {
        await stage.open(stage.connection);
        await stage.model.loadMore({ connectionId: 'a' });
        const before = await stage.threads();
        await stage.control('POST', 'threads', { user: 'ada', created_at: Math.floor(Date.now() / 1000) + 1000 });
        await stage.arrived();
        await refresh.tick();
        assert.deepEqual(await stage.arrived(), ['GET /threads?limit=10&order=desc']);
        const after = await stage.threads();
        assert.deepEqual(after.slice(1), before);
      },
    ),

    'loads the threads of a server that is started later': inRounds(async ({ stage, refresh }) => {
      const { port, apiKey } = stage.sandbox;
      await stage.sandbox.close();
      assert.deepEqual(
        (await stage.open(stage.connection)).map(({ type }) => type),
        ['message'],
      );
      const restarted = await startSandbox({ seed: 1, threads: 5, pace: 0, port, apiKey });
      try {
        await refresh.tick();
        assert.equal((await stage.threads()).length, 10);
        assert.equal(stage.model.store('a')?.list.error, null);
      } finally {
        await restarted.close();
      }
    }),

    'does not refresh connections that are collapsed or were never expanded': inRounds(
      async ({ stage, refresh, collapsed }) => {
        await refresh.tick();
        assert.deepEqual(await stage.arrived(), []);
        await stage.open(stage.connection);
        collapsed.add('a');
        await stage.arrived();
        await refresh.tick();
        assert.deepEqual(await stage.arrived(), []);
      },
    ),

    'refreshes a failing connection less often until it responds': inRounds(async ({ stage, refresh }) => {
      await stage.open(stage.connection);
      await stage.fault({ kind: 'forbidden', times: 3 });
      await stage.arrived();
      const asked: boolean[] = [];
      for (let round = 0; round < 12; round += 1) {
        await refresh.tick();
        asked.push((await stage.arrived()).length > 0);
      }
      const rounds = asked.flatMap((was, round) => (was ? [round] : []));
      assert.deepEqual(rounds, [0, 2, 5, 10, 11]);
    }),

    'refreshes do not overlap': inRounds(async ({ stage, refresh }) => {
      await stage.open(stage.connection);
      await stage.fault({ kind: 'slow_headers', ms: 200 });
      await stage.arrived();
      await Promise.all([refresh.tick(), refresh.tick()]);
      assert.equal((await stage.arrived()).length, 1);
    }),

    'redraws only rows whose age text has changed': async () => {
      await withThreads(await activated(), {}, async (stage) => {
        let now = Date.now();
        const context = { ...stage.context, now: () => now };
        const ages = new Ages(context, () => true);
        try {
          const threads = await stage.threads();
          ages.tick();
          now += 60 * 60_000;
          const drawn = next(stage.model.onDidChange, 'the rows');
          ages.tick();
          const rows = (await drawn) ?? [];
          assert.ok(rows.length > 0 && rows.length <= threads.length);
          assert.ok(rows.every((row) => shown(stage, row) !== ''));
        } finally {
          ages.dispose();
        }
      });
    },

    'a thread that waits counts the seconds; other rows are not redrawn': async () => {
      const services = await activated();
      await withThreads(services, { sandbox: { empty: true } }, async (stage) => {
        const at = Math.floor(Date.now() / 1000);
        const text = { type: 'chatkit.user_message', content: [{ type: 'input_text', text: 'Hi' }], attachments: [] };
        const items = [{ created_at: at, body: { ...text, inference_options: null } }];
        await stage.control('POST', 'threads', { user: 'ada', title: 'Waits', items, created_at: at });
        const context = { ...stage.context };
        const ages = new Ages(context, () => true);
        try {
          const [thread] = await stage.threads();
          assert.ok(thread);
          await stage.open(thread);
          const texts = new Set<string>();
          while (texts.size < 3) {
            const drawn = await next(stage.model.onDidChange, 'the next second');
            assert.deepEqual(drawn, [thread]);
            const [, seconds] = /waits (\d+)\u00a0s for an answer/.exec(shown(stage, thread)) ?? [];
            assert.ok(seconds !== undefined && Number(seconds) >= 1, shown(stage, thread));
            texts.add(seconds);
          }
        } finally {
          ages.dispose();
        }
      });
    },
  },
};

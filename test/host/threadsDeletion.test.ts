import assert from 'node:assert/strict';
import { deleteThreads, runDeletion } from '../../src/threads/vscode/deleteThreads.ts';
import { activated } from '../support/activated.ts';
import { listening } from '../support/hostSessions.ts';
import type { HostSuite } from '../support/hostSuite.ts';
import { type ThreadsOptions, type ThreadsStage, withThreads } from '../support/hostThreads.ts';
import { silentLog } from '../support/silentLog.ts';

const inThreads = (options: ThreadsOptions, action: (stage: ThreadsStage) => Promise<void>) => async () =>
  withThreads(await activated(), options, action);

const intact = (): Promise<void> => Promise.resolve();

const deletions = async (stage: ThreadsStage): Promise<readonly string[]> =>
  (await stage.arrived()).filter((request) => request.startsWith('DELETE'));

export const suite: HostSuite = {
  name: 'deletion of threads',
  cases: {
    'one thread: the confirmation shows title, user and connection; the row disappears without another request':
      inThreads({}, async (stage) => {
        const [, thread] = await stage.threads();
        assert.ok(thread);
        await stage.arrived();
        const title = stage.model.label(thread);
        const user = stage.model.thread(thread)?.user ?? '';
        await listening(['Delete'], async (heard) => {
          await deleteThreads(stage.model, silentLog, [thread]);
          assert.equal(heard.length, 1);
          assert.equal(heard[0]?.text, `Delete the thread “${title}”?`);
          assert.ok(heard[0]?.detail.includes(user) && heard[0].detail.includes('Acme'), heard[0]?.detail);
          assert.match(heard[0]?.detail ?? '', /cannot be undone/);
        });
        assert.deepEqual(await stage.arrived(), [`DELETE /threads/${thread.threadId}`]);
        const left = await stage.threads();
        assert.equal(left.length, 9);
        assert.ok(!left.includes(thread));
      }),

    'several threads: one confirmation with the number and the titles': inThreads({}, async (stage) => {
      await stage.open(stage.connection);
      await stage.model.loadMore({ connectionId: 'a' });
      const threads = (await stage.threads()).slice(0, 12);
      const title = threads[0] === undefined ? '' : stage.model.label(threads[0]);
      await stage.arrived();
      await listening(['Delete'], async (heard) => {
        await deleteThreads(stage.model, silentLog, threads);
        assert.deepEqual(
          heard.map(({ text }) => text),
          ['Delete 12 threads?'],
        );
        assert.ok(heard[0]?.detail.includes(`• ${title} (`), heard[0]?.detail);
        assert.match(heard[0]?.detail ?? '', /… and 2 more/);
      });
      assert.equal((await deletions(stage)).length, 12);
      assert.equal((await stage.threads()).length, 8);
    }),

    'deletes nothing when the confirmation is cancelled': inThreads({}, async (stage) => {
      const threads = await stage.threads();
      await stage.arrived();
      await listening([], async () => deleteThreads(stage.model, silentLog, threads));
      assert.deepEqual(await stage.arrived(), []);
    }),

    'Export and Delete deletes only exported threads, and nothing when the export is cancelled': inThreads(
      {},
      async (stage) => {
        const threads = (await stage.threads()).slice(0, 3);
        const [exportedThread] = threads;
        assert.ok(exportedThread);
        await stage.arrived();
        await listening(['Export and Delete…'], async (heard) => {
          await deleteThreads(stage.model, silentLog, threads, async () => ({ threads: [], check: intact }));
          assert.deepEqual(heard[0]?.buttons, ['Delete', 'Export and Delete…']);
          assert.deepEqual(await deletions(stage), []);
          await deleteThreads(stage.model, silentLog, threads, async (asked) => ({
            threads: asked.slice(0, 1),
            check: intact,
          }));
        });
        assert.deepEqual(await deletions(stage), [`DELETE /threads/${exportedThread.threadId}`]);
      },
    ),

    'a thread that no longer exists counts as deleted': inThreads({}, async (stage) => {
      const [thread, other] = await stage.threads();
      assert.ok(thread && other);
      const { sandbox } = stage;
      await fetch(`${sandbox.baseUrl}/chatkit/threads/${thread.threadId}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${sandbox.apiKey}`, 'openai-beta': 'chatkit_beta=v1' },
      });
      await listening(['Delete'], async (heard) => {
        await deleteThreads(stage.model, silentLog, [thread, other]);
        assert.equal(heard.length, 1, 'only the question');
      });
      assert.equal((await stage.threads()).length, 8);
    }),

    'sends at most four concurrent requests': inThreads({}, async (stage) => {
      const threads = await stage.threads();
      await stage.fault({ kind: 'slow_headers', ms: 50, method: 'DELETE', times: null });
      const store = stage.model.store('a');
      assert.ok(store);
      let underway = 0;
      let most = 0;
      const own = store.deleteThread.bind(store);
      store.deleteThread = async (threadId, signal) => {
        underway += 1;
        most = Math.max(most, underway);
        try {
          return await own(threadId, signal);
        } finally {
          underway -= 1;
        }
      };
      const outcome = await runDeletion(stage.model, threads, new AbortController().signal, () => undefined);
      assert.equal(outcome.deleted.length, 10);
      assert.equal(most, 4);
    }),

    'a cancelled deletion does not delete the remaining threads': inThreads({}, async (stage) => {
      const threads = await stage.threads();
      await stage.arrived();
      const controller = new AbortController();
      const outcome = await runDeletion(stage.model, threads, controller.signal, (done) => {
        if (done === 3) controller.abort();
      });
      assert.equal(outcome.failed.length, 0);
      assert.equal(outcome.deleted.length + outcome.remaining.length, 10);
      assert.ok(outcome.remaining.length >= 3, `${outcome.remaining.length} left`);
      assert.ok((await deletions(stage)).length <= 7);
      const rows = await stage.threads();
      for (const thread of outcome.remaining) assert.ok(rows.some(({ threadId }) => threadId === thread.threadId));
    }),

    'reports each failed thread, and Retry deletes only those': inThreads({}, async (stage) => {
      const threads = (await stage.threads()).slice(0, 5);
      const failing = threads[2];
      assert.ok(failing);
      await stage.fault({ kind: 'forbidden', method: 'DELETE', path: failing.threadId });
      await stage.arrived();
      await listening(['Delete', 'Retry'], async (heard) => {
        const label = stage.model.label(failing);
        await deleteThreads(stage.model, silentLog, threads);
        const [, report, ...more] = heard;
        assert.deepEqual(more, []);
        assert.match(report?.text ?? '', /^Deleted 4 of 5 threads\./);
        assert.ok(report?.text.includes(`“${label}”: `), report?.text);
      });
      const requests = await deletions(stage);
      assert.equal(requests.length, 6);
      assert.equal(requests.filter((request) => request.endsWith(failing.threadId)).length, 2);
      assert.equal((await stage.threads()).length, 5);
    }),

    'the details list each of many failures': inThreads({}, async (stage) => {
      const threads = (await stage.threads()).slice(0, 5);
      await stage.fault({ kind: 'forbidden', method: 'DELETE', times: null });
      await listening(['Delete', 'Show Details'], async (heard) => {
        await deleteThreads(stage.model, silentLog, threads);
        assert.match(heard[1]?.text ?? '', /^Deleted 0 of 5 threads\. 5 failed\./);
        assert.equal(heard[2]?.detail.split('\n').length, 5);
      });
      assert.equal((await stage.threads()).length, 10);
    }),

    'explains why a read-only connection cannot delete, and sends nothing': inThreads(
      { connection: { readOnly: true } },
      async (stage) => {
        const [thread] = await stage.threads();
        assert.ok(thread);
        assert.equal(stage.provider.getTreeItem(thread).contextValue, 'thread', 'its menu does not offer it');
        await stage.arrived();
        await listening(['Delete'], async (heard) => {
          await deleteThreads(stage.model, silentLog, [thread]);
          assert.deepEqual(
            heard.map(({ text }) => text),
            [
              '“Acme” is read-only, so its threads were not deleted. You can change the access level in the connection settings.',
            ],
          );
        });
        assert.deepEqual(await stage.arrived(), []);
      },
    ),
  },
};

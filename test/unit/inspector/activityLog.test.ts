import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError } from '../../../src/chatkit/common/errors.ts';
import { ActivityLog } from '../../../src/inspector/vscode/activityLog.ts';
import type { Activity } from '../../../src/inspector/common/protocol.ts';

function setUp() {
  const changes: Activity[] = [];
  const log = new ActivityLog({
    onChange: (activity) => changes.push(activity),
    describe: async ({ message }, resolve) => ({ message, detail: '', action: 'Retry', resolve }),
  });
  return { log, changes, last: () => changes.at(-1) };
}
const failure = async () => {
  throw new SourceError('network', 'No route.');
};

describe('ActivityLog', () => {
  test('reports a load while it is running', async () => {
    const { log, changes } = setUp();
    assert.equal(await log.run('older', async () => undefined), true);
    assert.deepEqual(
      changes.map(({ loading }) => loading),
      [['older'], []],
    );
  });

  test('two loads at the same place count as one until both have ended', async () => {
    const { log, changes } = setUp();
    await Promise.all([log.run('latest', async () => undefined), log.run('latest', async () => undefined)]);
    assert.deepEqual(
      changes.map(({ loading }) => loading.length),
      [1, 1, 1, 0],
    );
  });

  test('an error remains until a load at the same place succeeds', async () => {
    const { log, last } = setUp();
    assert.equal(await log.run('older', failure), false);
    await log.run('latest', async () => undefined);
    assert.deepEqual(last()?.problems, [{ place: 'older', message: 'No route.', detail: '', action: 'Retry' }]);
    await log.run('older', async () => undefined);
    assert.deepEqual(last()?.problems, []);
  });

  test('resolving a problem repeats the failed load', async () => {
    const { log, last } = setUp();
    let tries = 0;
    await log.run('older', async () => {
      tries += 1;
      if (tries === 1) await failure();
    });
    await log.resolveProblem('older');
    assert.equal(tries, 2);
    assert.deepEqual(last()?.problems, []);
    assert.equal(log.resolveProblem('gap7'), undefined);
  });

  test('a cancelled load is not a problem', async () => {
    const { log, last } = setUp();
    await log.run('older', async () => {
      throw new SourceError('cancelled', 'Cancelled.');
    });
    assert.deepEqual(last(), { loading: [], problems: [], deleted: false });
  });

  test('problems of gaps are removed when the windows are reset, other problems remain', async () => {
    const { log } = setUp();
    await log.run('gap0', failure);
    await log.run('older', failure);
    log.forgetGaps();
    assert.deepEqual(
      log.current.problems.map(({ place }) => place),
      ['older'],
    );
  });

  test('a deleted thread has no problems', async () => {
    const { log, last } = setUp();
    await log.run('older', failure);
    log.markDeleted();
    assert.deepEqual(last(), { loading: [], problems: [], deleted: true });
  });
});

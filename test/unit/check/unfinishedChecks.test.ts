import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { UnfinishedChecks } from '../../../src/check/vscode/unfinishedChecks.ts';
import { MementoDouble } from '../../support/memento.ts';

const server = { id: 'c', url: 'http://localhost:1/chatkit?key=canary' };

describe('threads of unfinished checks', () => {
  test('are known to the next check of the same address and user, until a check ends', () => {
    const memento = new MementoDouble();
    const killed = new UnfinishedChecks(memento).start(server, 'ann');
    killed.add('thr_1');
    killed.add('thr_2');
    const earlierOf = (user: string | null, url = server.url) =>
      new UnfinishedChecks(memento).start({ ...server, url }, user).earlier;
    assert.deepEqual(earlierOf('ann'), ['thr_1', 'thr_2']);
    assert.deepEqual(earlierOf('bob'), []);
    assert.deepEqual(earlierOf('ann', 'http://localhost:2/chatkit'), []);
    assert.ok(!JSON.stringify(memento.get('chatkit.unfinishedChecks')).includes('canary'));

    // A check that is killed before it deletes them remembers them, and its own.
    new UnfinishedChecks(memento).start(server, 'ann').add('thr_3');
    assert.deepEqual(earlierOf('ann'), ['thr_1', 'thr_2', 'thr_3']);

    const next = new UnfinishedChecks(memento).start(server, 'ann');
    next.end(false);
    assert.deepEqual(earlierOf('ann'), ['thr_1', 'thr_2', 'thr_3']);
    next.end(true);
    assert.deepEqual(earlierOf('ann'), []);
  });

  test('a second check at the same time does not see the threads of the first one', () => {
    const checks = new UnfinishedChecks(new MementoDouble());
    checks.start(server, null).add('thr_1');
    assert.deepEqual(checks.start(server, null).earlier, []);
  });

  test('are bounded, and damaged memory is empty', async () => {
    const memento = new MementoDouble();
    const check = new UnfinishedChecks(memento).start(server, null);
    for (let index = 0; index < 80; index += 1) check.add(`thr_${index}`);
    assert.equal(new UnfinishedChecks(memento).start(server, null).earlier.length, 50);
    await memento.update('chatkit.unfinishedChecks', { c: 7 });
    assert.deepEqual(new UnfinishedChecks(memento).start(server, null).earlier, []);
  });
});

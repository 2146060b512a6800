import assert from 'node:assert/strict';
import { describe, mock, test, type TestContext } from 'node:test';
import { SourceError } from '../../../src/chatkit/common/errors.ts';
import { Follower } from '../../../src/inspector/vscode/follower.ts';
import type { FollowState } from '../../../src/inspector/common/protocol.ts';

const interval = 3_000;

function setUp(t: TestContext, poll: () => Promise<boolean>) {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const polls: number[] = [];
  const states: FollowState[] = [];
  const follower = new Follower({
    poll: () => {
      polls.push(Date.now());
      return poll();
    },
    intervalMs: () => interval,
    onState: (state) => states.push(state),
  });
  t.after(() => follower.dispose());
  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return {
    follower,
    states,
    polls,
    /** Advances the clock, in steps of one second. */
    async pass(seconds: number) {
      for (let second = 0; second < seconds; second++) {
        t.mock.timers.tick(1000);
        await settle();
      }
    },
    settle,
  };
}

describe('Follower', () => {
  test('polls immediately, and then at the interval while there are new items', async (t) => {
    const { follower, polls, pass, settle } = setUp(t, async () => true);
    follower.start();
    await settle();
    await pass(9);
    assert.deepEqual(polls, [0, 3000, 6000, 9000]);
  });

  test('slows down to ten intervals while there are no new items', async (t) => {
    const { follower, polls, pass, settle } = setUp(t, async () => false);
    follower.start();
    await settle();
    await pass(3600);
    const waits = polls.slice(1).map((at, index) => at - (polls[index] ?? 0));
    assert.deepEqual(
      waits.slice(0, 9),
      Array.from({ length: 9 }, () => interval),
    );
    assert.ok((waits.at(-1) ?? 0) >= interval * 10, `the last wait was ${waits.at(-1)}`);
    assert.ok((waits.at(-1) ?? 0) <= interval * 10 + 1000);
  });

  test('returns to the normal interval when there are new items', async (t) => {
    let news = false;
    const { follower, polls, pass, settle } = setUp(t, async () => news);
    follower.start();
    await settle();
    await pass(1800);
    news = true;
    await pass(31);
    const last = polls.at(-1) ?? 0;
    await pass(3);
    assert.equal(polls.at(-1), last + interval);
  });

  test('waits longer after each error, reports the time of the next poll, and recovers', async (t) => {
    let failing = true;
    const { follower, states, pass, settle } = setUp(t, async () => {
      if (failing) throw new SourceError('network', 'No route.');
      return false;
    });
    follower.start();
    await settle();
    assert.deepEqual(states.at(-1), { mode: 'retrying', at: 6_000, message: 'No route.' });
    await pass(6);
    assert.deepEqual(states.at(-1), { mode: 'retrying', at: 6_000 + 12_000, message: 'No route.' });
    await pass(600);
    const { at } = states.at(-1) as { at: number };
    assert.ok(at - Date.now() <= 60_000);
    failing = false;
    await pass(60);
    assert.deepEqual(states.at(-1), { mode: 'live' });
  });

  test('waits as long as the server requests', async (t) => {
    const { follower, states, settle } = setUp(t, async () => {
      throw new SourceError('rateLimited', 'Slow down.', { retryAfterMs: 45_000 });
    });
    follower.start();
    await settle();
    assert.deepEqual(states.at(-1), { mode: 'retrying', at: 45_000, message: 'Slow down.' });
  });

  test('does not poll while no panel is visible', async (t) => {
    const { follower, states, polls, pass, settle } = setUp(t, async () => true);
    follower.start();
    await settle();
    follower.pause();
    await pass(60);
    assert.equal(polls.length, 1);
    assert.deepEqual(states.at(-1), { mode: 'paused' });
    follower.resume();
    await settle();
    assert.equal(polls.length, 2);
    assert.deepEqual(states.at(-1), { mode: 'live' });
  });

  test('ignores the result of a poll after it is turned off', async (t) => {
    const answers: ((news: boolean) => void)[] = [];
    const { follower, polls, states, pass, settle } = setUp(t, () => new Promise((resolve) => answers.push(resolve)));
    follower.start();
    follower.stop();
    answers[0]?.(true);
    await settle();
    await pass(30);
    assert.equal(polls.length, 1);
    assert.deepEqual(states.at(-1), { mode: 'off' });
  });

  test('does not poll during a stream, and polls immediately afterwards', async (t) => {
    const { follower, polls, states, pass, settle } = setUp(t, async () => true);
    follower.start();
    await settle();
    follower.block();
    follower.wake();
    follower.pause();
    follower.resume();
    await pass(60);
    assert.equal(polls.length, 1);
    assert.deepEqual(states.at(-1), { mode: 'live' });
    follower.unblock();
    await settle();
    assert.equal(polls.length, 2);
  });

  test('aborts the request when it is stopped', (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const poll = mock.fn((_signal: AbortSignal) => new Promise<boolean>(() => undefined));
    const follower = new Follower({ poll, intervalMs: () => interval, onState: () => undefined });
    follower.start();
    follower.stop();
    assert.equal(poll.mock.calls[0]?.arguments[0].aborted, true);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Player } from '../../../src/eventLog/common/player.ts';

/** A clock that the test advances. */
function stage(times: readonly number[]) {
  let now = 1000;
  let waiting: { readonly at: number; readonly callback: () => void } | null = null;
  const played: [now: number, from: number, to: number][] = [];
  const player = new Player({
    times,
    play: (from, to) => played.push([now - 1000, from, to]),
    now: () => now,
    later: (callback, ms) => {
      const own = { at: now + ms, callback };
      waiting = own;
      return () => {
        if (waiting === own) waiting = null;
      };
    },
  });
  return {
    player,
    played,
    /** Advances the clock, in ms. */
    pass(ms: number): void {
      const until = now + ms;
      while (waiting !== null && waiting.at <= until) {
        const { at, callback } = waiting;
        waiting = null;
        now = at;
        callback();
      }
      now = until;
    },
    isWaiting: () => waiting !== null,
  };
}

describe('Player', () => {
  test('plays events at their recorded times, and simultaneous events together', () => {
    const { player, played, pass, isWaiting } = stage([0, 100, 100, 250]);
    assert.deepEqual(player.state, { mode: 'paused', position: 0, total: 4, speed: 1 });
    player.play();
    pass(1000);
    assert.deepEqual(played, [
      [0, 0, 1],
      [100, 1, 3],
      [250, 3, 4],
    ]);
    assert.equal(player.state.mode, 'ended');
    assert.equal(isWaiting(), false);
  });

  test('continues from the paused position', () => {
    const { player, played, pass, isWaiting } = stage([100, 200]);
    player.play();
    pass(150);
    player.pause();
    assert.equal(isWaiting(), false);
    pass(5000);
    player.play();
    pass(49);
    assert.equal(played.length, 1);
    pass(1);
    assert.deepEqual(played.at(-1), [5200, 1, 2]);
  });

  test('plays on after single steps', () => {
    const { player, played, pass } = stage([100, 200, 1000]);
    player.step();
    player.step();
    assert.deepEqual(played, [
      [0, 0, 1],
      [0, 1, 2],
    ]);
    player.play();
    pass(799);
    assert.equal(player.state.mode, 'playing');
    pass(1);
    assert.deepEqual(played.at(-1), [800, 2, 3]);
    player.step();
    player.play();
    assert.equal(player.state.mode, 'ended');
    assert.equal(played.length, 3);
  });

  test('a step during playback pauses it', () => {
    const { player, played, pass, isWaiting } = stage([100, 200]);
    player.play();
    player.step();
    assert.deepEqual([player.state.mode, isWaiting()], ['paused', false]);
    pass(1000);
    assert.equal(played.length, 1);
  });

  test('applies a speed before and during playback', () => {
    const { player, played, pass } = stage([1000, 2000, 3000]);
    player.setSpeed(10);
    player.play();
    pass(150);
    player.setSpeed(0.5);
    pass(1000);
    assert.deepEqual(
      played.map(([at]) => at),
      [100, 1150],
    );
    player.setSpeed(1000);
    pass(1);
    assert.deepEqual(player.state, { mode: 'ended', position: 3, total: 3, speed: 1000 });
  });

  test('plays all remaining events at once', () => {
    const { player, played } = stage([1, 2, 3]);
    player.step();
    player.finish();
    player.finish();
    assert.deepEqual(played, [
      [0, 0, 1],
      [0, 1, 3],
    ]);
  });

  test('supports waits that are longer than the limit of a timer', () => {
    const { player, pass, played } = stage([2 ** 33]);
    player.play();
    pass(2 ** 32);
    assert.equal(played.length, 0);
    pass(2 ** 32);
    assert.equal(played.length, 1);
  });

  test('ends immediately without events', () => {
    const { player } = stage([]);
    player.play();
    player.step();
    assert.equal(player.state.mode, 'ended');
  });

  test('reports each change, and none after it is disposed', () => {
    const { player, pass, isWaiting } = stage([10, 20]);
    const modes: string[] = [];
    player.onDidChange(({ mode, position }) => modes.push(`${mode} ${position}`));
    player.play();
    pass(10);
    player.pause();
    player.play();
    player.dispose();
    assert.equal(isWaiting(), false);
    assert.deepEqual(modes, ['playing 0', 'playing 1', 'paused 1', 'playing 1']);
  });
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inParallel } from '../../../../src/chatkit/common/store/requests.ts';

/** Actions that the test ends one by one. */
function actions() {
  const started: number[] = [];
  const ends = new Map<number, () => void>();
  return {
    started,
    run: (n: number) =>
      new Promise<void>((resolve) => {
        started.push(n);
        ends.set(n, resolve);
      }),
    async end(n: number) {
      ends.get(n)?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test('runs up to the limit in parallel, in order, each once', async () => {
  const { started, run, end } = actions();
  const all = inParallel([1, 2, 3, 4, 5], 2, new AbortController().signal, run);
  assert.deepEqual(started, [1, 2]);
  await end(2);
  assert.deepEqual(started, [1, 2, 3]);
  for (const n of [1, 3, 4, 5]) await end(n);
  await all;
  assert.deepEqual(started, [1, 2, 3, 4, 5]);
});

test('starts no action after the signal, and waits for running ones', async () => {
  const { started, run, end } = actions();
  const controller = new AbortController();
  let isOver = false;
  const all = inParallel([1, 2, 3], 2, controller.signal, run).then(() => (isOver = true));
  controller.abort();
  await end(1);
  assert.equal(isOver, false);
  await end(2);
  await all;
  assert.deepEqual(started, [1, 2]);
});

test('resolves immediately without actions', async () => {
  await inParallel([], 4, new AbortController().signal, () => assert.fail());
});

import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Emitter } from '../../../src/base/common/events.ts';
import { preload } from '../../../src/base/vscode/preload.ts';

const delayMs = 1_000;

/** Starts a preload while some documents are open. `urgent` is a document that needs the bundle at once. */
function start(context: TestContext, open: readonly string[]) {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const opened = new Emitter<string>();
  let loads = 0;
  const { dispose } = preload<string>({
    load: () => (loads += 1),
    delayMs,
    open,
    onDidOpen: (listener) => ({ dispose: opened.on(listener) }),
    isUrgent: (document) => document === 'urgent',
  });
  return { opened, dispose, tick: (ms: number) => context.mock.timers.tick(ms), loads: () => loads };
}

test('loads after the delay if no document needs the bundle', (context) => {
  const { tick, loads } = start(context, ['other']);
  tick(delayMs - 1);
  assert.equal(loads(), 0);
  tick(1);
  assert.equal(loads(), 1);
});

test('an open document that needs the bundle does not wait for the delay', (context) => {
  const { tick, loads } = start(context, ['other', 'urgent']);
  tick(0);
  assert.equal(loads(), 1);
});

test('a document that is opened during the delay ends it, once', (context) => {
  const { opened, tick, loads } = start(context, []);
  opened.fire('other');
  assert.equal(loads(), 0);
  opened.fire('urgent');
  opened.fire('urgent');
  tick(delayMs);
  assert.equal(loads(), 1);
});

test('nothing is loaded after it was disposed', (context) => {
  const { opened, dispose, tick, loads } = start(context, []);
  dispose();
  opened.fire('urgent');
  tick(delayMs);
  assert.equal(loads(), 0);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contextKeysOf } from '../../support/manifest.ts';

const cases: readonly [string, readonly string[]][] = [
  ['view == chatkit.threads', ['view']],
  ['view == chatkit.threads && !chatkit.sandboxOpen', ['view', 'chatkit.sandboxOpen']],
  ['view == chatkit.threads && viewItem =~ /^connection\\b(?!.*\\blocal\\b)/', ['view', 'viewItem']],
  ['(chatkit.a || chatkit.b) && c', ['chatkit.a', 'chatkit.b', 'c']],
  ['view==a&&b!=c', ['view', 'b']],
  ['config.chatkit.pageSize > 10', ['config.chatkit.pageSize']],
  ['false', []],
];

for (const [when, keys] of cases) {
  test(when, () => {
    assert.deepEqual(contextKeysOf(when), keys);
  });
}

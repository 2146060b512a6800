import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { officialClients, withSandbox } from './start.ts';

for (const { name, connect } of officialClients) {
  describe(`the sandbox through ${name}`, () => {
    test('lists every thread once, in both orders', () =>
      withSandbox({}, async (sandbox) => {
        const { threads } = connect(sandbox).beta.chatkit;
        const ids: Record<'asc' | 'desc', string[]> = { asc: [], desc: [] };
        for (const order of ['asc', 'desc'] as const) {
          for await (const thread of threads.list({ order, limit: 7 })) ids[order].push(thread.id);
        }
        assert.equal(new Set(ids.desc).size, ids.desc.length);
        assert.ok(ids.desc.length >= 60);
        assert.deepEqual(ids.asc, ids.desc.toReversed());
      }));
  });
}

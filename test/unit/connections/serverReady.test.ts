import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError } from '../../../src/chatkit/common/errors.ts';
import { type ThreadSource, readOnlyCapabilities } from '../../../src/chatkit/common/threadSource.ts';
import { serverResponds } from '../../../src/connections/vscode/serverResponds.ts';

/** A source whose requests end as `answer` does. `onRequest` is called with the number of each request. */
function server(answer: () => void, onRequest: (number: number) => void): ThreadSource {
  let requests = 0;
  return {
    capabilities: readOnlyCapabilities,
    cursors: 'opaque',
    listThreads: async () => {
      onRequest((requests += 1));
      answer();
      return { data: [], hasMore: false, next: null };
    },
    getThread: () => assert.fail('not used'),
    listItems: () => assert.fail('not used'),
    deleteThread: () => assert.fail('not used'),
  };
}

describe('waiting for a server that restarts', () => {
  for (const [title, answer] of [
    ['responds', () => undefined],
    [
      'does not respond',
      () => {
        throw new SourceError('network', 'refused');
      },
    ],
  ] as const) {
    test(`ends while it waits for the next request when the signal fires, where the server ${title}`, async (t) => {
      // The time does not pass: only the signal can end the wait.
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const controller = new AbortController();
      const source = server(answer, () => setImmediate(() => controller.abort()));
      assert.equal(await serverResponds(source, controller.signal), false);
    });
  }

  test('sends nothing after the signal', async () => {
    const numbers: number[] = [];
    const source = server(
      () => undefined,
      (number) => numbers.push(number),
    );
    assert.equal(await serverResponds(source, AbortSignal.abort()), false);
    assert.deepEqual(numbers, []);
  });
});

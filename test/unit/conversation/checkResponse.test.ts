import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkResponse } from '../../../src/conversation/common/script/checkResponse.ts';
import type { StreamCommand } from '../../../src/chatkit/common/stream/conversationApi.ts';
import { runScript } from '../../../src/conversation/common/script/runScript.ts';
import { scripts } from '../../../src/sandbox/node/server/agent/allScripts.ts';
import { received, thread } from '../eventLog/events.ts';
import { realClock, sandboxSource, signal } from './bench.ts';
import { say } from './steps.ts';

const command: StreamCommand = {
  type: 'createThread',
  input: { content: [], attachments: [], quotedText: null, model: null, toolChoice: null },
};
const problemsOf = (...events: readonly object[]) =>
  checkResponse({ command, events: events.map((raw) => received(raw as never, 1)), before: [] }).map(
    ({ rule }) => rule,
  );

describe('checkResponse', () => {
  test('finds problems of the order, the shape and the fields of events', () => {
    const item = { id: 'msg_1', type: 'assistant_message', thread_id: thread.id, created_at: 'x', content: 1 };
    const rules = problemsOf({ type: 'thread.created', thread }, { type: 'thread.item.added', item }, { type: 'odd' });
    assert.ok(rules.length >= 4, rules.join());
    assert.equal(new Set(rules).size, rules.length);
  });

  test('is bounded', () => {
    const items = Array.from({ length: 500 }, (_, index) => ({
      type: 'thread.item.added',
      item: { id: `i${index}`, type: 'x' },
    }));
    assert.equal(problemsOf(...items).length, 100);
  });

  test('finds nothing in what the sandbox sends correctly', async (t) => {
    const source = await sandboxSource(t);
    for (const name of ['/text', '/widget', '/workflow', '/task', '/image', '/tool', '/form', '/progress', '/effect']) {
      assert.ok(scripts.some((script) => script.command === name));
      const { problems, failure } = await runScript(source, [say(name)], {
        signal,
        clock: realClock,
        checkProtocol: checkResponse,
      });
      assert.equal(failure, null);
      assert.deepEqual(problems, [], name);
    }
  });
});

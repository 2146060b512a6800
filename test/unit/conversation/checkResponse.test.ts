import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkResponse } from '../../../src/conversation/common/script/checkResponse.ts';
import type { StreamCommand } from '../../../src/chatkit/common/stream/conversationApi.ts';
import { runScript } from '../../../src/conversation/common/script/runScript.ts';
import { scripts } from '../../../src/sandbox/node/server/agent/agent.ts';
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

  test('finds deviations without a rule in the catalogue', () => {
    const item = (text: string) => ({
      id: 'msg_1',
      type: 'assistant_message',
      thread_id: thread.id,
      created_at: '2026-01-01T00:00:00Z',
      content: text === '' ? [] : [{ type: 'output_text', text, annotations: [] }],
    });
    const added = { type: 'thread.item.added', item: item('') };
    const part = { type: 'assistant_message.content_part.added', content_index: 0, content: item('Hel').content[0] };
    const update = { type: 'thread.item.updated', item_id: 'msg_1', update: part };
    const done = (text: string) => ({ type: 'thread.item.done', item: item(text) });
    assert.ok(problemsOf(added, update, done('Hello')).includes('text-differs-when-done'));
    assert.ok(!problemsOf(added, update, done('Hel')).includes('text-differs-when-done'));
    assert.ok(!problemsOf(added, done('Hello')).includes('text-differs-when-done'));
    const partDone = (text: string) => ({
      ...update,
      update: { ...part, type: 'assistant_message.content_part.done', content: item(text).content[0] },
    });
    const differing = problemsOf(added, update, partDone('Hello'), done('Hello'));
    assert.equal(differing.filter((rule) => rule === 'text-differs-when-done').length, 1);
    assert.ok(!problemsOf(added, update, partDone('Hel'), done('Hel')).includes('text-differs-when-done'));
    const replaced = { type: 'thread.item.replaced', item: item('Hello') };
    assert.ok(problemsOf(replaced).includes('replaced-without-item'));
    assert.ok(!problemsOf(added, replaced).includes('replaced-without-item'));
  });

  test('is bounded', () => {
    const items = Array.from({ length: 500 }, (_, index) => ({
      type: 'thread.item.added',
      item: { id: `i${index}`, type: 'x' },
    }));
    assert.equal(problemsOf(...items).length, 100);
  });

  test('finds no problem in correct streams of the sandbox', async (t) => {
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

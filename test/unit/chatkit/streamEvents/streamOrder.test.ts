import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { RuleName } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import {
  added,
  allowCancel,
  correct,
  created,
  delta,
  done,
  echo,
  item,
  message,
  readStream,
  sse,
  thread,
  type Event,
  type ReadOptions,
} from './streamBench.ts';

const before = [created(), echo(), allowCancel()];
const toolCall = (id: string): Event => ({
  type: 'thread.item.done',
  item: item(id, 'client_tool_call', { status: 'pending', call_id: 'c', name: 'n', arguments: {} }),
});
const workflow = (): Event => ({
  type: 'thread.item.added',
  item: item('wf_1', 'workflow', { workflow: { type: 'custom', tasks: [], expanded: false } }),
});
const existing: ReadOptions = { command: 'threads.add_user_message', threadId: 'thr_1' };
const action: ReadOptions = { command: 'threads.custom_action', threadId: 'thr_1' };
const form: ReadOptions = { command: 'threads.add_structured_input', threadId: 'thr_1' };
const replaced: Event = {
  type: 'thread.item.replaced',
  item: item('si_1', 'structured_input', { status: 'answered', inputs: [] }),
};

const cases: readonly [name: string, events: readonly Event[], options: ReadOptions, ...rules: RuleName[]][] = [
  ['a new thread', correct(), {}],
  ['an existing thread', correct().slice(1), existing],
  ['an item that is done without being added', [...before, done('msg_a')], {}],
  ['a tool call at the end', [...before, toolCall('tc_1')], {}],
  [
    'a tool call and the end of the turn',
    [...before, toolCall('tc_1'), { type: 'thread.item.done', item: item('e', 'end_of_turn') }],
    {},
  ],
  ['an update of an earlier item', [{ ...delta('msg_old', 'x') }], action],
  ['an answered form', [allowCancel(), replaced, done('msg_a')], form],
  ['an answered form of an older server', [replaced, done('msg_a')], form],
  ['an error before anything else', [{ type: 'error', code: 'stream.error', allow_retry: false }], {}],

  ['no thread.created', [echo(), allowCancel(), done('msg_a')], {}, 'missingThreadCreated'],
  ['thread.created later', [echo(), created(), allowCancel(), done('msg_a')], {}, 'threadCreatedLate'],
  ['thread.created twice', [created(), ...correct()], {}, 'unexpectedThreadCreated'],
  ['thread.created for an existing thread', correct(), existing, 'unexpectedThreadCreated'],
  ['no echo', [created(), allowCancel(), done('msg_a')], {}, 'missingEcho'],
  ['the echo after the answer', [created(), allowCancel(), done('msg_a'), echo()], {}, 'echoLate'],
  ['no stream_options', [created(), echo(), done('msg_a')], {}, 'missingStreamOptions'],
  ['stream_options after the answer', [created(), echo(), done('msg_a'), allowCancel()], {}, 'streamOptionsLate'],
  ['stream_options twice', [...before, allowCancel(), done('msg_a')], {}, 'streamOptionsLate'],
  [
    'allow_cancel as text',
    [created(), echo(), { type: 'stream_options', stream_options: { allow_cancel: 'yes' } }],
    {},
    'allowCancelShape',
  ],
  ['an item that is never done', [...before, added('msg_a'), delta('msg_a', 'x')], {}, 'itemNotDone'],
  ['a workflow that the next response continues', [...before, workflow()], {}],
  ['a workflow that a tool call interrupts', [...before, workflow(), toolCall('tc_1')], {}],
  ['a workflow that is never done', [...before, workflow(), done('msg_a')], {}, 'itemNotDone'],
  [
    'hidden context',
    [...before, { type: 'thread.item.done', item: item('h', 'hidden_context', { content: 'x' }) }, done('msg_a')],
    {},
    'leakedHiddenItem',
  ],
  [
    'a final text that was not streamed',
    [...before, added('msg_a'), delta('msg_a', 'He'), delta('msg_a', 'Hello'), done('msg_a', 'Hello')],
    {},
    'finalTextDiffers',
  ],
  ['an id that changes', [...before, added('msg_a'), delta('msg_a', 'x'), done('msg_b')], {}, 'idChangedBeforeDone'],
  [
    'an id that changes, twice',
    [...before, added('msg_a'), done('msg_b'), added('msg_c'), done('msg_d')],
    {},
    'idChangedBeforeDone',
  ],
  ['an update of an item that was not added', [...before, delta('msg_a', 'x'), done('msg_a')], {}, 'updateWithoutItem'],
  ['an update after done', [...before, done('msg_a'), delta('msg_a', 'x')], {}, 'updateAfterDone'],
  [
    'an update of another kind',
    [
      ...before,
      added('wdg', 'widget'),
      delta('wdg', 'x'),
      { type: 'thread.item.done', item: item('wdg', 'widget', { widget: {} }) },
    ],
    {},
    'updateOfOtherKind',
  ],
  ['added twice', [...before, added('msg_a'), added('msg_a'), done('msg_a')], {}, 'repeatedAdded'],
  ['done twice', [...before, done('msg_a'), done('msg_a', 'again')], {}, 'repeatedDone'],
  ['an id that is used again', [...before, done('msg_a'), added('msg_a'), done('msg_a')], {}, 'idReused'],
  [
    'an id of an earlier response',
    [echo(), allowCancel(), added('msg_a'), done('msg_a')],
    { ...existing, isKnownItem: (id) => id === 'msg_a' },
    'idReused',
  ],
  ['a placeholder id', [...before, done('__fake_id__')], {}, 'placeholderId'],
  ['no events', [], existing, 'emptyStream'],
  [
    'a thread with items',
    [
      { type: 'thread.created', thread: thread({ items: { data: [message('a', 'b')], has_more: false } }) },
      echo(),
      allowCancel(),
    ],
    {},
    'threadEventWithItems',
  ],
  [
    'an item of another thread',
    [...before, { type: 'thread.item.done', item: { ...message('msg_a', 'x'), thread_id: 'thr_2' } }],
    {},
    'otherThreadId',
  ],
  [
    'an item without a thread',
    [...before, { type: 'thread.item.done', item: { id: 'a', type: 'assistant_message', content: [] } }],
    {},
    'missingThreadId',
  ],
  ['an item without an id', [...before, { type: 'thread.item.done', item: { ...message('', 'x') } }], {}, 'missingId'],
  [
    'a hidden item',
    [...before, { type: 'thread.item.done', item: item('h', 'hidden_context_item') }],
    {},
    'leakedHiddenItem',
  ],
  ['an answer after a pending tool call', [...before, toolCall('tc_1'), done('msg_a')], {}, 'toolCallNotLast'],
  ['two pending tool calls', [...before, toolCall('tc_1'), toolCall('tc_2')], {}, 'severalPendingToolCalls'],
  ['a form that is not replaced', [allowCancel(), done('msg_a')], form, 'formNotReplaced'],
  ['a form that is replaced late', [allowCancel(), done('msg_a'), replaced], form, 'formNotReplaced'],
];

describe('StreamOrderChecker', () => {
  for (const [name, events, options, ...rules] of cases) {
    test(name, () => assert.deepEqual(readStream(sse(events), options).rules, rules));
  }

  test('an event after [DONE]', () => {
    const text = `${sse(before)}data: [DONE]\n\n${sse([done('msg_a')])}`;
    assert.deepEqual(readStream(text).rules, ['doneMarker', 'eventAfterEnd']);
  });

  test('a stopped stream may lack anything that would have followed', () => {
    for (let length = 0; length < correct().length; length += 1) {
      assert.deepEqual(readStream(sse(correct().slice(0, length)), { end: 'stopped' }).rules, []);
    }
  });

  test('an interrupted stream is reported as such only', () => {
    assert.deepEqual(readStream(sse(correct().slice(0, 4)), { end: 'interrupted' }).rules, ['interruptedStream']);
  });

  test('any correct stream has no problem', () => {
    const answer = fc.record({ texts: fc.array(fc.string(), { maxLength: 4 }), isAdded: fc.boolean() });
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 4 }), fc.boolean(), (answers, ends) => {
        const events = [
          ...before,
          ...answers.flatMap(({ texts, isAdded }, index) => {
            const id = `msg_${index}`;
            const streamed = isAdded ? [added(id), ...texts.map((text) => delta(id, text))] : [];
            return [...streamed, done(id, texts.join('') || 'Hello')];
          }),
          ...(ends ? [{ type: 'thread.updated', thread: thread({ title: 'T' }) }] : []),
        ];
        assert.deepEqual(readStream(sse(events)).rules, []);
      }),
    );
  });

  test('each removed event of a correct stream is noticed, except what is optional', () => {
    const expected: readonly (RuleName | null)[] = [
      'missingThreadCreated',
      'missingEcho',
      'missingStreamOptions',
      'updateWithoutItem',
      null,
      'itemNotDone',
    ];
    for (const [index, rule] of expected.entries()) {
      assert.deepEqual(readStream(sse(correct().toSpliced(index, 1))).rules, rule === null ? [] : [rule]);
    }
  });
});

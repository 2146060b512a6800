import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ThreadItem } from '../../../../src/chatkit/common/model/item.ts';
import type { ThreadItems } from '../../../../src/chatkit/common/store/types.ts';
import { conditionOf, waitingFor, type Waiting } from '../../../../src/threads/common/summary/waiting.ts';
import { assistant, input, taskItem, toolCall, user } from './items.ts';

const loaded = (items: ThreadItem[], more: Partial<ThreadItems> = {}): ThreadItems => ({
  windows: items.length === 0 ? [] : [{ items, older: null, newer: null }],
  reachesStart: true,
  reachesEnd: true,
  asOf: 0,
  count: items.length,
  duplicateIds: [],
  stopped: null,
  ...more,
});
const at = (item: ThreadItem, createdAt: number): ThreadItem => ({ ...item, createdAt });
const open = toolCall({ status: 'open', output: { form: 'absent' } });

const cases: [name: string, items: ThreadItems, waiting: Waiting | null][] = [
  ['nothing loaded', loaded([], { reachesEnd: false }), null],
  ['an empty thread', loaded([]), null],
  ['answered', loaded([user('q'), assistant('a')]), null],
  ['a question without an answer', loaded([at(user('q'), 5), taskItem({})]), { for: { type: 'answer' }, since: 5 }],
  ['only the last turn counts', loaded([user('q'), at(user('again'), 7)]), { for: { type: 'answer' }, since: 7 }],
  ['an open tool call', loaded([user('q'), at(open, 9)]), { for: { type: 'tool', name: 'get_location' }, since: 9 }],
  ['one that was followed by an answer can no longer be answered', loaded([at(open, 9), assistant('a')]), null],
  [
    'the newest of several',
    loaded([at(open, 9), at(toolCall({ status: 'open', name: 'b' }), 10)]),
    { for: { type: 'tool', name: 'b' }, since: 10 },
  ],
  ['a pending form', loaded([user('q'), at(input('pending', null), 9)]), { for: { type: 'form' }, since: 9 }],
  [
    'a form after a tool call',
    loaded([at(open, 8), at(input('pending', null), 9), assistant('a')]),
    { for: { type: 'form' }, since: 9 },
  ],
  ['a form that was answered', loaded([user('q'), input('answered', ['Low'])]), null],
  ['a form that was skipped', loaded([user('q'), input('skipped', null)]), null],
  ['a completed one', loaded([user('q'), toolCall(), assistant('a')]), null],
  ['newer items may answer', loaded([user('q')], { reachesEnd: false }), null],
];
for (const [name, items, waiting] of cases) {
  test(`finds what a thread is waiting for: ${name}`, () => assert.deepEqual(waitingFor(items), waiting));
}

test('a thread is stuck at a tool or a form, and has failed without an answer', () => {
  assert.equal(conditionOf(loaded([user('q'), at(open, 9)])), 'stuck');
  assert.equal(conditionOf(loaded([user('q'), at(input('pending', null), 9)])), 'stuck');
  assert.equal(conditionOf(loaded([user('q')])), 'failed');
  assert.equal(conditionOf(loaded([user('q'), assistant('a')])), null);
  assert.equal(conditionOf(loaded([user('q')], { reachesEnd: false })), null);
});

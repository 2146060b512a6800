import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ThreadItem } from '../../../src/domain/model/item.ts';
import type { ThreadItems } from '../../../src/domain/store/types.ts';
import { waitingFor, type Waiting } from '../../../src/domain/summary/waiting.ts';
import { assistant, taskItem, toolCall, user } from './items.ts';

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
  ['a question without an answer', loaded([at(user('q'), 5), taskItem({})]), { tool: null, since: 5 }],
  ['only the last turn counts', loaded([user('q'), at(user('again'), 7)]), { tool: null, since: 7 }],
  ['an open tool call', loaded([user('q'), at(open, 9)]), { tool: 'get_location', since: 9 }],
  [
    'one that was followed by an answer is still open',
    loaded([at(open, 9), assistant('a')]),
    { tool: 'get_location', since: 9 },
  ],
  [
    'the newest of several',
    loaded([at(open, 9), at(toolCall({ status: 'open', name: 'b' }), 10)]),
    { tool: 'b', since: 10 },
  ],
  ['a completed one', loaded([user('q'), toolCall(), assistant('a')]), null],
  ['newer items may answer', loaded([user('q')], { reachesEnd: false }), null],
];
for (const [name, items, waiting] of cases) {
  test(`what a thread waits for: ${name}`, () => assert.deepEqual(waitingFor(items), waiting));
}

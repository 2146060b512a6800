import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ItemKind } from '../../../../src/chatkit/common/model/item.ts';
import { between, turnsOf, type TurnBounds, type Turn } from '../../../../src/threads/common/summary/turns.ts';

const kinds: Record<string, ItemKind> = {
  u: 'user_message',
  a: 'assistant_message',
  t: 'client_tool_call',
  k: 'task',
  w: 'widget',
};
/** `u0 a5`: a user message at 0 s and an assistant message at 5 s; `a?` has no time. */
const run = (text: string) =>
  text
    .split(' ')
    .filter(Boolean)
    .map((word) => ({
      kind: kinds[word[0] ?? ''] ?? 'unknown',
      createdAt: word.slice(1) === '?' ? null : Number(word.slice(1)) * 1000,
    }));

const whole: TurnBounds = { fromStart: true, toEnd: true };

const cases: readonly (readonly [string, string, TurnBounds, readonly Turn[]])[] = [
  ['nothing', '', whole, []],
  ['one turn', 'u0 k1 a5', whole, [{ start: 0, end: 3, number: 1, durationMs: 5000, answered: true }]],
  [
    'two turns, the second without an answer',
    'u0 a5 u9 t11',
    whole,
    [
      { start: 0, end: 2, number: 1, durationMs: 5000, answered: true },
      { start: 2, end: 4, number: 2, durationMs: 2000, answered: false },
    ],
  ],
  [
    'items before the first user message',
    'a0 w1 u2 a3',
    whole,
    [
      { start: 0, end: 2, number: null, durationMs: 1000, answered: true },
      { start: 2, end: 4, number: 1, durationMs: 1000, answered: true },
    ],
  ],
  [
    'older items not loaded: no numbers, and no duration for a turn with a missing start',
    'a0 u2 a3',
    { fromStart: false, toEnd: true },
    [
      { start: 0, end: 1, number: null, durationMs: null, answered: true },
      { start: 1, end: 3, number: null, durationMs: 1000, answered: true },
    ],
  ],
  [
    'a gap follows: the last turn may go on in it',
    'u0 a1 u2 a3',
    { fromStart: true, toEnd: false },
    [
      { start: 0, end: 2, number: 1, durationMs: 1000, answered: true },
      { start: 2, end: 4, number: 2, durationMs: null, answered: true },
    ],
  ],
  [
    'two user messages in a row',
    'u0 u1 a2',
    whole,
    [
      { start: 0, end: 1, number: 1, durationMs: 0, answered: false },
      { start: 1, end: 3, number: 2, durationMs: 1000, answered: true },
    ],
  ],
  ['a time is missing', 'u0 a?', whole, [{ start: 0, end: 2, number: 1, durationMs: null, answered: true }]],
  ['clocks disagree', 'u5 a3', whole, [{ start: 0, end: 2, number: 1, durationMs: 0, answered: true }]],
];

describe('turnsOf', () => {
  for (const [what, items, bounds, turns] of cases) {
    test(what, () => assert.deepEqual(turnsOf(run(items), bounds), turns));
  }
});

test('between returns null when a time is missing', () => {
  const [a, b] = run('u1 a4');
  assert.equal(between(a, b), 3000);
  assert.equal(between(undefined, b), null);
  assert.equal(between(a, run('a?')[0]), null);
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ProtocolProblem } from '../../../../src/chatkit/common/protocolProblems/problem.ts';
import { groupProblems, problemsAsMarkdown } from '../../../../src/chatkit/common/protocolProblems/problemReport.ts';

const at = Date.UTC(2026, 10, 29, 12);

function problem(rule: ProtocolProblem['rule'], more: Partial<ProtocolProblem> = {}): ProtocolProblem {
  return { rule, location: { command: 'items.list' }, excerpt: null, count: 1, firstAt: at, lastAt: at, ...more };
}

describe('report of protocol problems', () => {
  test('groups by rule: errors first, then the most frequent', () => {
    const groups = groupProblems(
      [problem('CK351'), problem('CK302'), problem('CK205', { count: 3 }), problem('CK201'), problem('CK302')],
      (rule) => (rule === 'CK201' ? 9 : 0),
    );
    assert.deepEqual(
      groups.map(({ rule, count }) => [rule.id, count]),
      [
        ['CK201', 9],
        ['CK205', 3],
        ['CK302', 2],
        ['CK351', 1],
      ],
    );
  });

  test('contains rule, evidence, cause and fix', () => {
    const location = { command: 'threads.create', eventNumber: 3, itemId: 'msg_1', field: 'item.id' };
    const text = problemsAsMarkdown(
      groupProblems([problem('CK302', { location, excerpt: '7', count: 2, lastAt: at + 1000 })]),
      'My\nserver',
    );
    assert.equal(
      text,
      [
        '# Protocol problems of My server',
        '## CK302: Id is a number',
        'Warning, 2 occurrences, 2026-11-29T12:00:00.000Z to 2026-11-29T12:00:01.000Z. Reference: C.2.',
        'Ids are strings. A number is read as text here; strict clients and the reference library reject it.',
        '- `threads.create`, event 3, item `msg_1`, field `item.id`: `7` (2 times)',
        'Usual cause: The key of a database row.',
        'Fix (Python): Convert with `str(row.id)`.',
        'Fix (Node): Convert with `String(row.id)`.',
        '',
      ]
        .join('\n\n')
        .trimEnd() + '\n',
    );
  });

  test('quotes text of the server that contains backquotes', () => {
    const text = problemsAsMarkdown(groupProblems([problem('CK107', { excerpt: '```js\n# title' })]), 'S');
    assert.match(text, /: ```` ```js # title ````$/m);
  });

  test('limits the places of a rule', () => {
    const many = Array.from({ length: 14 }, (_, n) =>
      problem('CK302', { location: { command: 'items.list', itemId: `i${n}` } }),
    );
    const text = problemsAsMarkdown(groupProblems(many), 'S');
    assert.equal(text.match(/^- `items/gm)?.length, 10);
    assert.match(text, /^- 4 more$/m);
  });

  test('states that there are none', () => {
    assert.equal(problemsAsMarkdown([], 'S'), '# Protocol problems of S\n\nNo protocol problems.\n');
  });
});

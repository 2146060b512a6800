import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ProtocolProblemLog } from '../../../../src/chatkit/common/protocolProblems/problemLog.ts';
import { ignoreProblems, reportAt } from '../../../../src/chatkit/common/protocolProblems/problem.ts';
import { ruleIds, type RuleId } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';

function logAt(options: { maxProblems?: number; maxProblemsPerRule?: number; muted?: readonly RuleId[] } = {}) {
  let time = 0;
  const log = new ProtocolProblemLog({ now: () => (time += 1), redact: (text) => text, ...options });
  return log;
}

const { numericId, orderIgnored, naive } = { ...ruleIds, naive: ruleIds.timeAssumedUtc };

describe('ProtocolProblemLog', () => {
  test('joins occurrences at one command, item and field, and counts them', () => {
    const log = logAt();
    log.report(numericId, { command: 'items.list', field: 'data[0].id' }, 7);
    log.report(numericId, { command: 'items.list', field: 'data[12].id' }, 8);
    log.report(numericId, { command: 'threads.list', field: 'data[0].id' }, 9);
    assert.deepEqual(log.problems, [
      {
        rule: 'CK302',
        location: { command: 'items.list', field: 'data[0].id' },
        excerpt: '7',
        count: 2,
        firstAt: 1,
        lastAt: 2,
      },
      {
        rule: 'CK302',
        location: { command: 'threads.list', field: 'data[0].id' },
        excerpt: '9',
        count: 1,
        firstAt: 3,
        lastAt: 3,
      },
    ]);
    assert.equal(log.countOf(numericId), 3);
  });

  test('keeps items apart', () => {
    const log = logAt();
    for (const itemId of ['a', 'b', 'a']) log.report(numericId, { command: 'items.list', itemId });
    assert.deepEqual(
      log.problems.map(({ location, count }) => [location.itemId, count]),
      [
        ['a', 2],
        ['b', 1],
      ],
    );
  });

  test('drops the problem of a frequent rule that was not seen for the longest time', () => {
    const log = logAt({ maxProblems: 4 });
    log.report(orderIgnored, { command: 'items.list' });
    for (const itemId of ['a', 'b', 'c', 'a', 'd']) log.report(numericId, { command: 'items.list', itemId });
    assert.deepEqual(
      log.problems.map(({ location }) => location.itemId),
      [undefined, 'a', 'c', 'd'],
    );
    assert.equal(log.countOf(numericId), 5, 'dropped ones are counted');
  });

  test('limits the problems of one rule', () => {
    const log = logAt({ maxProblemsPerRule: 2 });
    for (const itemId of ['a', 'b', 'c']) log.report(numericId, { command: 'items.list', itemId });
    assert.deepEqual(
      log.problems.map(({ location }) => location.itemId),
      ['b', 'c'],
    );
  });

  test('records muted rules without showing them', () => {
    const log = logAt({ muted: [naive] });
    let changes = 0;
    const stop = log.onDidChange(() => (changes += 1));
    log.report(naive, { command: 'items.list' });
    assert.equal(changes, 0);
    assert.deepEqual(log.problems, []);
    assert.equal(log.mutedProblems.length, 1);
    log.setMuted([]);
    assert.equal(changes, 1);
    assert.equal(log.problems.length, 1);
    log.report(orderIgnored, { command: 'items.list' });
    assert.equal(changes, 2);
    assert.equal(log.problems.length, 2);
    log.clear();
    assert.equal(changes, 3);
    assert.deepEqual([log.problems, log.countOf(naive)], [[], 0]);
    stop();
    log.report(orderIgnored, { command: 'items.list' });
    assert.equal(changes, 3);
  });

  test('is bounded, counts every report, and never mixes rules, whatever is reported', () => {
    const rule = fc.constantFrom(...Object.values(ruleIds).slice(0, 6));
    const report = fc.record({ rule, itemId: fc.string({ maxLength: 3 }), value: fc.jsonValue() });
    fc.assert(
      fc.property(fc.array(report, { maxLength: 200 }), (reports) => {
        const log = logAt({ maxProblems: 12, maxProblemsPerRule: 5 });
        for (const { rule: id, itemId, value } of reports) log.report(id, { command: 'items.list', itemId }, value);
        assert.ok(log.problems.length <= 12);
        for (const id of new Set(reports.map((one) => one.rule))) {
          const ofRule = log.problems.filter((problem) => problem.rule === id);
          assert.ok(ofRule.length <= 5);
          assert.equal(log.countOf(id), reports.filter((one) => one.rule === id).length);
          assert.ok(ofRule.reduce((sum, { count }) => sum + count, 0) <= log.countOf(id));
        }
        const last = reports.at(-1);
        if (last !== undefined) {
          const kept = log.problems.some((one) => one.rule === last.rule && one.location.itemId === last.itemId);
          assert.ok(kept, 'the latest report is shown');
        }
      }),
    );
  });
});

test('reportAt adds the location that is known', () => {
  const log = logAt();
  const report = reportAt(log, { command: 'items.list', threadId: 'thr_1' });
  report(numericId, { field: 'id' }, 7);
  assert.deepEqual(log.problems[0]?.location, { command: 'items.list', threadId: 'thr_1', field: 'id' });
  ignoreProblems.report(numericId, { command: 'items.list' });
});

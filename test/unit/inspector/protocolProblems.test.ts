import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ProtocolProblemLog } from '../../../src/chatkit/common/protocolProblems/problemLog.ts';
import { ruleIds } from '../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { protocolProblemsView } from '../../../src/inspector/common/protocolProblems.ts';

function log(): ProtocolProblemLog {
  return new ProtocolProblemLog({ now: () => 1, redact: (text) => text });
}

describe('problems in the page of a thread', () => {
  test('are counted for the connection, and named at the items of the thread only', () => {
    const problems = log();
    problems.report(ruleIds.numericId, { command: 'items.list', threadId: 't', itemId: '5', field: 'id' }, 5);
    problems.report(ruleIds.numericId, { command: 'items.list', threadId: 't', itemId: '5', field: 'thread_id' }, 5);
    problems.report(ruleIds.contentAsText, { command: 'items.list', threadId: 'other', itemId: '6' }, 'x');
    problems.report(ruleIds.timeZoneInferred, { command: 'items.list', threadId: 't', itemId: '7' }, 'x');
    const view = protocolProblemsView(problems.problems, 't');
    assert.equal(view.rules, 2, 'without what is only inferred');
    assert.deepEqual(Object.keys(view.byItem), ['5', '7']);
    assert.deepEqual(view.byItem['5'], [{ id: 'CK302', title: 'Id is a number', severity: 'warning', text: 'id: 5' }]);
  });

  test('are bounded, and empty where all rules are muted', () => {
    const problems = log();
    for (let n = 0; n < 2_000; n += 1)
      problems.report(Object.values(ruleIds)[n % 12] ?? ruleIds.numericId, {
        command: 'c',
        threadId: 't',
        itemId: `i${n}`,
      });
    assert.ok(Object.keys(protocolProblemsView(problems.problems, 't').byItem).length <= 500);
    problems.setMuted(Object.values(ruleIds));
    assert.deepEqual(protocolProblemsView(problems.problems, 't'), { rules: 0, byItem: {} });
  });
});

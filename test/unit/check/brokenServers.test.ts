// The check of small servers with one fault each: every line of the report is true.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ruleOf } from '../../../src/chatkit/common/protocolProblems/catalogue/catalogue.ts';
import { type RuleId, ruleIds } from '../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import type { CheckReport } from '../../../src/check/common/checkReport.ts';
import { startBigIdServer } from '../../support/bigIdServer.ts';
import { check, failedRules } from '../../support/check.ts';

const clock = { now: Date.now, sleep: async () => {} };
const namesOf = (report: CheckReport): readonly string[] => failedRules(report).map((id) => ruleOf(id as RuleId).name);

describe('check of a server whose ids are numbers above 2^53', () => {
  test('names the numbers and nothing that does not happen, and deletes its threads', async (t) => {
    const server = await startBigIdServer();
    t.after(server.close);
    const report = await check(server.url, { scope: 'quick', clock });
    assert.equal(report.outcome, 'complete', report.reason);
    assert.deepEqual(namesOf(report), [
      'invalidCommandAccepted',
      'numericCursor',
      'missingFirstItems',
      'numericId',
      'missingStreamOptions',
    ]);
    const evidence = report.rules.find(({ id }) => id === ruleIds.numericId)?.evidence ?? '';
    assert.match(evidence, /thread 1234567890123456803, field id: 1234567890123456803$/m);
    const refused = report.commands.filter(({ expected, outcome }) => expected === 'success' && outcome !== 'success');
    assert.deepEqual(
      refused.map(({ command }) => command),
      ['attachments.create'],
    );
    assert.deepEqual(report.leftBehind, []);
  });
});

describe('check of a server with one fault', () => {
  const outcomes = (report: CheckReport, command: string) =>
    new Set(
      report.commands
        .filter((one) => one.command === command && one.expected === 'success')
        .map(({ outcome }) => outcome),
    );

  test('every unknown command is answered 400 in the same words: exactly these are unsupported', async (t) => {
    const missing = ['items.feedback', 'threads.update', 'threads.retry_after_item', 'inspector.comparison'];
    const server = await startBigIdServer({
      override: (type) =>
        missing.includes(type) ? { status: 400, json: { error: { message: 'Unknown operation' } } } : null,
    });
    t.after(server.close);
    const report = await check(server.url, { scope: 'quick', clock });
    for (const command of missing.slice(0, 3))
      assert.deepEqual([...outcomes(report, command)], ['unsupported'], command);
    const { evidence = '' } = report.rules.find(({ id }) => id === ruleIds.unsupportedCommand) ?? {};
    const named = evidence.split('\n').map((line) => line.split(/[,:]/)[0]);
    assert.deepEqual([...new Set(named)].sort(), missing.slice(0, 3).sort());
    const failed = report.rules.find(({ id }) => id === ruleIds.commandFails)?.evidence ?? '';
    for (const command of missing) assert.ok(!failed.includes(command), command);
    assert.deepEqual(report.leftBehind, []);
  });

  test('deletions do nothing: the threads are named as left behind', async (t) => {
    const server = await startBigIdServer({
      override: (type) => (type === 'threads.delete' ? { status: 200, json: {} } : null),
    });
    t.after(server.close);
    const report = await check(server.url, { scope: 'quick', clock });
    assert.ok(namesOf(report).includes('deletedStillListed'));
    assert.ok(report.leftBehind.length >= 3);
    assert.ok(report.leftBehind.every(({ id }) => /^1234567890123456\d{3}$/.test(id)));
  });

  test('200 for everything: the check stops, and reports that no list was received', async (t) => {
    const server = await startBigIdServer({ override: () => ({ status: 200, json: { ok: true } }) });
    t.after(server.close);
    const report = await check(server.url, { scope: 'quick', clock });
    assert.equal(report.outcome, 'stopped');
    assert.match(report.reason, /^threads\.list failed: 200/);
    assert.deepEqual(report.leftBehind, []);
    assert.ok(namesOf(report).includes('otherCommandShape'));
  });
});

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

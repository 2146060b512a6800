import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { protocolRules } from '../../../src/chatkit/common/protocolProblems/catalogue/catalogue.ts';
import { ruleIds } from '../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import {
  type CheckReport,
  checkReportText,
  compareReports,
  countVerdicts,
  parseCheckReport,
  stampOf,
} from '../../../src/check/common/checkReport.ts';
import { coverage, partOf, skipReasons } from '../../../src/check/common/coverage.ts';
import { paceOf } from '../../../src/check/node/run/sendTurn.ts';
import { comparisonAsMarkdown, reportAsMarkdown } from '../../../src/check/common/reportMarkdown.ts';
import { Verdicts } from '../../../src/check/common/verdicts.ts';

const now = () => 1_000;
const redact = (text: string) => text.replaceAll('sesame', '•••');

function report(verdicts: Verdicts, more: Partial<CheckReport> = {}): CheckReport {
  return {
    format: 'chatkit-inspector/check',
    version: 1,
    startedAt: '2026-11-29T12:00:00.000Z',
    ms: 1200,
    connection: { name: 'Shop', kind: 'server', url: 'https://shop.example/chatkit' },
    origin: null,
    scope: 'full',
    outcome: 'complete',
    reason: '',
    rules: [...verdicts.results('')],
    commands: [],
    leftBehind: [],
    ...more,
  };
}

function verdictOf({ rules }: CheckReport, id: string): string | undefined {
  return rules.find((rule) => rule.id === id)?.verdict;
}

describe('a report from a file', () => {
  const hostile = '](https://evil.example) ![x](https://evil.example/x.png) <img src=x> # `';
  const withTexts = (): CheckReport => {
    const plain = report(new Verdicts({ now, redact }));
    const [first, ...others] = plain.rules;
    assert.ok(first);
    const rule = { ...first, id: '![](https://e.io/x)', title: hostile, verdict: 'failed', count: 1 } as const;
    return { ...plain, connection: { ...plain.connection, name: hostile }, rules: [rule, ...others] };
  };

  test('its texts form no link, image or element in the documents', () => {
    const before = report(new Verdicts({ now, redact }), { rules: [] });
    const changes = compareReports(before, withTexts());
    assert.ok(changes.some(({ after: rule }) => rule.title === hostile));
    const documents = [
      comparisonAsMarkdown(withTexts(), withTexts(), changes),
      reportAsMarkdown(withTexts(), { changes: { before, list: changes } }),
    ];
    for (const text of documents) {
      const outside = text.replace(/^(`{3,})text\n[^]*?\n\1$/gm, '').replace(/`[^`\n]*`/g, '');
      assert.doesNotMatch(outside, /(?<!\\)[[<]\w*(?:https|img)|(?<!\\)\]\(|https:\/\//);
    }
  });

  test('its time cannot result in a path outside of the folder of reports', () => {
    assert.equal(stampOf('2026-11-29T12:00:01.234Z'), '20261129-120001');
    assert.equal(stampOf('/../../../../home/.profile'), '-');
    assert.equal(parseCheckReport(checkReportText(report(new Verdicts({ now, redact })))) === null, false);
    const planted = report(new Verdicts({ now, redact }), { startedAt: '/../../../../a' });
    assert.equal(parseCheckReport(checkReportText(planted)), null);
  });

  test('reasons and steps contain no secret', () => {
    const verdicts = new Verdicts({ now, redact });
    verdicts.skip('upload', `The server accepts no files: ${'x'.repeat(500)} sesame`);
    verdicts.setStep('NET105' as never, 'failed', 'rejected sesame');
    verdicts.report(ruleIds.orderIgnored, { command: 'items.list', threadId: 'thr sesame', field: 'a.sesame' }, 1);
    assert.doesNotMatch(JSON.stringify(verdicts.results('')), /sesame/);
  });
});

describe('verdicts', () => {
  test('every rule belongs to exactly one part of the check, and every part has a reason for skipping', () => {
    const names = Object.values(coverage).flat();
    assert.equal(new Set(names).size, names.length, 'a rule in two parts');
    assert.deepEqual(
      protocolRules.map(({ name }) => name).filter((name) => !partOf.has(name)),
      [],
    );
    assert.deepEqual(Object.keys(skipReasons).sort(), Object.keys(coverage).sort());
  });

  test('a rule fails with its evidence, passes when its part was observed, and is skipped otherwise', () => {
    const verdicts = new Verdicts({ now, redact });
    verdicts.observe('paging');
    verdicts.skip('upload', 'The server accepts no files.');
    verdicts.report(ruleIds.orderIgnored, { command: 'items.list', threadId: 't1', field: 'order' }, 'sesame');
    verdicts.report(ruleIds.orderIgnored, { command: 'items.list', threadId: 't2', field: 'order' }, 'x');
    const rules = new Map(verdicts.results('').map((rule) => [rule.id, rule]));
    const { verdict, evidence, count } = rules.get('CK201') ?? {};
    assert.deepEqual({ verdict, count }, { verdict: 'failed', count: 2 });
    assert.equal(evidence, 'items.list, thread t1, field order: ••• (2 times)');
    assert.equal(rules.get('CK202')?.verdict, 'passed');
    assert.equal(rules.get('CK751')?.evidence, 'The server accepts no files.');
    assert.equal(rules.get('CK801')?.evidence, skipReasons.toolCall);
    assert.equal(rules.get('NET101')?.verdict, 'skipped');
  });

  test('the evidence of a rule in many places is limited', () => {
    const verdicts = new Verdicts({ now, redact });
    for (let n = 0; n < 500; n += 1)
      verdicts.report(ruleIds.wrongFieldType, { command: `c${n}`, field: 'x' }, 'v'.repeat(10_000));
    const rule = verdicts.results('').find(({ id }) => id === ruleIds.wrongFieldType);
    assert.equal(rule?.count, 500);
    assert.ok((rule?.evidence ?? '').length < 3_000);
  });
});

describe('pace of a stream', () => {
  const each = (at: readonly number[]) => at.map((time) => ({ at: time, events: 1 }));

  test('events one by one are steady, all at once after a long wait are buffered', () => {
    assert.equal(paceOf(each([900, 1000, 1100, 1200, 1300])), 'steady');
    assert.equal(paceOf([{ at: 4000, events: 40 }]), 'buffered');
    assert.equal(paceOf(each([2000, 2010, 2020, 2030, 2040])), 'buffered');
  });

  test('a short or quick response shows nothing', () => {
    assert.equal(paceOf([]), 'tooShort');
    assert.equal(paceOf([{ at: 20, events: 40 }]), 'tooShort');
    assert.equal(paceOf([{ at: 4000, events: 3 }]), 'tooShort');
  });
});

describe('reports', () => {
  test('are read again from their JSON; other JSON is not a report', () => {
    const made = report(new Verdicts({ now, redact }));
    assert.deepEqual(parseCheckReport(checkReportText(made)), made);
    for (const text of ['', '{}', '[]', 'null', checkReportText({ ...made, version: 2 as 1 })])
      assert.equal(parseCheckReport(text), null, text);
  });

  test('the document has the evidence, the cause and the fixes of failed rules', () => {
    const verdicts = new Verdicts({ now, redact });
    verdicts.report(ruleIds.orderIgnored, { command: 'items.list', field: 'order' }, '```\n# Not a heading');
    const text = reportAsMarkdown(
      report(verdicts, { leftBehind: [{ kind: 'thread', id: 'thr_1', reason: 'no [link](https://x.example)' }] }),
    );
    assert.match(text, /## Failed rules \(1\)\n\n### CK201: List ignores the requested order/);
    assert.match(text, /````text\nitems\.list, field order: ``` # Not a heading\n````/);
    assert.match(text, /- Fix \(Python\): In `load_threads`/);
    assert.match(text, /## Not deleted \(1\)[\s\S]*- thread `thr_1`: no \\\[link\\\]/);
    assert.doesNotMatch(text, /^# Not a heading/m);
  });

  test('two reports are compared by rule', () => {
    const before = new Verdicts({ now, redact });
    before.observe('paging', 'widget');
    before.report(ruleIds.orderIgnored, { command: 'items.list' }, 'x');
    before.report(ruleIds.limitIgnored, { command: 'items.list' }, 30);
    const after = new Verdicts({ now, redact });
    after.observe('paging');
    after.report(ruleIds.limitIgnored, { command: 'items.list' }, 30);
    after.report(ruleIds.limitIgnored, { command: 'threads.list' }, 30);
    after.report(ruleIds.numericId, { command: 'items.list' }, 1);
    const [old, current] = [report(before), report(after)];
    const changes = compareReports(old, current);
    assert.deepEqual(
      changes.filter(({ change }) => change !== 'unchecked').map(({ change, after: { id } }) => `${change} ${id}`),
      ['new CK302', 'more CK202', 'fixed CK201'],
    );
    assert.ok(changes.some(({ change, after: { id } }) => change === 'unchecked' && id === 'CK904'));
    assert.deepEqual(compareReports(old, old), []);
    assert.match(comparisonAsMarkdown(old, current, changes), /## New failures \(1\)\n\n### CK302/);
    assert.match(comparisonAsMarkdown(old, old, []), /No rule has another result\./);
    assert.equal(countVerdicts(current.rules).failed, 2);
    assert.equal(verdictOf(current, 'CK201'), 'passed');
  });
});

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, test } from 'node:test';
import { protocolRules, ruleOf } from '../../../../src/chatkit/common/protocolProblems/catalogue/catalogue.ts';
import { isRuleId, ruleIds } from '../../../../src/chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { protocolRulesDocument } from '../../../../src/chatkit/common/protocolProblems/problemReport.ts';
import { readText } from '../../../support/sources.ts';

const reference = '../shared/reference/chatkit-api.md';
const hasReference = existsSync(new URL(`../../../../${reference}`, import.meta.url));

describe('catalogue of protocol rules', () => {
  test('has at least 60 rules with unique ids and titles', () => {
    assert.ok(protocolRules.length >= 60, `${protocolRules.length} rules`);
    assert.equal(protocolRules.length, Object.keys(ruleIds).length);
    for (const key of ['id', 'title', 'explanation'] as const) {
      assert.equal(new Set(protocolRules.map((rule) => rule[key])).size, protocolRules.length, `unique ${key}`);
    }
  });

  test('every id is CK and three digits, and an area has ids of its own', () => {
    for (const { id } of protocolRules) assert.match(id, /^CK[1-9]\d\d$/);
    const areas = protocolRules.map(({ area }) => area);
    const changes = areas.filter((area, index) => area !== areas[index - 1]);
    assert.equal(changes.length, new Set(areas).size, 'areas are not mixed when sorted by id');
  });

  test('every text is complete sentences in plain words', () => {
    const avoided = /\b(anew|nobody|somebody|told|tells?|came|comes|goes|kept|said|says|begins)\b/i;
    for (const rule of protocolRules) {
      const { id, title, explanation, cause, fix } = rule;
      assert.match(title, /[^.]$/, id);
      for (const text of [explanation, cause, fix.python, fix.node]) assert.match(text, /[.)]$/, `${id}: ${text}`);
      for (const text of [title, explanation, cause, fix.python, fix.node]) {
        assert.doesNotMatch(text, avoided, id);
        assert.equal((text.match(/`/g)?.length ?? 0) % 2, 0, `${id}: backquotes are paired`);
      }
    }
  });

  test('every rule cites a section of the reference', { skip: !hasReference && `no ${reference}` }, () => {
    const sections = new Set(
      [...readText(reference).matchAll(/^#{2,4} (?:Appendix )?(\d+[A-Z]?(?:\.\d+)?|[A-Z])[. ]/gm)].map(
        ([, name]) => name,
      ),
    );
    const deviations = new Set(
      [...(readText(reference).split('## Appendix C.')[1] ?? '').matchAll(/^(\d)\. /gm)].map(([, n]) => `C.${n}`),
    );
    assert.ok(sections.size > 30 && deviations.size === 8);
    const unknown = protocolRules.filter(({ reference: cited }) => !sections.has(cited) && !deviations.has(cited));
    assert.deepEqual(
      unknown.map(({ id, reference: cited }) => `${id}: ${cited}`),
      [],
    );
  });

  test('finds a rule by id', () => {
    assert.equal(ruleOf('CK201').name, 'orderIgnored');
    assert.equal(isRuleId('CK201'), true);
    assert.equal(isRuleId('CK200'), false);
  });

  test('docs/protocol-rules.md is up to date (npm run schemas)', () => {
    assert.ok(readText('docs/protocol-rules.md').endsWith(`\n${protocolRulesDocument()}`));
  });
});

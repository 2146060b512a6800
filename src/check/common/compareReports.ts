import { groupBy } from '../../base/common/lists.ts';
import type { CheckReport, RuleResult } from './checkReport.ts';

/**
 * How a rule differs between two reports. `more`, `fewer`: it failed in both, with another number of occurrences.
 * `unchecked`: it was checked in the earlier report only.
 */
export type Change = 'fixed' | 'new' | 'more' | 'fewer' | 'unchecked';

export interface RuleChange {
  readonly change: Change;
  readonly before: RuleResult | null;
  readonly after: RuleResult;
}

/** The rules whose result differs between two reports: new failures first, then fixed ones. */
export function compareReports(before: CheckReport, after: CheckReport): readonly RuleChange[] {
  const earlier = new Map(before.rules.map((rule) => [rule.id, rule]));
  const changes = after.rules.flatMap((rule): readonly RuleChange[] => {
    const old = earlier.get(rule.id) ?? null;
    const change = changeOf(old, rule);
    return change === null ? [] : [{ change, before: old, after: rule }];
  });
  const byChange = groupBy(changes, ({ change }) => change);
  return (['new', 'more', 'fewer', 'fixed', 'unchecked'] as const).flatMap((change) => byChange.get(change) ?? []);
}

function changeOf(before: RuleResult | null, after: RuleResult): Change | null {
  const [was, is] = [before?.verdict ?? 'skipped', after.verdict];
  if (is === 'failed' && was !== 'failed') return 'new';
  if (is === 'failed' && before !== null && after.count !== before.count)
    return after.count > before.count ? 'more' : 'fewer';
  if (was === 'failed' && is === 'passed') return 'fixed';
  return was !== 'skipped' && is === 'skipped' ? 'unchecked' : null;
}

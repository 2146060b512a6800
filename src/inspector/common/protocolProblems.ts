import { groupProblems } from '../../chatkit/common/protocolProblems/problemReport.ts';
import type { ProtocolProblem } from '../../chatkit/common/protocolProblems/problem.ts';
import { ruleOf } from '../../chatkit/common/protocolProblems/catalogue/catalogue.ts';
import type { RuleSeverity } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';

/** A violated rule as the webview shows it. */
export interface RuleView {
  readonly id: string;
  readonly title: string;
  readonly severity: RuleSeverity;
  /** The field and the start of the received value; empty where there is none. */
  readonly text: string;
}

/** The protocol problems of a connection, as far as the webview of a thread shows them. */
export interface ProtocolProblemsView {
  /** Violated rules of the connection that are not muted, without those that are only inferred or harmless. */
  readonly rules: number;
  /** Problems of the items of the thread, by item ID. */
  readonly byItem: Readonly<Record<string, readonly RuleView[]>>;
}

/** Maximum number of items, and of rules of one item, that are sent to the webview. */
const maxItems = 500;
const maxRulesPerItem = 5;

/** Returns what the webview of a thread shows of the problems of its connection. */
export function protocolProblemsView(problems: readonly ProtocolProblem[], threadId: string): ProtocolProblemsView {
  const rules = groupProblems(problems).filter(({ rule }) => rule.severity !== 'info').length;
  const byItem = new Map<string, RuleView[]>();
  for (const problem of problems) {
    const { rule, location, excerpt } = problem;
    const { itemId, field } = location;
    if (location.threadId !== threadId || itemId === undefined) continue;
    const views = byItem.get(itemId) ?? [];
    if (byItem.size >= maxItems && views.length === 0) continue;
    if (views.length >= maxRulesPerItem || views.some(({ id }) => id === rule)) continue;
    const { title, severity } = ruleOf(rule);
    views.push({
      id: rule,
      title,
      severity,
      text: [field, excerpt].filter((part) => part != null && part !== '').join(': '),
    });
    byItem.set(itemId, views);
  }
  return { rules, byItem: Object.fromEntries(byItem) };
}

import * as l10n from '@vscode/l10n';
import { groupBy } from '../../../base/common/lists.ts';
import { codeSpan } from '../../../base/common/markdownText.ts';
import { protocolRules, ruleOf } from './catalogue/catalogue.ts';
import type { ProtocolRule, RuleId, RuleSeverity } from './catalogue/ruleIds.ts';
import type { ProblemLocation, ProtocolProblem } from './problem.ts';

/** The problems of one rule. */
interface ProblemGroup {
  readonly rule: ProtocolRule;
  readonly problems: readonly ProtocolProblem[];
  /** Number of occurrences. */
  readonly count: number;
  /** ms since the epoch. */
  readonly firstAt: number;
  readonly lastAt: number;
}

const severities: Readonly<Record<RuleSeverity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * Groups problems by rule: errors first, then by number of occurrences and id.
 * `countOf`: occurrences of a rule, where some of its problems were dropped.
 */
export function groupProblems(
  problems: readonly ProtocolProblem[],
  countOf: (rule: RuleId) => number = () => 0,
): readonly ProblemGroup[] {
  const byRule = groupBy(problems, ({ rule }) => rule);
  return [...byRule]
    .map(([id, ofRule]) => ({
      rule: ruleOf(id),
      problems: ofRule,
      count: Math.max(
        countOf(id),
        ofRule.reduce((sum, { count }) => sum + count, 0),
      ),
      firstAt: ofRule.reduce((first, { firstAt }) => Math.min(first, firstAt), Infinity),
      lastAt: ofRule.reduce((last, { lastAt }) => Math.max(last, lastAt), -Infinity),
    }))
    .sort(
      (a, b) =>
        severities[a.rule.severity] - severities[b.rule.severity] ||
        b.count - a.count ||
        (a.rule.id < b.rule.id ? -1 : 1),
    );
}

/** Maximum number of places of one rule in a report. */
const maxPlaces = 10;

/** A report in Markdown: each rule with its evidence, its usual cause and the fixes. Ends with a line break. */
export function problemsAsMarkdown(groups: readonly ProblemGroup[], connectionName: string): string {
  const title = `# ${l10n.t('Protocol problems of {0}', inline(connectionName))}`;
  if (groups.length === 0) return `${title}\n\n${l10n.t('No protocol problems.')}\n`;
  return `${[title, ...groups.map(section)].join('\n\n')}\n`;
}

function section({ rule, problems, count, firstAt, lastAt }: ProblemGroup): string {
  const { id, title, severity, reference, explanation, cause, fix } = rule;
  const shown = problems.slice(0, maxPlaces).map(({ location, excerpt, count: times }) => {
    const value = excerpt === null || excerpt === '' ? '' : `: ${codeSpan(excerpt)}`;
    return `- ${placeOf(location)}${value}${times > 1 ? ` ${l10n.t('({0} times)', times)}` : ''}`;
  });
  const hidden = problems.length - shown.length;
  const occurrences = count === 1 ? l10n.t('1 occurrence') : l10n.t('{0} occurrences', count);
  return [
    `## ${id}: ${title}`,
    l10n.t('{0}, {1}, {2}. Reference: {3}.', severityTitle(severity), occurrences, period(firstAt, lastAt), reference),
    explanation,
    [...shown, ...(hidden > 0 ? [`- ${l10n.t('{0} more', hidden)}`] : [])].join('\n'),
    l10n.t('Usual cause: {0}', cause),
    l10n.t('Fix (Python): {0}', fix.python),
    l10n.t('Fix (Node): {0}', fix.node),
  ].join('\n\n');
}

/** Returns the localised title of a severity. */
export function severityTitle(severity: RuleSeverity): string {
  const titles = { error: l10n.t('Error'), warning: l10n.t('Warning'), info: l10n.t('Information') };
  return titles[severity];
}

function period(firstAt: number, lastAt: number): string {
  const [first, last] = [new Date(firstAt).toISOString(), new Date(lastAt).toISOString()];
  return first === last ? first : l10n.t('{0} to {1}', first, last);
}

function placeOf({ command, eventNumber, threadId, itemId, field }: ProblemLocation): string {
  return [
    codeSpan(command),
    ...(eventNumber === undefined ? [] : [l10n.t('event {0}', eventNumber)]),
    ...(threadId === undefined ? [] : [l10n.t('thread {0}', codeSpan(threadId))]),
    ...(itemId === undefined ? [] : [l10n.t('item {0}', codeSpan(itemId))]),
    ...(field === undefined ? [] : [l10n.t('field {0}', codeSpan(field))]),
  ].join(', ');
}

function inline(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** The reference of all protocol rules in Markdown, for `docs/protocol-rules.md`: the part below its introduction. */
export function protocolRulesDocument(): string {
  const areas = groupBy(protocolRules, ({ area }) => area);
  const contents = [...areas].map(
    ([area, rules]) => `| ${area} | ${rules[0]?.id ?? ''}–${rules.at(-1)?.id ?? ''} | ${rules.length} |`,
  );
  const table = `| area | ids | rules |\n| --- | --- | --- |\n${contents.join('\n')}`;
  const sections = [...areas].map(([area, rules]) => [`## ${area}`, ...rules.map(ruleSection)].join('\n\n'));
  return `${[table, ...sections].join('\n\n')}\n`;
}

function ruleSection({ id, title, severity, reference, explanation, cause, fix }: ProtocolRule): string {
  return [
    `### ${id}: ${title}`,
    `${severityTitle(severity)} · reference ${reference}`,
    explanation,
    `- Usual cause: ${cause}\n- Python: ${fix.python}\n- Node: ${fix.node}`,
  ].join('\n\n');
}

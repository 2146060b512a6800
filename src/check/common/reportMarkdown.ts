import { codeBlock, codeSpan } from '../../base/common/markdownText.ts';
import { ruleOf } from '../../chatkit/common/protocolProblems/catalogue/catalogue.ts';
import { isRuleId } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { severityTitle } from '../../chatkit/common/protocolProblems/problemReport.ts';
import {
  type CheckReport,
  type CommandResult,
  type RuleChange,
  type RuleResult,
  countVerdicts,
} from './checkReport.ts';

const outcomes: Readonly<Record<CheckReport['outcome'], string>> = {
  complete: 'The check is complete.',
  stopped: 'The check stopped, because a step failed that all others need.',
  cancelled: 'The check was cancelled.',
  timeLimit: 'The check stopped at its time limit.',
};

const severities = { error: 0, warning: 1, info: 2 } as const;

interface ReportDocument {
  /** Name of the file with the JSON of the report, next to the document. */
  readonly json?: string;
  /** The report before this one, and what changed since; null where there is none. */
  readonly changes?: { readonly before: CheckReport; readonly list: readonly RuleChange[] } | null;
}

/** A report as a document: failed rules with evidence, cause and fix first. Ends with a line break. */
export function reportAsMarkdown(report: CheckReport, { json, changes }: ReportDocument = {}): string {
  const { connection, rules, commands, leftBehind, earlier = [] } = report;
  const failed = rules
    .filter(({ verdict }) => verdict === 'failed')
    .sort((a, b) => severities[a.severity] - severities[b.severity] || (a.id < b.id ? -1 : 1));
  return `${[
    `# Server check: ${escaped(connection.name)}`,
    head(report),
    ...(json === undefined ? [] : [`JSON of this report: [${escaped(json)}](<${encodeURI(json)}>)`]),
    ...(changes == null ? [] : [changesSection(changes.before, changes.list)]),
    ...(leftBehind.length === 0 ? [] : [leftBehindSection(leftBehind)]),
    ...(earlier.length === 0 ? [] : [earlierSection(earlier)]),
    `## Failed rules (${failed.length})`,
    ...(failed.length === 0 ? ['No rule failed.'] : failed.map(failedRule)),
    ...ruleTable('Skipped rules', rules, 'skipped'),
    ...ruleTable('Passed rules', rules, 'passed'),
    `## Requests (${commands.length})`,
    commandTable(commands),
  ].join('\n\n')}\n`;
}

/** The differences of two reports as a document. Ends with a line break. */
export function comparisonAsMarkdown(before: CheckReport, after: CheckReport, changes: readonly RuleChange[]): string {
  const [old, now] = [countVerdicts(before.rules), countVerdicts(after.rules)];
  const table = [
    '| report | connection | time | passed | failed | skipped |',
    '| --- | --- | --- | --- | --- | --- |',
    `| before | ${cell(before.connection.name)} | ${cell(before.startedAt)} | ${old.passed} | ${old.failed} | ${old.skipped} |`,
    `| after | ${cell(after.connection.name)} | ${cell(after.startedAt)} | ${now.passed} | ${now.failed} | ${now.skipped} |`,
  ].join('\n');
  const sections = changeTitles.flatMap(([change, title]) => {
    const found = changes.filter((one) => one.change === change);
    return found.length === 0 ? [] : [`## ${title} (${found.length})`, ...found.map(changedRule)];
  });
  const body = sections.length === 0 ? ['No rule has another result.'] : sections;
  return `${['# Comparison of two server checks', table, ...body].join('\n\n')}\n`;
}

const changeTitles: readonly (readonly [RuleChange['change'], string])[] = [
  ['new', 'New failures'],
  ['more', 'Failures with more occurrences'],
  ['fewer', 'Failures with fewer occurrences'],
  ['fixed', 'Fixed'],
  ['unchecked', 'No longer checked'],
];

function changesSection({ startedAt }: CheckReport, changes: readonly RuleChange[]): string {
  const lines = changeTitles.flatMap(([change, title]) => {
    const ids = changes.filter((one) => one.change === change).map(({ after }) => escaped(after.id));
    return ids.length === 0 ? [] : [`- ${title}: ${ids.join(', ')}`];
  });
  const text = lines.length === 0 ? 'No rule has another result.' : lines.join('\n');
  return `## Changes since the check of ${startedAt}\n\n${text}`;
}

function changedRule({ change, before, after }: RuleChange): string {
  const counts = change === 'more' || change === 'fewer' ? ` (${before?.count ?? 0} → ${after.count} times)` : '';
  const evidence = change === 'fixed' ? (before?.evidence ?? '') : after.evidence;
  return [
    `### ${escaped(after.id)}: ${escaped(after.title)}${counts}`,
    ...(evidence === '' ? [] : [codeBlock(evidence, 'text')]),
  ].join('\n\n');
}

function head({ connection, startedAt, ms, outcome, reason, origin, scope, rules }: CheckReport): string {
  const { passed, failed, skipped } = countVerdicts(rules);
  const rows: readonly (readonly [string, string])[] = [
    ['Result', `${failed} failed, ${passed} passed, ${skipped} skipped`],
    ['Server', code(connection.url)],
    ['Kind', connection.kind === 'server' ? 'self-hosted' : 'hosted API'],
    ['Time', `${startedAt}, ${(ms / 1000).toFixed(1)} s`],
    ['Scope', scope === 'full' ? 'full (120 items)' : 'quick (12 items)'],
    ['Origin', origin === null ? 'none' : code(origin)],
  ];
  const table = `| | |\n| --- | --- |\n${rows.map(([name, value]) => `| ${name} | ${value.replaceAll('|', '\\|')} |`).join('\n')}`;
  return `${table}\n\n${outcomes[outcome]}${reason === '' ? '' : ` ${escaped(reason)}`}`;
}

function leftBehindSection(left: CheckReport['leftBehind']): string {
  const lines = left.map(({ kind, id, reason }) => `- ${kind} ${code(id)}: ${escaped(reason)}`);
  return `## Not deleted (${left.length})\n\nThe check created these and could not delete them:\n\n${lines.join('\n')}`;
}

function earlierSection(earlier: NonNullable<CheckReport['earlier']>): string {
  const lines = earlier.map(({ id, result }) => `- thread ${code(id)}: ${escaped(result)}`);
  const text = 'An earlier check of this connection did not end, because its window was closed by force. Its threads:';
  return `## Threads of an earlier check (${earlier.length})\n\n${text}\n\n${lines.join('\n')}`;
}

function failedRule({ id, title, severity, evidence, count }: RuleResult): string {
  const times = count === 1 ? '1 occurrence' : `${count} occurrences`;
  const about = [`### ${escaped(id)}: ${escaped(title)}`, `${severityTitle(severity)}, ${times}.`];
  if (!isRuleId(id)) return [...about, codeBlock(evidence, 'text')].join('\n\n');
  const { explanation, cause, fix, reference } = ruleOf(id);
  return [
    ...about,
    explanation,
    codeBlock(evidence, 'text'),
    `- Usual cause: ${cause}\n- Fix (Python): ${fix.python}\n- Fix (Node): ${fix.node}\n- Reference: ${reference}`,
  ].join('\n\n');
}

function ruleTable(title: string, rules: readonly RuleResult[], verdict: RuleResult['verdict']): readonly string[] {
  const found = rules.filter((rule) => rule.verdict === verdict);
  if (found.length === 0) return [];
  const isSkipped = verdict === 'skipped';
  const rows = found.map(
    ({ id, title: name, evidence }) => `| ${cell(id)} | ${cell(name)} |${isSkipped ? ` ${cell(evidence)} |` : ''}`,
  );
  const headRow = isSkipped
    ? '| rule | not checked | reason |\n| --- | --- | --- |'
    : '| rule | not found |\n| --- | --- |';
  return [`## ${title} (${found.length})`, `${headRow}\n${rows.join('\n')}`];
}

function commandTable(commands: readonly CommandResult[]): string {
  const rows = commands.map(({ command, input, expected, status, outcome, message, ms }) => {
    const result = `${status ?? ''} ${outcome === expected || expected === 'any' ? '' : '**'}${outcome}${outcome === expected || expected === 'any' ? '' : '**'}`;
    return `| ${code(command)} | ${cell(input)} | ${result.trim()} | ${ms} ms | ${cell(message.slice(0, 120))} |`;
  });
  return `| command | input | result | time | message |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}`;
}

/** Text of a server as a code span in a cell of a table. */
function code(text: string): string {
  return codeSpan(text.trim().replaceAll('|', '\\|'));
}

function cell(text: string): string {
  return escaped(text).replaceAll('|', '\\|');
}

/** One line that Markdown shows as it is: a server may not add links, images or headings to the document. */
function escaped(text: string): string {
  return inline(text)
    .replace(/[\\`*_{}[\]<>#!~]/g, '\\$&')
    .replace(/\b(https?):\/\//gi, '$1:\\/\\/');
}

function inline(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

import { groupBy } from '../groupBy.ts';
import { protocolRules } from './catalogue/catalogue.ts';
import { severityTitles } from './problemReport.ts';
import type { ProtocolRule } from './catalogue/rule.ts';

/** The reference of all protocol rules in Markdown, for `docs/protocol-rules.md`: the part below its introduction. */
export function protocolRulesDocument(): string {
  const areas = groupBy(protocolRules, ({ area }) => area);
  const contents = [...areas].map(
    ([area, rules]) => `| ${area} | ${rules[0]?.id ?? ''}–${rules.at(-1)?.id ?? ''} | ${rules.length} |`,
  );
  const table = `| area | ids | rules |\n| --- | --- | --- |\n${contents.join('\n')}`;
  const sections = [...areas].map(([area, rules]) => [`## ${area}`, ...rules.map(section)].join('\n\n'));
  return `${[table, ...sections].join('\n\n')}\n`;
}

function section({ id, title, severity, reference, explanation, cause, fix }: ProtocolRule): string {
  return [
    `### ${id}: ${title}`,
    `${severityTitles[severity]} · reference ${reference}`,
    explanation,
    `- Usual cause: ${cause}\n- Python: ${fix.python}\n- Node: ${fix.node}`,
  ].join('\n\n');
}

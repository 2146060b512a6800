import { referenceText } from '../../../../base/common/referenceText.ts';
import { attachmentsArea, changesArea } from './changes.ts';
import { cancellationArea, toolsAndFormsArea, widgetsArea } from './interactiveItems.ts';
import { contentArea, threadsAndItemsArea } from './threadsAndItems.ts';
import { envelopeArea, httpArea } from './envelope.ts';
import { errorsArea, framingArea } from './framing.ts';
import { idsArea, timesArea } from './ids.ts';
import { pagingArea } from './paging.ts';
import { streamEventsArea, streamOrderArea } from './streamOrder.ts';
import { type ProtocolRule, type RuleArea, type RuleId, type RuleName, type RuleText, ruleIds } from './ruleIds.ts';

/** All areas in the order of their ids. */
const areas: readonly RuleArea[] = [
  envelopeArea,
  httpArea,
  pagingArea,
  idsArea,
  timesArea,
  threadsAndItemsArea,
  contentArea,
  streamOrderArea,
  streamEventsArea,
  framingArea,
  errorsArea,
  changesArea,
  attachmentsArea,
  toolsAndFormsArea,
  cancellationArea,
  widgetsArea,
];

/** Does not compile while a rule of `ruleIds` has no text. */
const complete: Readonly<Record<RuleName, RuleText>> = {
  ...envelopeArea.rules,
  ...httpArea.rules,
  ...pagingArea.rules,
  ...idsArea.rules,
  ...timesArea.rules,
  ...threadsAndItemsArea.rules,
  ...contentArea.rules,
  ...streamOrderArea.rules,
  ...streamEventsArea.rules,
  ...framingArea.rules,
  ...errorsArea.rules,
  ...changesArea.rules,
  ...attachmentsArea.rules,
  ...toolsAndFormsArea.rules,
  ...cancellationArea.rules,
  ...widgetsArea.rules,
};

/** All rules, by id. */
export const protocolRules: readonly ProtocolRule[] = areas
  .flatMap(({ title, rules }) =>
    (Object.keys(rules) as RuleName[]).map((name) => ({ ...complete[name], id: ruleIds[name], name, area: title })),
  )
  .sort((a, b) => (a.id < b.id ? -1 : 1));

const byId: ReadonlyMap<string, ProtocolRule> = new Map(protocolRules.map((rule) => [rule.id, rule]));

/** The rule with an id, in the language of the editor. */
export function ruleOf(id: RuleId): ProtocolRule {
  const rule = byId.get(id);
  if (rule === undefined) throw new RangeError(`Unknown rule ${id}`);
  const { title, explanation, cause, fix } = rule;
  return {
    ...rule,
    title: referenceText(title),
    explanation: referenceText(explanation),
    cause: referenceText(cause),
    fix: { python: referenceText(fix.python), node: referenceText(fix.node) },
  };
}

import type { RuleId, RuleSeverity } from '../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import { groupBy } from '../../base/common/lists.ts';
import { protocolRules } from '../../chatkit/common/protocolProblems/catalogue/catalogue.ts';
import { ProtocolProblemLog } from '../../chatkit/common/protocolProblems/problemLog.ts';
import type {
  ProblemLocation,
  ProblemReporter,
  ProtocolProblem,
} from '../../chatkit/common/protocolProblems/problem.ts';
import { NumericIds } from '../../chatkit/common/wire/numericIds.ts';
import type { RuleResult, Verdict } from './checkReport.ts';
import { type Part, partOf, skipReasons } from './coverage.ts';

interface StepResult {
  readonly verdict: Verdict;
  readonly evidence: string;
}

/** Maximum length of a reason in a report, in characters. It can be a message of the server. */
const maxReason = 500;
/** Maximum number of places of one rule in a report. */
const maxPlaces = 8;

/** Collects what a check observes, and decides which rules passed. */
export class Verdicts implements ProblemReporter {
  readonly numericIds = new NumericIds();
  readonly #log: ProtocolProblemLog;
  readonly #observed = new Set<Part>();
  readonly #reasons = new Map<Part, string>();
  readonly #steps = new Map<ConnectionStep, StepResult>();
  readonly #redact: (text: string) => string;

  /** `now`: ms since the epoch. `redact`: removes the secrets of the connection from a text. */
  constructor(options: { readonly now: () => number; readonly redact: (text: string) => string }) {
    this.#log = new ProtocolProblemLog({ ...options, maxProblemsPerRule: 50 });
    this.#redact = options.redact;
  }

  report(rule: RuleId, location: ProblemLocation, value?: unknown): void {
    this.numericIds.note(rule, value);
    this.#log.report(rule, location, value);
  }

  /** A part of the protocol was exercised: its rules without a violation pass. */
  observe(...parts: readonly Part[]): void {
    for (const part of parts) this.#observed.add(part);
  }

  /** Why a part was not observed. The first reason counts. */
  skip(part: Part, reason: string): void {
    if (!this.#reasons.has(part)) this.#reasons.set(part, this.#redact(reason).slice(0, maxReason));
  }

  setStep(step: ConnectionStep, verdict: Verdict, evidence = ''): void {
    this.#steps.set(step, { verdict, evidence: this.#redact(evidence).slice(0, maxReason) });
  }

  countOf(rule: RuleId): number {
    return this.#log.countOf(rule);
  }

  /** The steps of the connection and all rules. `reason`: why steps and parts without a result were not checked. */
  results(reason: string): readonly RuleResult[] {
    return [...this.#stepResults(reason), ...this.#ruleResults(reason)];
  }

  #stepResults(reason: string): readonly RuleResult[] {
    return (Object.keys(connectionSteps) as ConnectionStep[]).map((id) => {
      const { verdict, evidence } = this.#steps.get(id) ?? {
        verdict: 'skipped',
        evidence: reason || 'This step does not apply to the connection.',
      };
      const count = verdict === 'failed' ? 1 : 0;
      return { id, ...connectionSteps[id], area: connectionArea, verdict, evidence, count };
    });
  }

  #ruleResults(reason: string): readonly RuleResult[] {
    const problems = groupBy(this.#log.problems, ({ rule }) => rule);
    return protocolRules.map(({ id, title, area, severity, name }) => {
      const part = partOf.get(name);
      const common = { id, title, area, severity };
      const count = this.#log.countOf(id);
      if (count > 0) return { ...common, verdict: 'failed', evidence: evidenceOf(problems.get(id) ?? []), count };
      if (part !== undefined && this.#observed.has(part)) return { ...common, verdict: 'passed', evidence: '', count };
      const why = part === undefined ? 'The check does not cover this rule.' : (this.#reasons.get(part) ?? reason);
      return {
        ...common,
        verdict: 'skipped',
        evidence: why || (part === undefined ? '' : skipReasons[part]),
        count,
      };
    });
  }
}

/** One line for each command and field, with the first place: `items.list, item msg_1, field content: "text" (2 times)`. */
function evidenceOf(problems: readonly ProtocolProblem[]): string {
  const groups = [
    ...groupBy(problems, ({ location: { command, field } }) => `${command} ${field?.replace(/\d+/g, '') ?? ''}`),
  ];
  const lines = groups.slice(0, maxPlaces).flatMap(([, [first, ...others]]) => {
    if (first === undefined) return [];
    const { location, excerpt } = first;
    const { command, eventNumber, threadId, itemId, field } = location;
    const place = [
      command,
      ...(eventNumber === undefined ? [] : [`event ${eventNumber}`]),
      ...(threadId === undefined ? [] : [`thread ${threadId}`]),
      ...(itemId === undefined ? [] : [`item ${itemId}`]),
      ...(field === undefined || field === '' ? [] : [`field ${field}`]),
    ].join(', ');
    const value = excerpt === null || excerpt === '' ? '' : `: ${excerpt}`;
    const count = others.reduce((sum, problem) => sum + problem.count, first.count);
    return [`${place}${value}${count > 1 ? ` (${count} times)` : ''}`.replace(/\s+/g, ' ')];
  });
  const hidden = groups.length - lines.length;
  return [...lines, ...(hidden > 0 ? [`${hidden} more`] : [])].join('\n');
}

interface Step {
  readonly title: string;
  readonly severity: RuleSeverity;
}

/**
 * The steps of a connection as rules of the report, in the order in which they are checked. The title names the
 * failure.
 */
const connectionSteps = {
  NET101: { title: 'Host name cannot be resolved', severity: 'error' },
  NET102: { title: 'Port accepts no connection', severity: 'error' },
  NET103: { title: 'TLS certificate is not trusted', severity: 'error' },
  NET104: { title: 'Proxy does not forward requests', severity: 'error' },
  NET105: { title: 'Server refuses the credentials', severity: 'error' },
} as const satisfies Readonly<Record<string, Step>>;

type ConnectionStep = keyof typeof connectionSteps;

/** Title of the area of the connection steps in a report. */
const connectionArea = 'Connection';

import * as z from 'zod';
import { groupBy } from '../../base/common/lists.ts';

const verdict = z.enum(['passed', 'failed', 'skipped']);

const ruleResult = z.object({
  /** A protocol rule (`CK201`), or a step of the connection (`NET101`). */
  id: z.string().max(40),
  title: z.string().max(500),
  area: z.string().max(200),
  severity: z.enum(['error', 'warning', 'info']),
  verdict,
  /** Of a failed rule: one place with the received value on each line. Of a skipped one: the reason. Else empty. */
  evidence: z.string().max(20_000),
  /** Number of occurrences of a failed rule. */
  count: z.int().min(0),
});

const commandResult = z.object({
  command: z.string().max(200),
  /** The request in words. */
  input: z.string().max(500),
  expected: z.enum(['success', 'failure', 'any']),
  /** HTTP status; null where there was no response. */
  status: z.int().nullable(),
  outcome: z.enum(['success', 'failure', 'unsupported', 'noResponse']),
  /** The server's message, without secrets; empty where there is none. */
  message: z.string().max(2_000),
  ms: z.number().min(0),
});

const checkReport = z.object({
  format: z.literal('chatkit-inspector/check'),
  version: z.literal(1),
  startedAt: z.iso.datetime(),
  ms: z.number().min(0),
  connection: z.object({ name: z.string().max(500), kind: z.enum(['openai', 'server']), url: z.string().max(4_000) }),
  origin: z.string().max(4_000).nullable(),
  scope: z.enum(['full', 'quick']),
  /** `stopped`: a step failed that all others need. */
  outcome: z.enum(['complete', 'stopped', 'cancelled', 'timeLimit']),
  /** Why the check ended early; empty for a complete one. */
  reason: z.string().max(2_000),
  rules: z.array(ruleResult).max(1_000),
  commands: z.array(commandResult).max(5_000),
  /** Threads and attachments of the check that could not be deleted. */
  leftBehind: z
    .array(z.object({ kind: z.enum(['thread', 'attachment']), id: z.string().max(500), reason: z.string().max(2_000) }))
    .max(1_000),
  /** Threads of an earlier check that did not end, and whether they were deleted; absent where there were none. */
  earlier: z
    .array(z.object({ id: z.string().max(500), result: z.string().max(2_100) }))
    .max(1_000)
    .optional(),
});

export type RuleResult = Readonly<z.output<typeof ruleResult>>;
export type CommandResult = Readonly<z.output<typeof commandResult>>;
/** The result of *Check Server…*: the content of a `*.chatkit-check.json` file. Contains no secrets. */
export type CheckReport = Readonly<z.output<typeof checkReport>>;
export type Verdict = z.output<typeof verdict>;

/** Returns the report in a text; null where it is not a report of this version. */
export function parseCheckReport(text: string): CheckReport | null {
  try {
    const parsed = checkReport.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** Returns the report as JSON text with a line break at its end. */
export function checkReportText(report: CheckReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** The time of a report as part of a file name: `20261129-120000`. Reports are read from files: anything else is left out. */
export function stampOf(iso: string): string {
  const digits = iso.replace(/\D/g, '');
  return `${digits.slice(0, 8)}-${digits.slice(8, 14)}`;
}

/** Number of rules by verdict. */
export function countVerdicts(rules: readonly RuleResult[]): Readonly<Record<Verdict, number>> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const rule of rules) counts[rule.verdict] += 1;
  return counts;
}

/**
 * How a rule differs between two reports. `more`, `fewer`: it failed in both, with another number of occurrences.
 * `unchecked`: it was checked in the earlier report only.
 */
type Change = 'fixed' | 'new' | 'more' | 'fewer' | 'unchecked';

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

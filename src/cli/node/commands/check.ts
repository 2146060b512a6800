import { resolve } from 'node:path';
import type { Json } from '../../../base/common/json.ts';
import { oneLine, visible } from '../../../base/common/plainText.ts';
import { ruleOf } from '../../../chatkit/common/protocolProblems/catalogue/catalogue.ts';
import { isRuleId } from '../../../chatkit/common/protocolProblems/catalogue/ruleIds.ts';
import {
  checkReportText,
  countVerdicts,
  type CheckReport,
  type RuleResult,
} from '../../../check/common/checkReport.ts';
import { reportAsMarkdown } from '../../../check/common/reportMarkdown.ts';
import { checkServer } from '../../../check/node/checkServer.ts';
import { openConnection, type ConnectionFlags, type Context, type OpenConnection } from '../connection.ts';
import { CliError, exitCodeOf, exitCodes, reportOf } from '../errors.ts';
import { writeText } from '../files.ts';
import type { Output, Style } from '../output.ts';
import { waitForServer } from '../reading.ts';

interface CheckFlags extends ConnectionFlags {
  readonly origin?: string;
  readonly quick?: boolean;
  readonly failOn?: string;
  readonly out?: string;
  readonly wait?: number;
}

const severities = ['info', 'warning', 'error'] as const;

/** Checks a server against every rule of the protocol. Creates temporary threads and deletes them, also when it is stopped. */
export async function checkProtocol(flags: CheckFlags, context: Context): Promise<number> {
  const { out, signal } = context;
  const least = severities.findIndex((severity) => severity === (flags.failOn ?? 'info'));
  if (least < 0) {
    throw new CliError('usage', `--fail-on must be ${severities.join(', ')}, not "${flags.failOn}".`, 'use error');
  }
  const origin = flags.origin === undefined ? null : originOf(flags.origin);
  const opened = await openConnection(flags, context);
  try {
    if (flags.wait !== undefined) await waitForServer(opened.source, flags.wait, signal);
    const report = await checkServer({
      connection: opened.connection,
      transport: opened.transport,
      credentials: opened.credentials,
      user: flags.user,
      origin,
      scope: flags.quick === true ? 'quick' : 'full',
      signal,
      onStep: (step, progress) => {
        if (flags.verbose === true && progress === undefined) out.note(`Step: ${step}`);
      },
    });
    if (flags.out !== undefined) await save(flags.out, report, context);
    if (out.isJson) await out.json(report as unknown as Json);
    else await print(report, out);
    return await endOf(report, least, opened, context);
  } finally {
    await opened.close();
  }
}

function originOf(text: string): string {
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text).origin;
  throw new CliError('usage', `--origin ${text} is not the address of a page.`, 'pass --origin https://example.com');
}

async function save(name: string, report: CheckReport, { out, cwd }: Context): Promise<void> {
  const path = resolve(cwd, name);
  const text = path.endsWith('.md') ? reportAsMarkdown(report) : checkReportText(report);
  await writeText(path, out.redact(text));
}

const colors: Readonly<Record<RuleResult['severity'], Style>> = { error: 'red', warning: 'yellow', info: 'dim' };

async function print(report: CheckReport, out: Output): Promise<void> {
  for (const { id, title, severity, verdict, evidence } of report.rules) {
    if (verdict !== 'failed') continue;
    await out.line(`${out.paint('red', '✗')} ${id} ${oneLine(title, 200)} ${out.paint(colors[severity], severity)}`);
    for (const line of evidence.split('\n')) await out.line(`    ${visible(line)}`);
    if (isRuleId(id)) await out.line(out.paint('dim', `    Usual cause: ${ruleOf(id).cause}`));
  }
  const { passed, failed, skipped } = countVerdicts(report.rules);
  const parts = [
    failed > 0 ? out.paint('red', `${failed} failed`) : '',
    out.paint('green', `${passed} passed`),
    skipped > 0 ? out.paint('yellow', `${skipped} skipped`) : '',
  ].filter(Boolean);
  await out.line(
    `${failed > 0 ? '\n' : ''}${parts.join(', ')} ${out.paint('dim', `(${(report.ms / 1000).toFixed(1)} s)`)}`,
  );
}

async function endOf(report: CheckReport, least: number, opened: OpenConnection, { out, signal }: Context) {
  const { outcome, reason, leftBehind, rules } = report;
  for (const { kind, id, reason: why } of leftBehind) {
    out.note(`The ${kind} ${oneLine(id, 120)} of the check was not deleted: ${oneLine(why)}`);
  }
  if (signal.aborted || outcome === 'cancelled') {
    out.note('Interrupted.');
    return exitCodes.interrupted;
  }
  if (outcome !== 'complete') {
    const error = await errorOf(opened, signal);
    if (error !== null) {
      out.error(reportOf(error));
      return exitCodeOf(error);
    }
    out.note(oneLine(reason, 500));
  }
  const isFailed = ({ verdict, severity }: RuleResult): boolean =>
    verdict === 'failed' && severities.indexOf(severity) >= least;
  return rules.some(isFailed) || outcome !== 'complete' ? exitCodes.failed : exitCodes.fine;
}

/** Why the server cannot be used at all; null if it can. */
async function errorOf({ source }: OpenConnection, signal: AbortSignal): Promise<unknown> {
  try {
    await source.listThreads({ limit: 1, order: 'desc' }, signal);
    return null;
  } catch (error) {
    return error;
  }
}

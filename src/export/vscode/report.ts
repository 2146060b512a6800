import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SourceError } from '../../chatkit/common/errors.ts';
import { threadLabel } from '../../threads/common/summary/threadLabel.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { showInformation, showWarning } from '../../base/vscode/messages/notifications.ts';
import { presentError } from '../../chatkit/vscode/present.ts';
import type { ExportReport } from '../node/exportThreads.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { ExportPlan } from './plan.ts';

/** Failures that fit into a notification; the log has all. */
const maxListed = 3;

/**
 * Says what became of an export: nothing that succeeded is lost, and what failed is named. Gives the plan that the user
 * wants to be carried out next: the rest of this one, where that is offered. Stand-ins are numbered anew in each run, so a
 * redacted export has no rest.
 */
export async function reportExport(
  { log }: Services,
  plan: ExportPlan,
  result: ExportReport,
  offersRest = !plan.redacted,
): Promise<ExportPlan | undefined> {
  const failures = failuresOf(plan, result);
  for (const [index, { error }] of result.failed.entries()) log.error(failures[index] ?? '', error);
  const isClean = failures.length === 0 && result.listError === null;
  const isWhole = isClean && !result.cancelled;
  const open = l10n.t('Open');
  const resume = result.cancelled ? l10n.t('Resume') : l10n.t('Retry');
  const showLog = l10n.t('Show Log');
  const hasFile = result.written.length + result.skipped.length > 0;
  const buttons = [
    ...(isWhole || !offersRest ? [] : [resume]),
    ...(hasFile ? [open] : []),
    ...(isClean ? [] : [showLog]),
  ];
  const say = isClean ? showInformation : showWarning;
  const picked = await say(summarise(plan, result, failures), ...buttons);
  if (picked === open) await openFolderOrFile(plan.target);
  if (picked === showLog) log.show();
  return picked === resume ? { ...plan, resume: true } : undefined;
}

function failuresOf({ connection }: ExportPlan, { failed }: ExportReport): readonly string[] {
  return failed.map(({ thread, error }) =>
    formatMessage('“{0}”: {1}', threadLabel(thread), wordsFor(error, connection)),
  );
}

function wordsFor(error: SourceError, connection: ExportPlan['connection']): string {
  // What went wrong with the file has no host, and our own words are the best there are.
  const context = error.details.host === undefined ? {} : { connection };
  return presentError(error, { subject: 'thread', ...context }).message;
}

function summarise(
  { connection }: ExportPlan,
  { written, skipped, failed, cancelled, listError }: ExportReport,
  failures: readonly string[],
): string {
  const parts = [l10n.t('{0} exported', written.length)];
  if (skipped.length > 0) parts.push(l10n.t('{0} were there already', skipped.length));
  if (failed.length > 0) parts.push(l10n.t('{0} failed', failed.length));
  if (cancelled) parts.push(l10n.t('cancelled; what is done is kept'));
  else if (listError !== null && failed.every(({ error }) => error !== listError)) {
    parts.push(formatMessage(l10n.t('the list of threads ended early: {0}'), wordsFor(listError, connection)));
  }
  const named = failures.slice(0, maxListed);
  const more = failures.length - named.length;
  const rest = more > 0 ? [l10n.t('… and {0} more', more)] : [];
  return [`${parts.join(' · ')}.`, ...named, ...rest].join(' ');
}

/** A file opens in its editor; a folder is shown in the Explorer, or by the system where it lies outside the workspace. */
async function openFolderOrFile({ type, path }: ExportPlan['target']): Promise<void> {
  const uri = vscode.Uri.file(path);
  const isInside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const command = type === 'file' ? 'vscode.open' : isInside ? 'revealInExplorer' : 'revealFileInOS';
  await vscode.commands.executeCommand(command, uri);
}

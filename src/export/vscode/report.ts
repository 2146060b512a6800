import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SourceError } from '../../chatkit/common/errors.ts';
import { threadLabel } from '../../threads/common/summary/threadLabel.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { showInformation, showWarning } from '../../base/vscode/messages/notifications.ts';
import { presentError } from '../../chatkit/vscode/present.ts';
import type { ExportReport } from '../node/exportThreads.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { ExportPlan } from './runExport.ts';

/** Maximum number of failures in a notification. The log contains all. */
const maxListed = 3;

/**
 * Reports the result of an export and its failures. Returns the plan to execute next when the user continues this export.
 * A redacted export cannot be continued, because each export numbers placeholders from 1.
 */
export async function reportExport(
  { log }: Services,
  plan: ExportPlan,
  result: ExportReport,
  offersResume = !plan.redacted,
): Promise<ExportPlan | undefined> {
  const failures = failuresOf(plan, result);
  for (const [index, { error }] of result.failed.entries()) log.error(failures[index] ?? '', error);
  const isClean = failures.length === 0 && result.listError === null;
  const isComplete = isClean && !result.cancelled;
  const open = l10n.t('Open');
  const resume = result.cancelled ? l10n.t('Resume') : l10n.t('Retry');
  const showLog = l10n.t('Show Log');
  const hasFile = result.written.length + result.skipped.length > 0;
  const buttons = [
    ...(isComplete || !offersResume ? [] : [resume]),
    ...(hasFile ? [open] : []),
    ...(isClean ? [] : [showLog]),
  ];
  const show = isClean ? showInformation : showWarning;
  const picked = await show(summarise(plan, result, failures), ...buttons);
  if (picked === open) await openFolderOrFile(plan.target);
  if (picked === showLog) log.show();
  return picked === resume ? { ...plan, resume: true } : undefined;
}

function failuresOf({ connection }: ExportPlan, { failed }: ExportReport): readonly string[] {
  return failed.map(({ thread, error }) =>
    formatMessage('“{0}”: {1}', threadLabel(thread), messageOf(error, connection)),
  );
}

function messageOf(error: SourceError, connection: ExportPlan['connection']): string {
  // File errors have no host, and their messages are specific enough.
  const context = error.details.host === undefined ? {} : { connection };
  return presentError(error, { subject: 'thread', ...context }).message;
}

function summarise(
  { connection }: ExportPlan,
  { written, skipped, failed, cancelled, listError }: ExportReport,
  failures: readonly string[],
): string {
  const parts = [written.length === 1 ? l10n.t('Exported 1 thread') : l10n.t('Exported {0} threads', written.length)];
  if (skipped.length > 0) parts.push(l10n.t('{0} already exported', skipped.length));
  if (failed.length > 0) parts.push(l10n.t('{0} failed', failed.length));
  if (cancelled) parts.push(l10n.t('cancelled; exported threads were saved'));
  else if (listError !== null && failed.every(({ error }) => error !== listError)) {
    parts.push(formatMessage(l10n.t('not all threads were listed: {0}'), messageOf(listError, connection)));
  }
  const listed = failures.slice(0, maxListed);
  const more = failures.length - listed.length;
  const rest = more > 0 ? [l10n.t('… and {0} more', more)] : [];
  return [`${parts.join(' · ')}.`, ...listed, ...rest].join(' ');
}

/** Opens a file in its editor, or shows a folder in the Explorer (outside the workspace: in the system's file manager). */
async function openFolderOrFile({ type, path }: ExportPlan['target']): Promise<void> {
  const uri = vscode.Uri.file(path);
  const isInside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const command = type === 'file' ? 'vscode.open' : isInside ? 'revealInExplorer' : 'revealFileInOS';
  await vscode.commands.executeCommand(command, uri);
}

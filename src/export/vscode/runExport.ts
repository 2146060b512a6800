import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SourceError } from '../../chatkit/common/errors.ts';
import { threadLabel } from '../../threads/common/summary/itemSummary.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { showInformation, showProgress, showWarning } from '../../base/vscode/messages/notifications.ts';
import { presentError } from '../../chatkit/vscode/present.ts';
import { type ExportReport, exportThreads } from '../node/exportThreads.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { Connection } from '../../chatkit/common/connection.ts';
import type { Thread } from '../../chatkit/common/model/thread.ts';
import type { ExportFormat, Replaced } from '../node/verify.ts';
import { type WaitOptions, everyPage } from '../../chatkit/common/everyPage.ts';
import { type ThreadSource, maxPageSize } from '../../chatkit/common/threadSource.ts';
import { confirm, withSignal } from '../../chatkit/vscode/notify.ts';
import { Redactor } from '../common/redactor.ts';
import { wireReaderOf } from '../node/exportSource.ts';
import type { ExportProgress } from '../node/target.ts';
import { ExportLedger } from '../node/ledger.ts';

/** Exports with cancellable progress. Threads that were written before a cancellation remain. */
export async function runExport(services: Services, plan: ExportPlan): Promise<ExportReport> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: formatMessage(l10n.t('Exporting threads of “{0}”'), plan.connection.name),
    cancellable: true,
  };
  return showProgress(options, (report, token) =>
    withSignal(token, (signal) => executePlan(services, plan, signal, (message) => report({ message }))),
  );
}

/** Executes a plan. `reportProgress` receives progress messages. */
export async function executePlan(
  services: Services,
  { connection, scope, format, redacted, target, resume }: ExportPlan,
  signal: AbortSignal,
  reportProgress: (message: string) => void,
  mayReplace = askToReplace,
): Promise<ExportReport> {
  const source = services.connections.source(connection.id);
  const total = scope.type === 'threads' ? scope.threads.length : null;
  const sleep = (ms: number, stop: AbortSignal) => setTimeout(ms, undefined, { signal: stop });
  const onWait = (ms: number) => reportProgress(l10n.t('waiting {0} s for the rate limit', Math.ceil(ms / 1000)));
  return exportThreads({
    source,
    threads: scope.type === 'threads' ? scope.threads : allThreads(source, scope.user, { signal, sleep, onWait }),
    format,
    target,
    resume,
    ledger: ledgerOf(services),
    mayReplace,
    header: {
      version: 1,
      exportedAt: new Date().toISOString(),
      connection: redacted
        ? { name: 'redacted', kind: connection.kind, url: 'https://redacted.example' }
        : { name: connection.name, kind: connection.kind, url: connection.url },
      ...(redacted ? { redacted: true } : {}),
    },
    redactor: redacted ? new Redactor() : null,
    reread: wireReaderOf(connection.kind),
    signal,
    onProgress: (step) => reportProgress(describe(step, total)),
    sleep,
  });
}

function describe({ threadsDone, itemsOfThread, waitingMs, thread }: ExportProgress, total: number | null): string {
  const count =
    total === null ? l10n.t('thread {0}', threadsDone + 1) : l10n.t('thread {0} of {1}', threadsDone + 1, total);
  const name = thread.title ?? thread.id;
  return waitingMs === null
    ? itemsOfThread === 1
      ? formatMessage(l10n.t('{0}: {1}, 1 item'), count, name)
      : formatMessage(l10n.t('{0}: {1}, {2} items'), count, name, itemsOfThread)
    : l10n.t('{0}: waiting {1} s for the rate limit', count, Math.ceil(waitingMs / 1000));
}

/** Yields every thread of the connection, page by page. */
async function* allThreads(source: ThreadSource, user: string | null, waiting: WaitOptions): AsyncGenerator<Thread> {
  const query = { limit: maxPageSize, order: 'desc', ...(user === null ? {} : { user }) } as const;
  const fetchPage = (after: string | undefined) =>
    source.listThreads({ ...query, ...(after === undefined ? {} : { after }) }, waiting.signal);
  for await (const threads of everyPage(fetchPage, waiting)) yield* threads;
}

/** Asks once per export. Returns false when the user cancels. */
function askToReplace(path: string, found: Replaced): Promise<boolean> {
  if (found === 'redacted') {
    return confirm(
      l10n.t('Replace files of an earlier redacted export?'),
      l10n.t(
        'The folder contains redacted exports with the names of the new ones, for example {0}. They can be of other threads, because a redacted export does not name its thread. If you cancel, these files are not changed, and the threads with these names are not exported.',
        basename(path),
      ),
      l10n.t('Replace Files'),
    );
  }
  return confirm(
    l10n.t('Replace files that are not exports of these threads?'),
    l10n.t(
      'The folder contains files with the names of the new exports, for example {0}. If you cancel, these files are not changed, and their threads are not exported.',
      basename(path),
    ),
    l10n.t('Replace Files'),
  );
}

/** Returns the records of earlier exports, in the storage of the extension. */
export function ledgerOf({ context, log }: Pick<Services, 'context' | 'log'>): ExportLedger {
  return new ExportLedger(join(context.globalStorageUri.fsPath, 'exports'), log);
}

/** The threads to export. `all` is listed page by page during the export. */
export type ExportScope =
  | { readonly type: 'threads'; readonly threads: readonly Thread[] }
  | { readonly type: 'all'; readonly user: string | null };

/** The user's choices for an export. */
export interface ExportPlan {
  readonly connection: Connection;
  readonly scope: ExportScope;
  readonly format: ExportFormat;
  readonly redacted: boolean;
  /** `path` is a path of the file system that the extension host runs on. */
  readonly target: { readonly type: 'folder' | 'file'; readonly path: string };
  readonly resume: boolean;
}

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
  { connection, target }: ExportPlan,
  { written, skipped, failed, cancelled, listError }: ExportReport,
  failures: readonly string[],
): string {
  const name = basename(target.path);
  const parts = [
    written.length === 1
      ? formatMessage(l10n.t('Exported 1 thread to “{0}”'), name)
      : formatMessage(l10n.t('Exported {0} threads to “{1}”'), written.length, name),
  ];
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

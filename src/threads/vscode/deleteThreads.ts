import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { oneLine } from '../../base/common/plainText.ts';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import type { ThreadsModel } from './model/threadsModel.ts';
import type { ThreadRef } from '../../chatkit/common/model/thread.ts';
import { type SourceError, isSourceError, toSourceError } from '../../chatkit/common/errors.ts';
import { inParallel } from '../../chatkit/common/store/requests.ts';
import type { Log } from '../../base/common/log.ts';
import { runCommand } from '../../chatkit/vscode/commands.ts';
import {
  askModal,
  showError,
  showInformation,
  showProgress,
  showWarning,
} from '../../base/vscode/messages/notifications.ts';
import { presentError } from '../../chatkit/vscode/present.ts';
import { withSignal } from '../../chatkit/vscode/notify.ts';

/** Threads that were exported and can be deleted now. */
export interface ExportedFirst {
  readonly threads: readonly ThreadRef[];
  /** Called directly before a thread is deleted. Throws `SourceError` when the export of the thread is not intact. */
  readonly check: (thread: ThreadRef) => Promise<void>;
}

export type ExportFirst = (threads: readonly ThreadRef[]) => Promise<ExportedFirst>;

/**
 * Asks for confirmation, deletes, and reports the result. Shows a warning for connections that cannot delete threads. With
 * `exportFirst`, the confirmation offers to export the threads first.
 */
export async function deleteThreads(
  model: ThreadsModel,
  log: Log,
  refs: readonly ThreadRef[],
  exportFirst?: ExportFirst,
): Promise<void> {
  const plan = planDeletion(model, refs);
  showRefusals(plan);
  let threads = plannedThreads(plan);
  if (threads.length === 0) return;
  const { message, detail } = deletionQuestion(plan, model);
  const exportAndDelete = l10n.t('Export and Delete…');
  const buttons = [l10n.t('Delete'), ...(exportFirst === undefined ? [] : [exportAndDelete])];
  const picked = await askModal({ severity: 'warning', question: message, detail }, ...buttons);
  if (picked === undefined) return;
  let check: ExportedFirst['check'] | undefined;
  if (exportFirst !== undefined && picked === exportAndDelete) ({ threads, check } = await exportFirst(threads));
  while (threads.length > 0) threads = await reportDeletion(await runWithProgress(model, threads, check), model, log);
}

async function runWithProgress(
  model: ThreadsModel,
  threads: readonly ThreadRef[],
  check: ExportedFirst['check'] | undefined,
): Promise<DeletionOutcome> {
  const title = threads.length === 1 ? l10n.t('Deleting thread') : l10n.t('Deleting {0} threads', threads.length);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return showProgress(options, (report, token) =>
    withSignal(token, (signal) =>
      runDeletion(
        model,
        threads,
        signal,
        (done) =>
          report({
            increment: 100 / threads.length,
            message: formatMessage(l10n.t('{0} of {1}'), done, threads.length),
          }),
        check,
      ),
    ),
  );
}

function showRefusals({ readOnly, unsupported }: DeletionPlan): void {
  for (const name of readOnly) {
    void showWarning(
      formatMessage(
        l10n.t(
          '“{0}” is read-only, so its threads were not deleted. You can change the access level in the connection settings.',
        ),
        name,
      ),
    );
  }
  for (const name of unsupported) {
    void showWarning(formatMessage(l10n.t('“{0}” does not support deleting threads.'), name));
  }
}

/** Maximum number of failures in a notification. *Show Details* lists more. */
const maxListedFailures = 3;

/** Reports threads that were not deleted. Returns the threads that the user wants to retry. */
async function reportDeletion(
  { deleted, failed, remaining }: DeletionOutcome,
  model: ThreadsModel,
  log: Log,
): Promise<readonly ThreadRef[]> {
  if (failed.length === 0) {
    if (remaining.length > 0) {
      void showInformation(`${l10n.t('Stopped.')} ${countText(deleted.length, deleted.length + remaining.length)}`);
    }
    return [];
  }
  const lines = failed.map(({ thread, label, error }) => {
    const connection = model.connections.get(thread.connectionId);
    const context = { subject: 'thread' as const, ...(connection === undefined ? {} : { connection }) };
    return formatMessage('“{0}”: {1}', label, presentError(error, context).message);
  });
  for (const [index, { error }] of failed.entries()) log.error(lines[index] ?? '', error);
  const total = deleted.length + failed.length + remaining.length;
  const summary = countText(deleted.length, total);
  return askToRetry(
    summary,
    lines,
    failed.map(({ thread }) => thread),
  );
}

function countText(deleted: number, total: number): string {
  return total === 1 && deleted === 0
    ? l10n.t('The thread was not deleted.')
    : l10n.t('Deleted {0} of {1} threads.', deleted, total);
}

async function askToRetry(
  summary: string,
  lines: readonly string[],
  threads: readonly ThreadRef[],
): Promise<readonly ThreadRef[]> {
  const retry = l10n.t('Retry');
  const details = l10n.t('Show Details');
  const showLog = l10n.t('Show Log');
  const fits = lines.length <= maxListedFailures;
  const message = fits ? [summary, ...lines].join(' ') : `${summary} ${l10n.t('{0} failed.', lines.length)}`;
  let picked = await showError(message, retry, ...(fits ? [showLog] : [details, showLog]));
  if (picked === details) {
    const detail = lines.map((line) => `• ${line}`).join('\n');
    picked = await askModal({ severity: 'error', question: summary, detail }, retry, showLog);
  }
  if (picked === showLog) await runCommand('chatkit.showLog');
  return picked === retry ? threads : [];
}

/** Maximum number of concurrent requests. */
const maxConcurrentRequests = 4;

interface DeletionOutcome {
  /** Deleted threads, including threads that did not exist any more. */
  readonly deleted: readonly ThreadRef[];
  readonly failed: readonly { readonly thread: ThreadRef; readonly label: string; readonly error: SourceError }[];
  /** Threads not processed when the user cancelled. */
  readonly remaining: readonly ThreadRef[];
}

/**
 * Deletes threads, a few at a time. A request that is in progress when `signal` fires may or may not succeed; its thread is
 * `remaining`. `check` is called directly before each deletion. When it throws, the thread is not deleted and has failed.
 */
export async function runDeletion(
  model: ThreadsModel,
  threads: readonly ThreadRef[],
  signal: AbortSignal,
  onProgress: (done: number) => void,
  check?: (thread: ThreadRef) => Promise<void>,
): Promise<DeletionOutcome> {
  const deleted: ThreadRef[] = [];
  const failed: DeletionOutcome['failed'][number][] = [];
  await inParallel(threads, maxConcurrentRequests, signal, async (thread) => {
    const label = model.label(thread);
    const store = model.store(thread.connectionId);
    // The connection was removed in the meantime.
    if (store === undefined) return;
    try {
      await check?.(thread);
      await store.deleteThread(thread.threadId, signal);
      deleted.push(thread);
    } catch (error) {
      if (isSourceError(error, 'cancelled')) return;
      failed.push({ thread, label, error: toSourceError(error) });
    }
    onProgress(deleted.length + failed.length);
  });
  const processed = new Set([...deleted, ...failed.map(({ thread }) => thread)]);
  return { deleted, failed, remaining: threads.filter((thread) => !processed.has(thread)) };
}

/** Threads of one connection. */
interface DeletionPart {
  readonly connectionId: string;
  readonly connectionName: string;
  readonly threads: readonly ThreadRef[];
}

interface DeletionPlan {
  readonly parts: readonly DeletionPart[];
  /** Names of connections that are read-only. */
  readonly readOnly: readonly string[];
  /** Names of connections that do not support deletion. */
  readonly unsupported: readonly string[];
}

/** Groups threads by connection, and separates connections that cannot delete. */
function planDeletion(model: ThreadsModel, refs: readonly ThreadRef[]): DeletionPlan {
  const parts: DeletionPart[] = [];
  const readOnly: string[] = [];
  const unsupported: string[] = [];
  for (const connectionId of new Set(refs.map((ref) => ref.connectionId))) {
    const connection = model.connections.get(connectionId);
    const capabilities = model.store(connectionId)?.capabilities;
    if (connection === undefined || capabilities === undefined) continue;
    const { name } = connection;
    if (capabilities.readOnly) readOnly.push(name);
    else if (!capabilities.delete) unsupported.push(name);
    else {
      const threads = refs.filter((ref) => ref.connectionId === connectionId);
      parts.push({ connectionId, connectionName: name, threads });
    }
  }
  return { parts, readOnly, unsupported };
}

function plannedThreads({ parts }: DeletionPlan): readonly ThreadRef[] {
  return parts.flatMap(({ threads }) => threads);
}

/** Maximum number of titles in the question. The rest is counted. */
const maxListed = 10;

interface DeletionQuestion {
  readonly message: string;
  readonly detail: string;
}

/** Returns the confirmation: the threads, their users and connections, and the consequences. */
function deletionQuestion(plan: DeletionPlan, model: ThreadsModel): DeletionQuestion {
  const threads = plannedThreads(plan);
  const [only] = threads;
  const message =
    threads.length === 1 && only !== undefined
      ? formatMessage(l10n.t('Delete the thread “{0}”?'), model.label(only))
      : l10n.t('Delete {0} threads?', threads.length);
  const detail = [
    ...plan.parts.map((part) => partText(part, model, threads.length === 1)),
    threads.length === 1
      ? l10n.t('Its messages, widgets and attachments are deleted on the server. This cannot be undone.')
      : l10n.t('Their messages, widgets and attachments are deleted on the server. This cannot be undone.'),
  ];
  return { message, detail: detail.join('\n\n') };
}

function partText({ connectionName, threads }: DeletionPart, model: ThreadsModel, isOnly: boolean): string {
  const where = l10n.t('Connection: {0}', connectionName);
  const userOf = (thread: (typeof threads)[number]): string => oneLine(model.thread(thread)?.user ?? '');
  if (isOnly) {
    const user = threads[0] === undefined ? '' : userOf(threads[0]);
    return user === '' ? where : `${l10n.t('User: {0}', user)}\n${where}`;
  }
  const lines = threads.slice(0, maxListed).map((thread) => {
    const user = userOf(thread);
    return `• ${model.label(thread)}${user === '' ? '' : ` (${user})`}`;
  });
  const rest = threads.length - lines.length;
  return [where, ...lines, ...(rest > 0 ? [l10n.t('… and {0} more', rest)] : [])].join('\n');
}

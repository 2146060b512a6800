import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Log } from '../../../base/common/log.ts';
import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import { withSignal } from '../../../chatkit/vscode/cancellation.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { askModal, showProgress, showWarning } from '../../../base/vscode/messages/notifications.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';
import { type DeletionPlan, deletionQuestion, planDeletion, plannedThreads } from './deletionPlan.ts';
import { reportDeletion } from './deletionReport.ts';
import { type DeletionOutcome, runDeletion } from './runDeletion.ts';

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

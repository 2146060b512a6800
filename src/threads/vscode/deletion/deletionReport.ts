import * as l10n from '@vscode/l10n';
import type { Log } from '../../../base/common/log.ts';
import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { askModal, showError, showInformation } from '../../../base/vscode/messages/notifications.ts';
import { presentError } from '../../../chatkit/vscode/present.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';
import type { DeletionOutcome } from './runDeletion.ts';

/** Failures that fit into a notification; of more, *Show Details* tells. */
const maxListed = 3;

/**
 * Says what became of each thread, where that is not what was asked for. Gives the threads that the user wants to be
 * tried again.
 */
export async function reportDeletion(
  { deleted, failed, left }: DeletionOutcome,
  model: ThreadsModel,
  log: Log,
): Promise<readonly ThreadRef[]> {
  if (failed.length === 0) {
    if (left.length > 0) {
      void showInformation(
        formatMessage(
          l10n.t('Stopped: {0} of {1} threads were deleted.'),
          deleted.length,
          deleted.length + left.length,
        ),
      );
    }
    return [];
  }
  const lines = failed.map(({ thread, label, error }) => {
    const connection = model.connections.get(thread.connectionId);
    const context = { subject: 'thread' as const, ...(connection === undefined ? {} : { connection }) };
    return formatMessage('“{0}”: {1}', label, presentError(error, context).message);
  });
  for (const [index, { error }] of failed.entries()) log.error(lines[index] ?? '', error);
  const total = deleted.length + failed.length + left.length;
  const summary = l10n.t('{0} of {1} threads were deleted.', deleted.length, total);
  return ask(
    summary,
    lines,
    failed.map(({ thread }) => thread),
  );
}

async function ask(
  summary: string,
  lines: readonly string[],
  threads: readonly ThreadRef[],
): Promise<readonly ThreadRef[]> {
  const retry = l10n.t('Retry');
  const details = l10n.t('Show Details');
  const showLog = l10n.t('Show Log');
  const fits = lines.length <= maxListed;
  const message = fits ? [summary, ...lines].join(' ') : `${summary} ${l10n.t('{0} failed.', lines.length)}`;
  let picked = await showError(message, retry, ...(fits ? [showLog] : [details, showLog]));
  if (picked === details) {
    const detail = lines.map((line) => `• ${line}`).join('\n');
    picked = await askModal({ severity: 'error', question: summary, detail }, retry, showLog);
  }
  if (picked === showLog) await runCommand('chatkit.showLog');
  return picked === retry ? threads : [];
}

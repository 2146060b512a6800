import * as l10n from '@vscode/l10n';
import type { Log } from '../../../base/common/log.ts';
import type { ThreadRef } from '../../../chatkit/common/refs.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { askModal, showError, showInformation } from '../../../base/vscode/messages/notifications.ts';
import { presentError } from '../../../chatkit/vscode/present.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';
import type { DeletionOutcome } from './runDeletion.ts';

/** Maximum number of failures in a notification. *Show Details* lists more. */
const maxListed = 3;

/** Reports threads that were not deleted. Returns the threads that the user wants to retry. */
export async function reportDeletion(
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

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { wireId } from '../../../chatkit/common/store/itemWindows.ts';
import type { focusedRow } from '../../../chatkit/vscode/ids.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showStatus } from '../../../base/vscode/messages/notifications.ts';
import { type Target, pickThreads } from '../targets.ts';
import type { ThreadsServices } from './threadsServices.ts';

/** *Copy Thread ID* and its forms for other rows: copies the IDs of items, threads, sessions or connections as the server sent them, one per line. */
export async function copyId(
  { services, targets, view }: ThreadsServices,
  row?: Target | typeof focusedRow,
  rows?: readonly Target[],
): Promise<void> {
  const targetRows = await targets.rows(row, rows);
  const options = { title: l10n.t('Copy Thread IDs'), many: true };
  const refs =
    targetRows.length > 0 || row !== undefined ? targetRows : await pickThreads(services.connections, options);
  const ids = [...new Set(refs.flatMap((ref) => idOf(ref, view) ?? []))];
  if (ids.length === 0) return;
  await vscode.env.clipboard.writeText(ids.join('\n'));
  const message =
    ids.length === 1
      ? formatMessage(l10n.t('Copied {0}'), ids[0] ?? '')
      : formatMessage(l10n.t('Copied {0} IDs'), ids.length);
  showStatus(message, 3_000);
}

function idOf(
  { connectionId, threadId, itemId, sessionId }: Target,
  { model }: ThreadsServices['view'],
): string | undefined {
  if (sessionId !== undefined) return sessionId;
  if (connectionId === undefined || threadId === undefined || itemId === undefined) return threadId ?? connectionId;
  const item = model.store(connectionId)?.item(threadId, itemId);
  return item === undefined ? itemId : wireId(item);
}

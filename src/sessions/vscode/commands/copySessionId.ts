import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SessionRef } from '../../../chatkit/common/model/thread.ts';
import type { focusedRow } from '../../../chatkit/vscode/ids.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showStatus } from '../../../base/vscode/messages/notifications.ts';
import type { SessionServices } from '../sessionServices.ts';
import { targetSessions } from '../target.ts';

/** Copies the IDs of sessions, one per line. *Copy ID* for the palette and the keybinding of the Sessions view. */
export async function copySessionId(
  services: SessionServices,
  row?: SessionRef | typeof focusedRow,
  rows?: readonly SessionRef[],
): Promise<void> {
  const records = await targetSessions(services, row, rows, {
    placeHolder: l10n.t('Select sessions to copy the IDs of'),
  });
  if (records.length === 0) return;
  await vscode.env.clipboard.writeText(records.map(({ id }) => id).join('\n'));
  showStatus(
    records.length === 1 ? l10n.t('ID copied') : formatMessage(l10n.t('{0} IDs copied'), records.length),
    3000,
  );
}

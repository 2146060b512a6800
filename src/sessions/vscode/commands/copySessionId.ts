import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { SessionRef } from '../../../chatkit/common/refs.ts';
import type { focusedRow } from '../../../chatkit/vscode/ids.ts';
import { showStatus } from '../../../base/vscode/messages/statusMessage.ts';
import type { SessionServices } from '../sessionServices.ts';
import { targetSessions } from '../target.ts';

/** Copies the ids of sessions, one a line: what *Copy ID* does, for the palette and for the key in the Sessions view. */
export async function copySessionId(
  parts: SessionServices,
  row?: SessionRef | typeof focusedRow,
  rows?: readonly SessionRef[],
): Promise<void> {
  const records = await targetSessions(parts, row, rows, {
    placeHolder: l10n.t('Copy the ID of which sessions?'),
  });
  if (records.length === 0) return;
  await vscode.env.clipboard.writeText(records.map(({ id }) => id).join('\n'));
  showStatus(l10n.t('ID copied'), 3000);
}

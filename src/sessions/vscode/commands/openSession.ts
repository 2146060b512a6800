import * as l10n from '@vscode/l10n';
import type { SessionRef } from '../../../chatkit/common/model/thread.ts';
import { openSessionDocument } from '../document.ts';
import type { SessionServices } from '../sessionServices.ts';
import { targetSession } from '../target.ts';

/**
 * Opens the details of a session: requested and effective settings. When opened from a row, the focus stays in the
 * tree, so that the user can move to the next session.
 */
export async function openSession(services: SessionServices, row?: SessionRef): Promise<void> {
  const record = await targetSession(services, row, { placeHolder: l10n.t('Select a session to open the details of') });
  if (record !== undefined) await openSessionDocument(record, { preserveFocus: row !== undefined });
}

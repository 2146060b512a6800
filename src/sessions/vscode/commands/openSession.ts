import * as l10n from '@vscode/l10n';
import type { SessionRef } from '../../../chatkit/common/refs.ts';
import { openSessionDocument } from '../document.ts';
import type { SessionServices } from '../sessionServices.ts';
import { targetSession } from '../target.ts';

/**
 * Opens the details of a session: what was asked for beside what the server made of it. From a row the keyboard stays in
 * the tree, so that one can be looked at after the other.
 */
export async function openSession(parts: SessionServices, row?: SessionRef): Promise<void> {
  const record = await targetSession(parts, row, { placeHolder: l10n.t('Open the details of which session?') });
  if (record !== undefined) await openSessionDocument(record, { preserveFocus: row !== undefined });
}

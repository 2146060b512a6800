import * as l10n from '@vscode/l10n';
import type { SessionRef } from '../../../chatkit/common/model/thread.ts';
import { hasEnded, refOf } from '../../common/record.ts';
import type { focusedRow } from '../../../chatkit/vscode/ids.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { confirm } from '../../../chatkit/vscode/notify.ts';
import { type SessionServices, targetSessions } from '../sessionServices.ts';

/**
 * Removes sessions from the list and deletes their saved data. Asks first for active sessions, because they are not
 * cancelled.
 */
export async function forgetSession(
  services: SessionServices,
  row?: SessionRef | typeof focusedRow,
  rows?: readonly SessionRef[],
): Promise<void> {
  const records = await targetSessions(services, row, rows, { placeHolder: l10n.t('Select sessions to forget') });
  const running = records.filter((record) => !hasEnded(record, Date.now()));
  if (running.length > 0) {
    const users = running.map(({ session }) => session.user).join(', ');
    const question =
      running.length === 1
        ? formatMessage(l10n.t('Forget the active session of {0}?'), users)
        : formatMessage(l10n.t('Forget {0} active sessions?'), running.length);
    const detail = formatMessage(
      l10n.t(
        '{0}: The API cannot list sessions, so you cannot cancel a session after you forget it. It remains active until it expires.',
      ),
      users,
    );
    if (!(await confirm(question, detail, l10n.t('Forget')))) return;
  }
  const last = records.at(-1);
  const forget = async (): Promise<void> => {
    for (const record of records) await services.store.forget(refOf(record));
  };
  // From the palette, the focus remains where it is.
  if (last === undefined || row === undefined) await forget();
  else await services.view.selectingSuccessor(refOf(last), forget);
}

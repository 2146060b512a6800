import * as l10n from '@vscode/l10n';
import type { SessionRef } from '../../../chatkit/common/refs.ts';
import { hasEnded, refOf } from '../../common/record.ts';
import type { focusedRow } from '../../../chatkit/vscode/ids.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { confirm } from '../../../chatkit/vscode/notify.ts';
import type { SessionServices } from '../sessionServices.ts';
import { targetSessions } from '../target.ts';

/** Takes sessions off the list and deletes what is kept of them. Those still running are asked about: they go on. */
export async function forgetSession(
  parts: SessionServices,
  row?: SessionRef | typeof focusedRow,
  rows?: readonly SessionRef[],
): Promise<void> {
  const records = await targetSessions(parts, row, rows, { placeHolder: l10n.t('Forget which sessions?') });
  const running = records.filter((record) => !hasEnded(record, Date.now()));
  if (running.length > 0) {
    const users = running.map(({ session }) => session.user).join(', ');
    const question =
      running.length === 1
        ? formatMessage(l10n.t('Forget the running session of {0}?'), users)
        : formatMessage(l10n.t('Forget {0} sessions that are still running?'), running.length);
    const detail = formatMessage(
      l10n.t(
        '{0}: the API cannot list sessions, so what is forgotten here cannot be cancelled any more. It ends when its time is over.',
      ),
      users,
    );
    if (!(await confirm(question, detail, l10n.t('Forget')))) return;
  }
  for (const record of records) await parts.store.forget(refOf(record));
}

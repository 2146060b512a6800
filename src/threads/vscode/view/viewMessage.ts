import * as l10n from '@vscode/l10n';
import { statusLabel } from '../../../chatkit/common/model/labels.ts';
import { isFiltering } from '../../../chatkit/common/store/threadFilter.ts';
import type { Times } from '../../common/summary/times.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';
import type { ConnectionFilter } from '../model/viewState.ts';

/** Returns the message above the rows: the filters, how many loaded threads match them, and the order. */
export function viewMessage(model: ThreadsModel, times: Times): string | undefined {
  const lines = model.state.filtered.flatMap((connectionId) => {
    const connection = model.connections.get(connectionId);
    const list = model.store(connectionId)?.list;
    if (connection === undefined || list === undefined) return [];
    const filter = model.state.filter(connectionId);
    const name = model.connections.all.length > 1 ? `${connection.name}: ` : '';
    const text = filterText(filter, times);
    if (!isFiltering(filter) || list.asOf === null) return [`${name}${text}`];
    const matches = model.matching(connectionId).length;
    const loaded = list.threads.length;
    return [
      loaded === 1
        ? l10n.t('{0}{1} — {2} of 1 loaded thread', name, text, matches)
        : l10n.t('{0}{1} — {2} of {3} loaded threads', name, text, matches, loaded),
    ];
  });
  if (model.state.preferences.order === 'asc') lines.push(l10n.t('Oldest threads first'));
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** `User: user_123 · “oslo” · locked · since 1 Nov 2026`. */
function filterText(filter: ConnectionFilter, times: Times): string {
  const { user, text, statuses, from, to } = filter;
  return [
    user === null ? null : formatMessage(l10n.t('User: {0}'), user),
    text === null ? null : formatMessage(l10n.t('“{0}”'), text),
    ...statuses.map((status) => statusLabel(status)),
    from === null ? null : l10n.t('since {0}', times.date(from)),
    to === null ? null : l10n.t('before {0}', times.date(to)),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

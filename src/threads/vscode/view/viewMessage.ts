import * as l10n from '@vscode/l10n';
import { statusLabel } from '../../../chatkit/common/model/labels.ts';
import { isFiltering } from '../../../chatkit/common/store/threadFilter.ts';
import type { Times } from '../../common/summary/times.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';
import type { ConnectionFilter } from '../model/viewState.ts';

/** What the view says above its rows: in which order, and which filter leaves how many of what is loaded. */
export function viewMessage(model: ThreadsModel, times: Times): string | undefined {
  const lines = model.state.filtered.flatMap((connectionId) => {
    const connection = model.connections.get(connectionId);
    const list = model.store(connectionId)?.list;
    if (connection === undefined || list === undefined) return [];
    const filter = model.state.filter(connectionId);
    const name = model.connections.all.length > 1 ? `${connection.name}: ` : '';
    const what = filterText(filter, times);
    if (!isFiltering(filter) || list.asOf === null) return [`${name}${what}`];
    const shown = model.matching(connectionId).length;
    return [l10n.t('{0}{1} — {2} in {3} loaded threads', name, what, shown, list.threads.length)];
  });
  if (model.state.preferences.order === 'asc') lines.push(l10n.t('Oldest threads first'));
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** `User: user_123 · “oslo” · locked · since 1 Nov 2026`. */
export function filterText(filter: ConnectionFilter, times: Times): string {
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

import * as l10n from '@vscode/l10n';
import { statusLabel } from '../../../chatkit/common/model/labels.ts';
import { isFiltering } from '../../../chatkit/common/store/threadFilter.ts';
import type { Times } from '../../common/summary/times.ts';
import { oneLine } from '../../../base/common/plainText.ts';
import { presentError } from '../../../chatkit/vscode/present.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import type { ThreadsModel } from '../model/threadsModel.ts';
import type { ConnectionFilter } from '../model/viewState.ts';

/**
 * Returns the message above the rows: connections that could not be loaded with what to do, then the filters and how many
 * loaded threads match them. The error rows can be out of sight in a long list; the message is not.
 */
export function viewMessage(model: ThreadsModel, times: Times): string | undefined {
  const lines = [...failureLines(model), ...filterLines(model, times)];
  return lines.length === 0 ? undefined : lines.join('\n');
}

/** Returns the order and whether untitled threads are previewed, if they are not the default. */
export function viewDescription({ state }: Pick<ThreadsModel, 'state'>): string | undefined {
  const { order, previewUntitled } = state.preferences;
  const parts = [
    ...(order === 'asc' ? [l10n.t('oldest first')] : []),
    ...(previewUntitled ? [l10n.t('previews')] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(' · ');
}

function failureLines(model: ThreadsModel): readonly string[] {
  return model.connections.all.flatMap((connection) => {
    const list = model.store(connection.id)?.list;
    if (list === undefined || list.error === null) return [];
    const { message, action } = presentError(list.error, { connection, subject: 'threads' });
    const fix = action === undefined ? '' : formatMessage(l10n.t('Next step: {0}'), action.title);
    return [`${formatMessage('{0}: {1}', connection.name, message)} ${fix}`.trim()];
  });
}

function filterLines(model: ThreadsModel, times: Times): readonly string[] {
  return model.state.filtered.flatMap((connectionId) => {
    const connection = model.connections.get(connectionId);
    const list = model.store(connectionId)?.list;
    if (connection === undefined || list === undefined) return [];
    const filter = model.state.filter(connectionId);
    const name = `${oneLine(connection.name)}: `;
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
}

/** `User: user_123 · “oslo” · locked · since 1 Nov 2026`. */
function filterText(filter: ConnectionFilter, times: Times): string {
  const { user, text, statuses, from, to, troubles } = filter;
  return [
    user === null ? null : formatMessage(l10n.t('User: {0}'), user),
    text === null ? null : formatMessage(l10n.t('“{0}”'), text),
    ...statuses.map((status) => statusLabel(status)),
    ...troubles.map((trouble) => (trouble === 'stuck' ? l10n.t('stuck') : l10n.t('no answer'))),
    from === null ? null : l10n.t('since {0}', times.date(from)),
    to === null ? null : l10n.t('before {0}', times.date(to)),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

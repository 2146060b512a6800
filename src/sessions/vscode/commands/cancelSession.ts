import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isSourceError, toSourceError } from '../../../chatkit/common/errors.ts';
import type { SessionRef } from '../../../chatkit/common/model/thread.ts';
import { type SessionRecord, hasEnded, refOf, statusOf, withSession } from '../../common/record.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showError, showInformation, showProgress } from '../../../base/vscode/messages/notifications.ts';
import { confirm, isCancellation, notifyError, withSignal } from '../../../chatkit/vscode/notify.ts';
import { inParallel } from '../../../chatkit/common/store/requests.ts';
import { presentError } from '../../../chatkit/vscode/present.ts';
import { sessionSourceOf } from '../sessionConnections.ts';
import { type SessionServices, targetSessions } from '../sessionServices.ts';

/** Maximum number of concurrent requests. */
const concurrency = 4;

/** Cancels one or more sessions on the server after one confirmation and updates their rows. */
export async function cancelSession(
  services: SessionServices,
  row?: SessionRef,
  rows?: readonly SessionRef[],
): Promise<void> {
  const records = await targetSessions(services, row, rows, {
    placeHolder: l10n.t('Select sessions to cancel'),
    can: (record) => !hasEnded(record, Date.now()),
  });
  const running = records.filter((record) => !hasEnded(record, Date.now()));
  if (running.length === 0) {
    if (records.length > 0) void showInformation(l10n.t('This session has already ended.'));
    return;
  }
  if (!(await ask(running))) return;

  const outcome = await showProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title:
        running.length === 1
          ? l10n.t('Cancelling 1 session…')
          : formatMessage(l10n.t('Cancelling {0} sessions…'), running.length),
      cancellable: true,
    },
    (_report, token) => withSignal(token, (signal) => cancelAll(services, running, signal)),
  );
  report(services, running, outcome);
}

interface Outcome {
  /** Sessions for which the server responded. Their records are updated. */
  readonly completed: readonly SessionRecord[];
  readonly failures: readonly { readonly record: SessionRecord; readonly error: unknown }[];
}

function ask(records: readonly SessionRecord[]): Promise<boolean> {
  const [first] = records;
  const question =
    records.length === 1 && first !== undefined
      ? formatMessage(l10n.t('End the session of {0}?'), first.session.user)
      : l10n.t('End {0} sessions?', records.length);
  const shown = records
    .slice(0, 10)
    .map(({ session, connectionName }) => `${session.user} · ${session.workflowId} · ${connectionName}`);
  const more = records.length > shown.length ? [l10n.t('… and {0} more', records.length - shown.length)] : [];
  const detail = [
    ...shown,
    ...more,
    '',
    l10n.t('Client secrets stop working immediately. This cannot be undone.'),
  ].join('\n');
  // Not “Cancel Session”: the dialog has a button “Cancel”, which does the opposite.
  return confirm(question, detail, records.length === 1 ? l10n.t('End Session') : l10n.t('End Sessions'));
}

async function cancelAll(
  services: SessionServices,
  records: readonly SessionRecord[],
  signal: AbortSignal,
): Promise<Outcome> {
  const completed: SessionRecord[] = [];
  const failures: Outcome['failures'][number][] = [];
  await inParallel(records, concurrency, signal, async (record) => {
    try {
      await cancelOne(services, record, signal);
      completed.push(record);
    } catch (error) {
      if (!isCancellation(error)) failures.push({ record, error });
    }
  });
  return { completed, failures };
}

/** Saves the state that the server reports. A session that the server does not find is marked as gone. */
async function cancelOne(
  { connections, store }: SessionServices,
  record: SessionRecord,
  signal: AbortSignal,
): Promise<void> {
  const connection = { id: record.connectionId, name: record.connectionName };
  try {
    const session = await sessionSourceOf(connections, connection).cancel(record.id, signal);
    await store.update(withSession(record, session));
  } catch (error) {
    // If the connection itself no longer exists, the state of the session is unknown.
    if (!isSourceError(error, 'notFound') || connections.get(record.connectionId) === undefined) throw error;
    await store.update({ ...record, goneAt: Date.now() });
  }
}

function report(
  services: SessionServices,
  requested: readonly SessionRecord[],
  { completed, failures }: Outcome,
): void {
  const { store, connections, log } = services;
  const [first, ...others] = failures;
  if (first === undefined) {
    // The state of sessions without a response is unknown; their rows do not change.
    const text =
      completed.length === requested.length
        ? outcomeText(completed.map((record) => store.get(refOf(record))))
        : requested.length === 1
          ? l10n.t('Stopped before the server responded.')
          : l10n.t('Stopped. The server responded for {0} of {1} sessions.', completed.length, requested.length);
    void showInformation(text);
    return;
  }
  const connection = connections.get(first.record.connectionId);
  const context = { subject: 'session', ...(connection === undefined ? {} : { connection }) } as const;
  const retry = {
    command: 'chatkit.cancelSession',
    arguments: [undefined, failures.map(({ record }) => refOf(record))],
  };
  if (others.length === 0) {
    void notifyError(log, first.error, { ...context, retry });
    return;
  }
  for (const { record, error } of failures) log.error(`Could not cancel session ${record.id}`, error);
  const lines = failures.map(({ record, error }) =>
    formatMessage('{0}: {1}', record.session.user, presentError(toSourceError(error), context).message),
  );
  void showError(
    [formatMessage(l10n.t('Could not cancel {0} of {1} sessions.'), failures.length, requested.length), ...lines].join(
      ' ',
    ),
  );
}

function outcomeText(records: readonly (SessionRecord | undefined)[]): string {
  const now = Date.now();
  const [record] = records;
  const count = (status: string): number =>
    records.filter((candidate) => candidate !== undefined && statusOf(candidate, now) === status).length;
  if (records.length === 1 && record !== undefined) {
    switch (statusOf(record, now)) {
      case 'cancelled':
        return formatMessage(l10n.t('Cancelled the session of {0}.'), record.session.user);
      case 'expired':
        return formatMessage(l10n.t('The session of {0} had already expired.'), record.session.user);
      case 'gone':
        return formatMessage(l10n.t('The server did not find the session of {0}.'), record.session.user);
      default:
        return formatMessage(
          l10n.t('The server reports the status “{1}” for the session of {0}.'),
          record.session.user,
          record.session.status,
        );
    }
  }
  const cancelled = count('cancelled');
  return cancelled === records.length
    ? l10n.t('Cancelled {0} sessions.', cancelled)
    : l10n.t(
        'Cancelled: {0} of {1} sessions. The others had already ended or were not found on the server.',
        cancelled,
        records.length,
      );
}

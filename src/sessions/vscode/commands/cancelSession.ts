import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isSourceError, toSourceError } from '../../../chatkit/common/errors.ts';
import type { SessionRef } from '../../../chatkit/common/refs.ts';
import { inParallel } from '../../../chatkit/common/store/inParallel.ts';
import { hasEnded, refOf, statusOf, withSession, type SessionRecord } from '../../common/record.ts';
import { isCancellation, withSignal } from '../../../chatkit/vscode/cancellation.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { showError, showInformation } from '../../../base/vscode/messages/notifications.ts';
import { showProgress } from '../../../base/vscode/messages/progress.ts';
import { confirm, notifyError } from '../../../chatkit/vscode/notify.ts';
import { presentError } from '../../../chatkit/vscode/present.ts';
import { sessionsOf } from '../sessionConnections.ts';
import type { SessionServices } from '../sessionServices.ts';
import { targetSessions } from '../target.ts';

/** Requests under way at once. */
const concurrency = 4;

/** Ends sessions at the server, one or many, after one question. Rows tell afterwards what is true. */
export async function cancelSession(
  parts: SessionServices,
  row?: SessionRef,
  rows?: readonly SessionRef[],
): Promise<void> {
  const records = await targetSessions(parts, row, rows, {
    placeHolder: l10n.t('Cancel which sessions?'),
    can: (record) => !hasEnded(record, Date.now()),
  });
  const running = records.filter((record) => !hasEnded(record, Date.now()));
  if (running.length === 0) {
    if (records.length > 0) void showInformation(l10n.t('This session has ended already.'));
    return;
  }
  if (!(await ask(running))) return;

  const outcome = await showProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: formatMessage(l10n.t('Cancelling {0} sessions'), running.length),
      cancellable: true,
    },
    (_report, token) => withSignal(token, (signal) => cancelAll(parts, running, signal)),
  );
  report(parts, running, outcome);
}

interface Outcome {
  /** Answered: their rows tell what is true. */
  readonly settled: readonly SessionRecord[];
  readonly failures: readonly { readonly record: SessionRecord; readonly error: unknown }[];
}

function ask(records: readonly SessionRecord[]): Promise<boolean> {
  const [first] = records;
  const question =
    records.length === 1 && first !== undefined
      ? formatMessage(l10n.t('Cancel the session of {0}?'), first.session.user)
      : l10n.t('Cancel {0} sessions?', records.length);
  const shown = records
    .slice(0, 10)
    .map(({ session, connectionName }) => `${session.user} · ${session.workflowId} · ${connectionName}`);
  const more = records.length > shown.length ? [l10n.t('… and {0} more', records.length - shown.length)] : [];
  const detail = [...shown, ...more, '', l10n.t('Client secrets stop working at once. This cannot be undone.')].join(
    '\n',
  );
  return confirm(question, detail, records.length === 1 ? l10n.t('Cancel Session') : l10n.t('Cancel Sessions'));
}

async function cancelAll(
  parts: SessionServices,
  records: readonly SessionRecord[],
  signal: AbortSignal,
): Promise<Outcome> {
  const settled: SessionRecord[] = [];
  const failures: Outcome['failures'][number][] = [];
  await inParallel(records, concurrency, signal, async (record) => {
    try {
      await cancelOne(parts, record, signal);
      settled.push(record);
    } catch (error) {
      if (!isCancellation(error)) failures.push({ record, error });
    }
  });
  return { settled, failures };
}

/** A server that does not know the session (any more) leaves it gone; one that says it has ended, ended. */
async function cancelOne(
  { connections, store }: SessionServices,
  record: SessionRecord,
  signal: AbortSignal,
): Promise<void> {
  const connection = { id: record.connectionId, name: record.connectionName };
  try {
    const session = await sessionsOf(connections, connection).cancel(record.id, signal);
    await store.update(withSession(record, session));
  } catch (error) {
    // The connection itself may be what is not there: then nothing is known of the session.
    if (!isSourceError(error, 'notFound') || connections.get(record.connectionId) === undefined) throw error;
    await store.update({ ...record, goneAt: Date.now() });
  }
}

function report(parts: SessionServices, asked: readonly SessionRecord[], { settled, failures }: Outcome): void {
  const { store, connections, log } = parts;
  const [first, ...others] = failures;
  if (first === undefined) {
    // Of those the user stopped nothing is known; their rows stay as they were.
    const text =
      settled.length < asked.length
        ? l10n.t('Stopped: the server has answered for {0} of {1} sessions.', settled.length, asked.length)
        : outcomeText(settled.map((record) => store.get(refOf(record))));
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
  for (const { record, error } of failures) log.error(`Session ${record.id} was not cancelled`, error);
  const lines = failures.map(({ record, error }) =>
    formatMessage('{0}: {1}', record.session.user, presentError(toSourceError(error), context).message),
  );
  void showError(
    [formatMessage(l10n.t('{0} of {1} sessions were not cancelled.'), failures.length, asked.length), ...lines].join(
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
        return formatMessage(l10n.t('The session of {0} is cancelled.'), record.session.user);
      case 'expired':
        return formatMessage(l10n.t('The session of {0} had expired already.'), record.session.user);
      case 'gone':
        return formatMessage(l10n.t('The server does not know the session of {0} any more.'), record.session.user);
      default:
        return formatMessage(
          l10n.t('The server says that the session of {0} is “{1}”.'),
          record.session.user,
          record.session.status,
        );
    }
  }
  const others = records.length - count('cancelled');
  return others === 0
    ? l10n.t('{0} sessions are cancelled.', records.length)
    : l10n.t(
        '{0} sessions are cancelled; {1} had ended or are not known to the server any more.',
        count('cancelled'),
        others,
      );
}

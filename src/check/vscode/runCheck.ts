import * as vscode from 'vscode';
import * as l10n from '@vscode/l10n';
import { formatMessage } from '../../base/vscode/messages/inertText.ts';
import { showProgress } from '../../base/vscode/messages/notifications.ts';
import type { Connection } from '../../chatkit/common/connection.ts';
import { withSignal } from '../../chatkit/vscode/notify.ts';
import type { Services } from '../../connections/vscode/services.ts';
import type { CheckReport } from '../common/checkReport.ts';
import type { UnfinishedChecks } from './unfinishedChecks.ts';
import type { CheckStep, StepProgress } from '../node/run/checkRun.ts';

export interface CheckChoices {
  /** The user of the temporary threads; null for none. */
  readonly user: string | null;
  /** The origin of the page that uses the server; null: CORS is not checked. */
  readonly origin: string | null;
  readonly scope: 'full' | 'quick';
}

/**
 * Checks the server of a connection with a notification that shows the progress. The check is cancelled and deletes what it
 * created when the user presses *Cancel* and when the window closes or reloads.
 */
export function runCheck(
  { connections, shutdown }: Pick<Services, 'connections' | 'shutdown'>,
  unfinished: UnfinishedChecks,
  connection: Pick<Connection, 'id' | 'name' | 'url'>,
  choices: CheckChoices,
): Thenable<CheckReport> {
  const { id, name } = connection;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: formatMessage(l10n.t('Checking “{0}”'), name),
    cancellable: true,
  };
  return showProgress(options, (progress, token) =>
    withSignal(token, (cancelled) =>
      shutdown.run(async (closing) => {
        const { checkServer } = await import('../node/checkServer.ts');
        const access = await connections.access(id);
        const signal = AbortSignal.any([cancelled, closing]);
        const onStep = (...step: StepReport): void => progress({ message: stepText(...step) });
        const { earlier, add, end } = unfinished.start(connection, choices.user);
        const { transport } = connections;
        let report: CheckReport | null = null;
        try {
          report = await checkServer({ ...access, ...choices, transport, signal, onStep, earlier, onCreated: add });
          return report;
        } finally {
          // A server that cannot be reached may still have the threads of the earlier check.
          end(report !== null && (earlier.length === 0 || report.earlier?.length === earlier.length));
        }
      }),
    ),
  );
}

type StepReport = readonly [step: CheckStep, progress?: StepProgress];

/** Returns the message of a step. The step that sends most messages counts the items of its thread. */
function stepText(...[step, progress]: StepReport): string {
  switch (step) {
    case 'connection':
      return l10n.t('Connecting…');
    case 'existing':
      return l10n.t('Reading existing threads…');
    case 'invalid':
      return l10n.t('Sending invalid commands…');
    case 'create':
      return l10n.t('Creating threads…');
    case 'messages':
      return progress === undefined
        ? l10n.t('Sending messages…')
        : l10n.t('Sending messages… ({0} of {1} items)', progress.items, progress.wanted);
    case 'changes':
      return l10n.t('Renaming, feedback and retry…');
    case 'stop':
      return l10n.t('Stopping a response…');
    case 'upload':
      return l10n.t('Uploading a file…');
    case 'features':
      return l10n.t('Tool calls, forms and widgets…');
    case 'lists':
      return l10n.t('Reading lists…');
    case 'delete':
      return l10n.t('Deleting what was created…');
  }
}

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { Connection } from '../../chatkit/common/connection.ts';
import { readOnlyError } from '../../chatkit/common/errors.ts';
import type { ConnectionRef } from '../../chatkit/common/refs.ts';
import { runEditorCommand } from '../../chatkit/vscode/commands.ts';
import { withSignal } from '../../chatkit/vscode/notify.ts';
import { formatMessage, withoutIcons } from '../../base/vscode/messages/inertText.ts';
import { showProgress, showStatus, showWarning } from '../../base/vscode/messages/notifications.ts';
import { pickConnection } from '../../connections/vscode/pickConnection.ts';
import type { Services } from '../../connections/vscode/services.ts';
import { type CheckReport, countVerdicts } from '../common/checkReport.ts';
import type { CheckStep } from '../node/run/checkRun.ts';
import { type CheckChoices, askCheckOptions } from './askOptions.ts';
import type { SavedReport, SavedReports } from './savedReports.ts';

/** Checks the server of a connection and opens the report. Resolves to the report; undefined when the user cancels first. */
export async function checkServerCommand(
  services: Services,
  reports: SavedReports,
  row: ConnectionRef | undefined,
): Promise<CheckReport | undefined> {
  const { connections } = services;
  const connection =
    row === undefined
      ? await pickConnection(connections, l10n.t('Select the connection to check'), ({ readOnly }) => readOnly !== true)
      : connections.get(row.connectionId);
  if (connection === undefined) return undefined;
  if (connection.readOnly === true) throw readOnlyError();
  const choices = await askCheckOptions(connection, connections.actingUser(connection.id));
  if (choices === undefined) return undefined;
  const report = await runCheck(services, connection, choices);
  const document = await reports.save(report);
  await present(report, document);
  return report;
}

function runCheck(services: Services, { id, name }: Connection, choices: CheckChoices): Thenable<CheckReport> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: formatMessage(l10n.t('Checking “{0}”'), name),
    cancellable: true,
  };
  return showProgress(options, (report, token) =>
    withSignal(token, async (signal) => {
      const { checkServer } = await import('../node/checkServer.ts');
      const access = await services.connections.access(id);
      const onStep = (step: CheckStep): void => report({ message: stepText(step) });
      return checkServer({ ...access, ...choices, transport: services.connections.transport, signal, onStep });
    }),
  );
}

async function present({ outcome, leftBehind, rules }: CheckReport, document: vscode.Uri): Promise<void> {
  if (leftBehind.length > 0) {
    const show = l10n.t('Show Report');
    const message =
      leftBehind.length === 1
        ? l10n.t('The check could not delete 1 thread or attachment that it created.')
        : l10n.t('The check could not delete {0} threads or attachments that it created.', leftBehind.length);
    if (outcome === 'cancelled') {
      if ((await showWarning(message, show)) === show) await openDocument(document);
      return;
    }
    void showWarning(message);
  } else if (outcome === 'cancelled') {
    return showStatus(l10n.t('Check cancelled. All temporary threads were deleted.'), 5_000);
  }
  const { failed } = countVerdicts(rules);
  if (failed === 0) showStatus(l10n.t('Check complete. No rule failed.'), 5_000);
  await openDocument(document);
}

/** Lets the user select two reports and opens their comparison. */
export async function compareChecksCommand(reports: SavedReports): Promise<void> {
  const saved = await reports.all();
  const after = await pickReport(reports, saved, l10n.t('Select the later report'));
  if (after === undefined) return;
  const others = saved.filter(({ uri }) => uri.toString() !== after.uri.toString());
  const before = await pickReport(reports, others, l10n.t('Select the earlier report'));
  if (before === undefined) return;
  await openDocument(await reports.compare(before.report, after.report));
}

interface ReportRow extends vscode.QuickPickItem {
  /** Undefined: a file is selected next. */
  readonly saved?: SavedReport;
}

async function pickReport(
  reports: SavedReports,
  saved: readonly SavedReport[],
  placeHolder: string,
): Promise<SavedReport | undefined> {
  const rows: readonly ReportRow[] = [
    ...saved.map((one) => ({
      label: withoutIcons(one.report.connection.name),
      description: new Date(one.report.startedAt).toLocaleString(vscode.env.language),
      detail: resultText(one.report),
      saved: one,
    })),
    { label: `$(folder-opened) ${l10n.t('Select a File…')}` },
  ];
  const picked = await vscode.window.showQuickPick(rows, { placeHolder, matchOnDescription: true });
  if (picked === undefined || picked.saved !== undefined) return picked?.saved;
  const filters = { [l10n.t('Server check reports')]: ['json'] };
  const [uri] = (await vscode.window.showOpenDialog({ filters, title: placeHolder })) ?? [];
  if (uri === undefined) return undefined;
  const read = await reports.read(uri);
  if (read === null) void showWarning(l10n.t('The file is not a server check report.'));
  return read ?? undefined;
}

function resultText({ rules }: CheckReport): string {
  const { failed, passed, skipped } = countVerdicts(rules);
  return l10n.t('{0} failed, {1} passed, {2} skipped', failed, passed, skipped);
}

/** Shows a Markdown document rendered; as text where the editor cannot render it. */
export async function openDocument(uri: vscode.Uri): Promise<void> {
  try {
    await runEditorCommand('markdown.showPreview', uri);
  } catch {
    await vscode.window.showTextDocument(uri, { preview: false });
  }
}

function stepText(step: CheckStep): string {
  switch (step) {
    case 'connection':
      return l10n.t('Connecting…');
    case 'existing':
      return l10n.t('Reading existing threads…');
    case 'invalid':
      return l10n.t('Sending invalid commands…');
    case 'create':
      return l10n.t('Creating threads…');
    case 'fill':
      return l10n.t('Sending messages…');
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

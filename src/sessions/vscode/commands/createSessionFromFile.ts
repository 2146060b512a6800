import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { segmentsOf } from '../../../base/common/placeholders.ts';
import { readSessionFile, type FileProblem } from '../../common/sessionFile.ts';
import type { CreateSession } from '../../../chatkit/common/sessionSource.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { formatMessage, withoutIcons } from '../../../base/vscode/messages/inertText.ts';
import { findFiles } from '../../../base/vscode/findFiles.ts';
import { showError, showInformation } from '../../../base/vscode/messages/notifications.ts';
import { chooseConnection } from '../sessionConnections.ts';
import { create } from '../create.ts';
import { isSessionFile, sessionFileGlob } from '../sessionFiles.ts';
import { resolvePlaceholders } from '../flow/resolvePlaceholders.ts';
import type { SessionServices } from '../sessionServices.ts';

/** Creates the session that a file describes, including unsaved changes in the editor. */
export async function createSessionFromFile(services: SessionServices, uri?: vscode.Uri): Promise<void> {
  const file = uri ?? activeFile() ?? (await pickFile());
  if (file === undefined) return;
  const document = await vscode.workspace.openTextDocument(file);
  const { template, connection: connectionName, problems } = readSessionFile(document.getText());
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return reportProblems(document, errors);

  // If the name contains placeholders, the connection is determined after they are resolved.
  const hasPlaceholders = connectionName !== null && segmentsOf(connectionName).some(({ kind }) => kind !== 'text');
  const namedConnection = hasPlaceholders ? undefined : await chooseConnection(services.connections, connectionName);
  if (namedConnection === undefined && !hasPlaceholders) return;
  const key = file.toString();
  const options = {
    template: hasPlaceholders ? { connection: connectionName, ...template } : template,
    target: namedConnection ?? connectionName ?? '',
    previous: services.inputs.get(key) ?? new Map<string, string>(),
  };
  const resolved = await resolvePlaceholders(options, (inputs) => void services.inputs.set(key, inputs));
  if (resolved === undefined) return;
  const { connection: name, ...body } = resolved;
  const connection = namedConnection ?? (await chooseConnection(services.connections, String(name)));
  if (connection === undefined) return;
  await create(services, {
    connection,
    // `create` validates it before sending.
    body: body as unknown as CreateSession,
    template,
    retry: () => runCommand('chatkit.createSessionFromFile', file),
  });
}

function activeFile(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri !== undefined && isSessionFile(uri) ? uri : undefined;
}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const files = await findFiles({ glob: sessionFileGlob, matches: isSessionFile, maxFiles: 500 });
  if (files.length === 0) {
    void showInformation(
      l10n.t(
        'This workspace contains no session file (*.chatkit-session.json). Use Save as Session File to create one from a session.',
      ),
    );
    return undefined;
  }
  const rows = files
    .map((file) => ({ label: withoutIcons(vscode.workspace.asRelativePath(file)), file }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (await vscode.window.showQuickPick(rows, { placeHolder: l10n.t('Select a session file') }))?.file;
}

/** Reports that nothing was sent and offers to show the first problem. */
async function reportProblems(document: vscode.TextDocument, errors: readonly FileProblem[]): Promise<void> {
  const [first] = errors;
  if (first === undefined) return;
  const name = vscode.workspace.asRelativePath(document.uri);
  const message =
    errors.length === 1
      ? formatMessage(l10n.t('Could not send {0}: {1}'), name, first.message)
      : formatMessage(
          l10n.t('Could not send {0}: it has {1} problems. The first: {2}'),
          name,
          errors.length,
          first.message,
        );
  const show = l10n.t('Show');
  void showError(message, show).then(async (picked) => {
    if (picked !== show) return;
    const selection = new vscode.Range(
      document.positionAt(first.offset),
      document.positionAt(first.offset + first.length),
    );
    await vscode.window.showTextDocument(document, { selection });
  });
}

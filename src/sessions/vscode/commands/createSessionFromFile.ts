import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { segmentsOf } from '../../common/placeholders.ts';
import { readSessionFile, type FileProblem } from '../../common/sessionFile.ts';
import type { CreateSession } from '../../../chatkit/common/sessions/sessionSource.ts';
import { runCommand } from '../../../chatkit/vscode/commands.ts';
import { formatMessage, withoutIcons } from '../../../base/vscode/messages/inertText.ts';
import { showError, showInformation } from '../../../base/vscode/messages/notifications.ts';
import { chooseConnection } from '../sessionConnections.ts';
import { create } from '../create.ts';
import { isSessionFile, sessionFileGlob } from '../files/names.ts';
import { resolvePlaceholders } from '../flow/resolvePlaceholders.ts';
import type { SessionServices } from '../sessionServices.ts';

/** Creates the session that a file describes, as the editor shows it: unsaved changes count. */
export async function createSessionFromFile(parts: SessionServices, uri?: vscode.Uri): Promise<void> {
  const file = uri ?? activeFile() ?? (await pickFile());
  if (file === undefined) return;
  const document = await vscode.workspace.openTextDocument(file);
  const { template, connection: named, problems } = readSessionFile(document.getText());
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return notifyProblems(document, errors);

  // Where the name itself has placeholders, the connection is known only once they are read.
  const isOpen = named !== null && segmentsOf(named).some(({ kind }) => kind !== 'text');
  const known = isOpen ? undefined : await chooseConnection(parts.connections, named);
  if (known === undefined && !isOpen) return;
  const key = file.toString();
  const filling = {
    template: isOpen ? { connection: named, ...template } : template,
    target: known ?? named ?? '',
    typed: parts.typed.get(key) ?? new Map<string, string>(),
  };
  const filled = await resolvePlaceholders(filling, (typed) => void parts.typed.set(key, typed));
  if (filled === undefined) return;
  const { connection: name, ...body } = filled;
  const connection = known ?? (await chooseConnection(parts.connections, String(name)));
  if (connection === undefined) return;
  await create(parts, {
    connection,
    // Checked once more before it is sent.
    body: body as unknown as CreateSession,
    template,
    offerAgain: () => runCommand('chatkit.createSessionFromFile', file),
  });
}

function activeFile(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri !== undefined && isSessionFile(uri) ? uri : undefined;
}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const files = await vscode.workspace.findFiles(sessionFileGlob, '**/node_modules/**', 500);
  if (files.length === 0) {
    void showInformation(
      l10n.t('There is no session file (*.chatkit-session.json) in this workspace. A session can be saved as one.'),
    );
    return undefined;
  }
  const rows = files
    .map((file) => ({ label: withoutIcons(vscode.workspace.asRelativePath(file)), file }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (await vscode.window.showQuickPick(rows, { placeHolder: l10n.t('Create the session of which file?') }))?.file;
}

/** Nothing is sent; the first problem is shown where it is. */
async function notifyProblems(document: vscode.TextDocument, errors: readonly FileProblem[]): Promise<void> {
  const [first] = errors;
  if (first === undefined) return;
  const name = vscode.workspace.asRelativePath(document.uri);
  const message =
    errors.length === 1
      ? formatMessage(l10n.t('{0} cannot be sent: {1}'), name, first.message)
      : formatMessage(
          l10n.t('{0} cannot be sent, it has {1} problems. The first: {2}'),
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

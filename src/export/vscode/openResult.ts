import * as vscode from 'vscode';
import type { ExportPlan } from './plan.ts';

/** A file opens in its editor; a folder is shown in the Explorer, or by the system where it lies outside the workspace. */
export async function openFolderOrFile({ type, path }: ExportPlan['target']): Promise<void> {
  const uri = vscode.Uri.file(path);
  const isInside = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  const command = type === 'file' ? 'vscode.open' : isInside ? 'revealInExplorer' : 'revealFileInOS';
  await vscode.commands.executeCommand(command, uri);
}

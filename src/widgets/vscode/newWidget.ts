import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { saveFile } from '../../base/vscode/saveFile.ts';
import { loadAuthoring } from './authoring.ts';
import type { WidgetServices } from './documentPreviews.ts';
import { editPart } from './editPart.ts';
import type { FilePreviews } from './filePreviews.ts';

/** Creates a `.widget` file from a starting point where the user chooses, and opens its template and its preview. */
export async function createWidget(
  { documentPreviews }: Pick<WidgetServices, 'documentPreviews'>,
  previews: FilePreviews,
  starterId: string,
  folder: vscode.Uri | undefined,
): Promise<void> {
  const { starters, fileTextOf } = await loadAuthoring();
  const starter = starters().find(({ id }) => id === starterId);
  if (starter === undefined) return;
  const parent = folder ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const suggested = parent && (await freeName(parent, starter.fileName));
  const chosen = await vscode.window.showSaveDialog({
    title: l10n.t('Create Widget: {0}', starter.title),
    saveLabel: l10n.t('Create'),
    filters: { [l10n.t('Widgets')]: ['widget'] },
    ...(suggested === undefined ? {} : { defaultUri: suggested }),
  });
  if (chosen === undefined) return;
  const file = chosen.with({ path: withEnding(chosen.path) });
  const { preview } = await documentPreviews.evaluateText(fileTextOf(starter, null));
  const widget: unknown = JSON.parse(preview.output ?? 'null');
  await saveFile(file, new TextEncoder().encode(fileTextOf(starter, widget as Parameters<typeof fileTextOf>[1])));
  await editPart('template', file);
  await previews.show(file, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
}

/** The path with the ending of widget files, once. Some dialogs do not add it, others add it to a name that has it. */
function withEnding(path: string): string {
  return `${path.replace(/(?:\.widget)+$/, '')}.widget`;
}

/** A file in the folder that does not exist yet. */
async function freeName(folder: vscode.Uri, name: string): Promise<vscode.Uri> {
  for (let number = 1; number < 100; number += 1) {
    const file = vscode.Uri.joinPath(folder, `${number === 1 ? name : `${name}-${number}`}.widget`);
    try {
      await vscode.workspace.fs.stat(file);
    } catch {
      return file;
    }
  }
  return vscode.Uri.joinPath(folder, `${name}.widget`);
}

/** Asks for a component and inserts it at the cursor of the template in front. */
export async function insertComponent(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const { insertableComponents, insertionAt } = await loadAuthoring();
  const items = insertableComponents().map(({ name, summary }) => ({ label: name, description: summary }));
  const picked = await vscode.window.showQuickPick(items, {
    title: l10n.t('Insert Component'),
    placeHolder: l10n.t('Select a component'),
    matchOnDescription: true,
  });
  if (picked === undefined) return;
  const { document, selection } = editor;
  const [start, end] = [document.offsetAt(selection.start), document.offsetAt(selection.end)];
  const snippet = insertionAt(document.getText(), start, end, picked.label);
  await vscode.window.showTextDocument(document, { viewColumn: editor.viewColumn ?? vscode.ViewColumn.Active });
  await editor.insertSnippet(new vscode.SnippetString(snippet));
}

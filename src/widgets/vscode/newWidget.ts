import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { askSaveFile, saveFile } from '../../base/vscode/saveFile.ts';
import { type WidgetServices, loadAuthoring } from './documentPreviews.ts';
import { editPart } from './editPart.ts';
import { freeName, newWidgetFile } from './fileNames.ts';
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
  const chosen = await askSaveFile({
    title: l10n.t('Create Widget: {0}', starter.title),
    folder: parent,
    name: `${parent === undefined ? starter.fileName : await freeName(parent, starter.fileName)}.widget`,
    type: l10n.t('Widgets'),
    button: l10n.t('Create'),
  });
  if (chosen === undefined) return;
  const file = await newWidgetFile(chosen);
  const { preview } = await documentPreviews.evaluateText(fileTextOf(starter, null));
  const widget: unknown = JSON.parse(preview.output ?? 'null');
  const text = fileTextOf(starter, widget as Parameters<typeof fileTextOf>[1]);
  await saveFile(file, new TextEncoder().encode(text), 'umask');
  await editPart('template', file);
  await previews.show(file, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
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

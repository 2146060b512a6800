import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ItemRef } from '../../chatkit/common/model/thread.ts';
import { documentScheme } from '../../chatkit/vscode/ids.ts';
import { documentPath } from '../../threads/vscode/documents/documentRef.ts';
import type { FilePreviews } from './filePreviews.ts';
import { isWidgetFile, partRef } from './fileNames.ts';
import type { PreviewPanels } from './previewPanels.ts';

/** Previews a file, the widget of a thread item or the document of the active editor. Without any of these it asks for a file. */
export async function previewWidget(
  { panels, previews }: { readonly panels: PreviewPanels; readonly previews: FilePreviews },
  target: vscode.Uri | ItemRef | undefined,
): Promise<void> {
  const chosen = target === undefined ? (activeDocument() ?? (await askForFile())) : uriOf(target);
  if (chosen === undefined) return;
  // A part of a file shows the preview of the file beside it.
  const part = partRef(chosen);
  if (part !== null) return previews.show(part.file, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  const uri = chosen;
  if (!isWidgetFile(uri)) return panels.open(uri);
  const isText = vscode.window.activeTextEditor?.document.uri.toString() === uri.toString();
  const viewColumn = isText ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
  await previews.show(uri, { viewColumn, preserveFocus: isText });
}

function uriOf(target: vscode.Uri | ItemRef): vscode.Uri {
  if (target instanceof vscode.Uri) return target;
  const { connectionId, threadId, itemId } = target;
  const path = documentPath({ connectionId, threadId, itemId, form: 'widget' });
  return vscode.Uri.from({ scheme: documentScheme, path });
}

function activeDocument(): vscode.Uri | undefined {
  const document = vscode.window.activeTextEditor?.document;
  const isWidget =
    document !== undefined &&
    (isWidgetFile(document.uri) || partRef(document.uri) !== null || /^jsonc?$/.test(document.languageId));
  return isWidget ? document.uri : undefined;
}

async function askForFile(): Promise<vscode.Uri | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: l10n.t('Preview Widget'),
      openLabel: l10n.t('Preview'),
      filters: { [l10n.t('Widgets')]: ['widget', 'json'] },
    })) ?? [];
  return file;
}

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { customEditors } from '../../chatkit/vscode/ids.ts';
import type { PartName } from '../common/authoring/widgetParts.ts';
import { isWidgetFile, partRef, partUri } from './fileNames.ts';

/**
 * Opens a part of a `.widget` file as text: beside its preview, or in place of its text. Without a file that of the active
 * editor; without one it asks for a file.
 */
export async function editPart(part: PartName, target?: vscode.Uri): Promise<void> {
  const file = (target === undefined ? undefined : fileOf(target)) ?? activeWidgetFile() ?? (await askForWidgetFile());
  if (file === undefined) return;
  const { activeTab } = vscode.window.tabGroups.activeTabGroup;
  const isPreview =
    activeTab?.input instanceof vscode.TabInputCustom && activeTab.input.viewType === customEditors.widget;
  await vscode.window.showTextDocument(partUri({ file, part }), {
    preview: false,
    viewColumn: isPreview ? besidePreview(activeTab.group) : vscode.ViewColumn.Active,
  });
}

/** The group to the left of a preview, which is usually that of the text; else the one to the right. */
function besidePreview({ viewColumn }: vscode.TabGroup): vscode.ViewColumn {
  return viewColumn > 1 ? viewColumn - 1 : vscode.ViewColumn.Beside;
}

/** The file of a URI: a `.widget` file or a part of one. */
function fileOf(uri: vscode.Uri): vscode.Uri | undefined {
  return isWidgetFile(uri) ? uri : partRef(uri)?.file;
}

/** The `.widget` file that the active editor shows: as text, as preview, or one of its parts. */
export function activeWidgetFile(): vscode.Uri | undefined {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  const isFile = input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom;
  return isFile ? fileOf(input.uri) : undefined;
}

async function askForWidgetFile(): Promise<vscode.Uri | undefined> {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: l10n.t('Select a Widget File'),
      openLabel: l10n.t('Edit'),
      filters: { [l10n.t('Widgets')]: ['widget'] },
    })) ?? [];
  return file;
}

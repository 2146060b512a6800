import * as vscode from 'vscode';
import { fileNameOf } from '../../base/common/fileName.ts';
import { exists } from '../../base/vscode/findFiles.ts';
import { partScheme } from '../../chatkit/vscode/ids.ts';
import type { PartName } from '../common/authoring/widgetParts.ts';

/** Ending of a file that contains exactly one widget. The JSON schema of widgets applies to it. */
const widgetJsonEnding = '.chatkit-widget.json';

export function isWidgetFile({ path }: Pick<vscode.Uri, 'path'>): boolean {
  return path.endsWith('.widget');
}

export function isWidgetJson({ path }: Pick<vscode.Uri, 'path'>): boolean {
  return path.endsWith(widgetJsonEnding);
}

/**
 * The file to write for the answer of the dialog. The dialog asks before it replaces a file, but only for the name that it
 * returns. Some dialogs return it without the ending: with it, the name must be free.
 */
export async function newWidgetFile(chosen: vscode.Uri): Promise<vscode.Uri> {
  if (isWidgetFile(chosen)) return chosen;
  const folder = vscode.Uri.joinPath(chosen, '..');
  return vscode.Uri.joinPath(folder, `${await freeName(folder, fileNameOf(chosen))}.widget`);
}

/** The name, or the name with a number, so that no widget file in the folder has it. */
export async function freeName(folder: vscode.Uri, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const free = number === 1 ? name : `${name}-${number}`;
    if (!(await exists(vscode.Uri.joinPath(folder, `${free}.widget`)))) return free;
  }
}

/** The endings after the name of the file. They select the language and the JSON schema. */
const endings: Readonly<Record<PartName, string>> = {
  template: '-template',
  schema: '-schema.json',
  data: '-data.json',
};

/** A part of a `.widget` file. */
export interface PartRef {
  readonly file: vscode.Uri;
  readonly part: PartName;
}

/** Returns the URI of a part. Its path is that of the file with an ending, for titles; its query is the URI of the file. */
export function partUri({ file, part }: PartRef): vscode.Uri {
  return vscode.Uri.from({ scheme: partScheme, path: file.path + endings[part], query: file.toString() });
}

/** Reads the URI of a part; null if it is not one. */
export function partRef(uri: vscode.Uri): PartRef | null {
  if (uri.scheme !== partScheme) return null;
  try {
    const file = vscode.Uri.parse(uri.query, true);
    const part = (Object.keys(endings) as readonly PartName[]).find((name) => uri.path === file.path + endings[name]);
    return part === undefined || file.scheme === partScheme || !isWidgetFile(file) ? null : { file, part };
  } catch {
    return null;
  }
}

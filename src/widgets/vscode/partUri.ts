import * as vscode from 'vscode';
import { partScheme } from '../../chatkit/vscode/ids.ts';
import type { PartName } from '../common/parts/widgetParts.ts';
import { isWidgetFile } from './fileNames.ts';

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

import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FileLocation } from '../common/fileLocations.ts';
import { findFiles } from './findFiles.ts';
import { formatMessage, withoutIcons } from './messages/inertText.ts';
import { showInformation } from './messages/notifications.ts';

/** Maximum number of files with the same name among which the best match is searched. */
const maxFiles = 50;
/** Maximum number of folders of a path that are compared. */
const maxSegments = 30;

/**
 * Opens the file of the workspace that a stack trace names. The path belongs to the machine of the server: the file is
 * found by the longest common end of its path, so that `/srv/app/tools/x.py` of a container opens `tools/x.py`. Only files
 * of the workspace are opened. Asks if several files match equally well; reports a path without a match.
 */
export async function openLocation({
  path,
  line,
  column,
}: Pick<FileLocation, 'path' | 'line' | 'column'>): Promise<void> {
  const segments = path.split(/[\\/]/).filter((segment) => segment !== '' && segment !== '.');
  const uri = segments.includes('..') ? undefined : await findFile(segments.slice(-maxSegments));
  if (uri === undefined) return void showInformation(formatMessage(l10n.t('{0} is not in this workspace.'), path));
  if (uri === null) return;
  const position = new vscode.Position(Math.max(0, line - 1), Math.max(0, (column ?? 1) - 1));
  await vscode.window.showTextDocument(uri, { preview: true, selection: new vscode.Range(position, position) });
}

/** Returns undefined if no file matches, null if the user cancels. */
async function findFile(segments: readonly string[]): Promise<vscode.Uri | null | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  for (let from = 0; from < segments.length - 1; from += 1) {
    for (const { uri } of folders) {
      const candidate = vscode.Uri.joinPath(uri, ...segments.slice(from));
      if (await isFile(candidate)) return candidate;
    }
  }
  const name = segments.at(-1);
  // Other characters have a meaning in a pattern.
  if (name === undefined || !/^[\w.@+~ -]+$/.test(name)) return undefined;
  const found = await findFiles({
    glob: `**/${name}`,
    matches: (uri) => uri.path.endsWith(`/${name}`),
    maxFiles: maxFiles,
  });
  const lengths = found.map((uri) => commonEnd(uri.path.split('/'), segments));
  const longest = Math.max(0, ...lengths);
  const best = found.filter((_uri, index) => lengths[index] === longest);
  if (best.length < 2) return best[0];
  const picked = await vscode.window.showQuickPick(
    best.map((uri) => ({ label: withoutIcons(vscode.workspace.asRelativePath(uri)), uri })),
    { placeHolder: l10n.t('Select a file to open') },
  );
  return picked?.uri ?? null;
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < b.length && a.at(-1 - length) === b.at(-1 - length)) length += 1;
  return length;
}

async function isFile(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}

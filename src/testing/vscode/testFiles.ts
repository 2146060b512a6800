import * as vscode from 'vscode';
import { SourceError } from '../../chatkit/common/errors.ts';

const suffix = '.chatkit-test.json';
const glob = `**/*${suffix}`;

/** Folders that are never searched. */
const skippedFolders: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn', '.venv', 'dist', 'out']);
/** Limits of the search in folders of other file systems, where every folder may be a request. */
const maxFolders = 500;
const maxDepth = 8;
const maxFiles = 2_000;
/** Maximum size of a test or snapshot file in bytes. */
const maxBytes = 8 * 1024 * 1024;

export function isTestFile({ path }: Pick<vscode.Uri, 'path'>): boolean {
  return path.endsWith(suffix);
}

/**
 * Finds the test files of all folders. The search of the editor covers local and remote folders; folders of file systems
 * without a search are read. Stops when it has found `most`.
 */
export async function findTestFiles(
  token?: vscode.CancellationToken,
  most = Infinity,
): Promise<readonly vscode.Uri[]> {
  const limit = Math.min(most, maxFiles);
  const found = new Map<string, vscode.Uri>();
  const add = (uri: vscode.Uri): void => void found.set(uri.toString(), uri);
  const isSearched = await search(add, limit, token);
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    if (found.size >= most) break;
    if (isSearched && (uri.scheme === 'file' || uri.scheme === 'vscode-remote')) continue;
    for (const file of await readFolders(uri, limit, token)) add(file);
  }
  return [...found.values()];
}

/** Returns false if the editor's search failed, for example because its search program is not installed. */
async function search(
  add: (uri: vscode.Uri) => void,
  most: number,
  token?: vscode.CancellationToken,
): Promise<boolean> {
  try {
    for (const uri of await vscode.workspace.findFiles(glob, '**/node_modules/**', most, token)) add(uri);
    return true;
  } catch {
    return false;
  }
}

async function readFolders(
  root: vscode.Uri,
  most: number,
  token?: vscode.CancellationToken,
): Promise<readonly vscode.Uri[]> {
  const files: vscode.Uri[] = [];
  const queue: { readonly folder: vscode.Uri; readonly depth: number }[] = [{ folder: root, depth: 0 }];
  for (let read = 0; read < maxFolders && token?.isCancellationRequested !== true; read++) {
    const next = queue.shift();
    if (next === undefined || files.length >= most) break;
    const entries = await readFolder(next.folder);
    for (const [name, type] of entries) {
      const uri = vscode.Uri.joinPath(next.folder, name);
      if ((type & vscode.FileType.Directory) !== 0) {
        // A linked folder may contain itself.
        const isLink = (type & vscode.FileType.SymbolicLink) !== 0;
        if (!isLink && next.depth < maxDepth && !skippedFolders.has(name)) {
          queue.push({ folder: uri, depth: next.depth + 1 });
        }
      } else if (isTestFile(uri) && files.length < most) files.push(uri);
    }
  }
  return files;
}

/** A folder that cannot be read has no tests. */
async function readFolder(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}

/**
 * Returns the text of a file, with unsaved changes of its editor. Throws `SourceError` `tooLarge`, or an error of the file
 * system.
 */
export async function readText(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > maxBytes) {
    throw new SourceError('tooLarge', `${vscode.workspace.asRelativePath(uri)} is larger than 8 MB.`, {
      nextStep: 'none',
    });
  }
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

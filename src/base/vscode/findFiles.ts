import * as vscode from 'vscode';

/** Folders that are never searched. */
const skippedFolders: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn', '.venv', 'dist', 'out']);
/** Limits of the search in folders of other file systems, where every folder may be a request. */
const maxFolders = 500;
const maxDepth = 8;

/** Which files are searched. */
interface FileSearch {
  /** For the search of the editor. */
  readonly glob: string;
  /** Whether a file matches the glob: for folders that the editor cannot search. */
  matches(uri: vscode.Uri): boolean;
  /** Maximum number of files. */
  readonly maxFiles: number;
}

/**
 * Finds files in all folders of the workspace. The search of the editor covers local and remote folders; the folders of
 * file systems without a search are read, and all folders if the search fails, for example because its search program is
 * not installed.
 */
export async function findFiles(
  { glob, matches, maxFiles: most }: FileSearch,
  token?: vscode.CancellationToken,
): Promise<readonly vscode.Uri[]> {
  const found = new Map<string, vscode.Uri>();
  const add = (uri: vscode.Uri): void => void found.set(uri.toString(), uri);
  const isSearched = await search(glob, most, add, token);
  for (const { uri } of vscode.workspace.workspaceFolders ?? []) {
    if (found.size >= most) break;
    if (isSearched && (uri.scheme === 'file' || uri.scheme === 'vscode-remote')) continue;
    for (const file of await readFolders(uri, matches, most - found.size, token)) add(file);
  }
  return [...found.values()];
}

/** Returns false if the search failed. */
async function search(
  glob: string,
  most: number,
  add: (uri: vscode.Uri) => void,
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
  matches: FileSearch['matches'],
  most: number,
  token?: vscode.CancellationToken,
): Promise<readonly vscode.Uri[]> {
  const files: vscode.Uri[] = [];
  const queue: { readonly folder: vscode.Uri; readonly depth: number }[] = [{ folder: root, depth: 0 }];
  for (let read = 0; read < maxFolders && token?.isCancellationRequested !== true; read++) {
    const next = queue.shift();
    if (next === undefined) break;
    for (const [name, type] of await readFolder(next.folder)) {
      if (files.length >= most) return files;
      const uri = vscode.Uri.joinPath(next.folder, name);
      if ((type & vscode.FileType.Directory) !== 0) {
        // A linked folder may contain itself.
        const isLink = (type & vscode.FileType.SymbolicLink) !== 0;
        if (!isLink && next.depth < maxDepth && !skippedFolders.has(name)) {
          queue.push({ folder: uri, depth: next.depth + 1 });
        }
      } else if (matches(uri)) files.push(uri);
    }
  }
  return files;
}

/** A folder that cannot be read contains no files. */
async function readFolder(folder: vscode.Uri): Promise<readonly [string, vscode.FileType][]> {
  try {
    return await vscode.workspace.fs.readDirectory(folder);
  } catch {
    return [];
  }
}

/** Returns whether there is a file or a folder. */
export async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

import * as vscode from 'vscode';
import type { Json } from '../../base/common/json.ts';
import { snapshotFileName, snapshotFolder } from '../../conversation/common/tests/fileNames.ts';
import {
  mergeSnapshots,
  readSnapshots,
  writeSnapshots,
  type Snapshots,
} from '../../conversation/common/tests/snapshots.ts';
import { saveFile } from '../../base/vscode/saveFile.ts';
import { readText } from './testFiles.ts';

function snapshotFileOf(testFile: vscode.Uri): vscode.Uri {
  const name = testFile.path.slice(testFile.path.lastIndexOf('/') + 1);
  return vscode.Uri.joinPath(testFile, '..', snapshotFolder, snapshotFileName(name));
}

/** Returns the saved snapshots of a test file; none where it is not saved or has none. Throws `RangeError` for a damaged file. */
export async function savedSnapshots(testFile: vscode.Uri): Promise<Snapshots> {
  if (testFile.scheme === 'untitled') return new Map();
  const file = snapshotFileOf(testFile);
  let text: string;
  try {
    text = await readText(file);
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return new Map();
    throw error;
  }
  return readSnapshots(text);
}

/** Saves snapshots of a test file, which replace those with the same keys. */
export async function acceptSnapshots(testFile: vscode.Uri, accepted: ReadonlyMap<string, Json>): Promise<void> {
  const merged = mergeSnapshots(await savedSnapshots(testFile), accepted);
  const file = snapshotFileOf(testFile);
  await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(file, '..'));
  await saveFile(file, new TextEncoder().encode(writeSnapshots(merged)));
}

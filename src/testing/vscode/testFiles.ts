import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { findFiles } from '../../base/vscode/findFiles.ts';
import { SourceError } from '../../chatkit/common/errors.ts';
import { testFileExtension } from '../../conversation/common/tests/fileNames.ts';

/** All test files, also in folders that the search leaves out. */
export const testFileGlob = `**/*${testFileExtension}`;

const maxFiles = 2_000;
/** Maximum size of a test or snapshot file in bytes. */
const maxBytes = 8 * 1024 * 1024;

export function isTestFile({ path }: Pick<vscode.Uri, 'path'>): boolean {
  return path.endsWith(testFileExtension);
}

/** Finds the test files of all folders, up to `most`. */
export function findTestFiles(token?: vscode.CancellationToken, most = maxFiles): Promise<readonly vscode.Uri[]> {
  return findFiles({ glob: testFileGlob, matches: isTestFile, maxFiles: most }, token);
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
    throw new SourceError('tooLarge', l10n.t('{0} is larger than 8 MB.', vscode.workspace.asRelativePath(uri)), {
      nextStep: 'none',
    });
  }
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

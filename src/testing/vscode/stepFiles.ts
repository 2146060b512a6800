import { realpath } from 'node:fs/promises';
import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { isInside } from '../../base/node/isInside.ts';
import type { AttachmentFile } from '../../chatkit/common/stream/conversationApi.ts';
import { readAttachment } from '../../conversation/vscode/pickFiles.ts';
import { ScriptError } from '../../conversation/common/script/scriptError.ts';

/**
 * Reads the file of a `say` step, relative to its test file. Test files are untrusted: they read only
 * below the folder of the workspace that contains them (else their own folder), and only in a trusted workspace.
 */
export async function readStepFile(testFile: vscode.Uri, path: string): Promise<AttachmentFile> {
  const refuse = (message: string): ScriptError => new ScriptError('file', message);
  if (!vscode.workspace.isTrusted) {
    throw refuse(l10n.t('Reading “{0}” is off until you trust this workspace.', path));
  }
  if (/^([/\\]|[a-z]:|[a-z][a-z+.-]*:)/i.test(path)) throw refuse(l10n.t('“{0}” is not a relative path.', path));
  const folders = vscode.workspace.workspaceFolders ?? [];
  const own = vscode.Uri.joinPath(testFile, '..');
  const base = testFile.scheme === 'untitled' ? (folders[0]?.uri ?? own) : own;
  const root = testFile.scheme === 'untitled' ? base : (vscode.workspace.getWorkspaceFolder(testFile)?.uri ?? own);
  const file = vscode.Uri.joinPath(base, path.replaceAll('\\', '/'));
  if (!`${file.path}`.startsWith(root.path.endsWith('/') ? root.path : `${root.path}/`)) {
    throw refuse(l10n.t('“{0}” is outside of the folder of the tests.', path));
  }
  // A link in the folder can refer to any file.
  if (file.scheme === 'file' && !(await isBelow(file.fsPath, root.fsPath))) {
    throw refuse(l10n.t('“{0}” is outside of the folder of the tests.', path));
  }
  return readAttachment(file);
}

/** Whether a file is below a folder after links are resolved. True where it does not exist, so that reading it says so. */
async function isBelow(file: string, folder: string): Promise<boolean> {
  try {
    return isInside(await realpath(folder), await realpath(file));
  } catch {
    return true;
  }
}

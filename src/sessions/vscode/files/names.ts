import type * as vscode from 'vscode';
import { fileNamePart, withoutReserved } from '../../../base/common/fileName.ts';

const suffix = '.chatkit-session.json';

export const sessionFileGlob = `**/*${suffix}`;

export const sessionFileSelector: vscode.DocumentSelector = [{ pattern: sessionFileGlob }];

export function isSessionFile({ path }: Pick<vscode.Uri, 'path'>): boolean {
  return path.endsWith(suffix);
}

/** Returns a name for a new session file that is valid on every file system. */
export function sessionFileName(user: string): string {
  const plain = fileNamePart(user, 120, '._-');
  return withoutReserved(`${plain === '' ? 'session' : plain}${suffix}`);
}

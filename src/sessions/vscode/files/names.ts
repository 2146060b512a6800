import type * as vscode from 'vscode';
import { fileNamePart, withoutReserved } from '../../../base/common/fileName.ts';

const ending = '.chatkit-session.json';

export const sessionFileGlob = `**/*${ending}`;

export const sessionFileSelector: vscode.DocumentSelector = [{ pattern: sessionFileGlob }];

export function isSessionFile({ path }: Pick<vscode.Uri, 'path'>): boolean {
  return path.endsWith(ending);
}

/** A name for a new file that every file system takes. */
export function sessionFileName(user: string): string {
  const plain = fileNamePart(user, 120, '._-');
  return withoutReserved(`${plain === '' ? 'session' : plain}${ending}`);
}

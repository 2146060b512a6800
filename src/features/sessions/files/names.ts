import type * as vscode from 'vscode';

const ending = '.chatkit-session.json';

export const sessionFileGlob = `**/*${ending}`;

export const sessionFileSelector: vscode.DocumentSelector = [{ pattern: sessionFileGlob }];

export function isSessionFile({ path }: Pick<vscode.Uri, 'path'>): boolean {
  return path.endsWith(ending);
}

/** A name for a new file, without what file systems do not take. */
export function sessionFileName(user: string): string {
  const plain = user
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 60);
  return `${plain === '' ? 'session' : plain}${ending}`;
}

import { basename } from 'node:path';
import * as vscode from 'vscode';
import { confirm } from '../../chatkit/vscode/notify.ts';

/** Asks once for a whole export. Closing the question keeps every file. */
export function askToReplace(path: string): Promise<boolean> {
  return confirm(
    vscode.l10n.t('Replace files that are not exports of these threads?'),
    vscode.l10n.t(
      'The folder contains files with the names of the new exports, for example {0}. If you cancel, these files are not changed, and their threads are not exported.',
      basename(path),
    ),
    vscode.l10n.t('Replace Files'),
  );
}

import * as l10n from '@vscode/l10n';
import { basename } from 'node:path';
import { confirm } from '../../chatkit/vscode/notify.ts';

/** Asks once for a whole export. Closing the question keeps every file. */
export function askToReplace(path: string): Promise<boolean> {
  return confirm(
    l10n.t('Replace files that are not exports of these threads?'),
    l10n.t(
      'The folder contains files with the names of the new exports, for example {0}. If you cancel, these files are not changed, and their threads are not exported.',
      basename(path),
    ),
    l10n.t('Replace Files'),
  );
}

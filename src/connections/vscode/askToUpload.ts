import * as l10n from '@vscode/l10n';
import { confirm } from '../../chatkit/vscode/notify.ts';
import type { AskToUpload } from './uploadConsent.ts';

/** A modal question, because a file that was sent cannot be taken back. */
export const askToUpload: AskToUpload = ({ name, url }, { fileName, origin }) =>
  confirm(
    l10n.t('Upload files to {0}?', origin),
    l10n.t(
      'The server of “{0}” ({1}) asks to send “{2}” to another server. Credentials of the connection are not sent there. Until this window closes, more files are uploaded to this address without asking.',
      name,
      new URL(url).origin,
      fileName,
    ),
    l10n.t('Upload'),
  );

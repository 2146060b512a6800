import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import { confirm } from './notify.ts';
import type { LinkOpener } from '../../base/vscode/openLocation.ts';

/** Characters of a mail address that are shown; a link may hold a whole message. */
const maxShown = 300;

/** Opens links of pages with the editor's own means. */
export const editorLinks: LinkOpener = {
  confirmMail: (address) => {
    const shown = address.length > maxShown ? `${address.slice(0, maxShown)}…` : address;
    return confirm(l10n.t('Write an email to this address?'), shown, l10n.t('Write Email'));
  },
  open: async (href) => vscode.env.openExternal(vscode.Uri.parse(href, true)),
};

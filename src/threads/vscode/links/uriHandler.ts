import * as l10n from '@vscode/l10n';
import type * as vscode from 'vscode';
import { parseThreadLink } from '../../common/links/threadLink.ts';
import { showWarning } from '../../../base/vscode/messages/notifications.ts';
import { notifyError } from '../../../chatkit/vscode/notify.ts';
import type { Services } from '../../../connections/vscode/services.ts';
import { openRef } from './openRef.ts';

/** `vscode://chatkit-inspector.chatkit-inspector/thread?connection=…&thread=…` */
export function createUriHandler(services: Services): vscode.UriHandler {
  return {
    async handleUri(uri) {
      const ref = parseThreadLink(uri);
      if (ref === null) {
        void showWarning(
          l10n.t('ChatKit Inspector could not open this link. A valid link contains a connection and a thread.'),
        );
        return;
      }
      try {
        await openRef(services, ref);
      } catch (error) {
        const connection = services.connections.get(ref.connectionId);
        void notifyError(services.log, error, { subject: 'thread', ...(connection && { connection }) });
      }
    },
  };
}

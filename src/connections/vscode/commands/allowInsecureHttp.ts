import * as l10n from '@vscode/l10n';
import { originOf, type Connection } from '../../../chatkit/common/connection.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { confirm } from '../../../chatkit/vscode/notify.ts';
import type { ConnectionServices } from '../connectionServices.ts';

/** Asks whether to allow plain HTTP to the host of a connection and saves the consent for its origin. */
export async function allowInsecureHttp(services: ConnectionServices, connection: Connection): Promise<void> {
  if (!services.insecureHttp.needsConsent(connection.url)) return;
  const origin = originOf(connection.url);
  const agreed = await confirm(
    formatMessage(l10n.t('Connect to {0} over plain HTTP?'), new URL(connection.url).host),
    formatMessage(l10n.t('Credentials and messages are sent unencrypted. Your choice is saved for {0}.'), origin),
    l10n.t('Allow Plain HTTP'),
  );
  if (!agreed) return;
  await services.insecureHttp.allow(origin);
  const affected = services.registry.all.filter(({ url }) => originOf(url) === origin);
  services.registry.renew(affected.map(({ id }) => id));
}

import * as l10n from '@vscode/l10n';
import { originOf, type Connection } from '../../../chatkit/common/connection.ts';
import { formatMessage } from '../../../base/vscode/messages/inertText.ts';
import { confirm } from '../../../chatkit/vscode/notify.ts';
import type { ConnectionServices } from '../connectionServices.ts';

/** Asks whether plain http to a connection's host is all right, and remembers a yes for its origin. */
export async function allowInsecureHttp(parts: ConnectionServices, connection: Connection): Promise<void> {
  if (!parts.insecureHttp.needsConsent(connection.url)) return;
  const origin = originOf(connection.url);
  const agreed = await confirm(
    formatMessage(l10n.t('Reach {0} by plain HTTP?'), new URL(connection.url).host),
    formatMessage(
      l10n.t('Anybody on the way can read the credentials and every message. The answer is kept for {0}.'),
      origin,
    ),
    l10n.t('Allow Plain HTTP'),
  );
  if (!agreed) return;
  await parts.insecureHttp.allow(origin);
  const same = parts.registry.all.filter(({ url }) => originOf(url) === origin);
  parts.registry.renew(same.map(({ id }) => id));
}
